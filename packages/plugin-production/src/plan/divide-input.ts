import type { ShardInput } from '@cherenkit/core';
import { divideEvents, type EventRanges } from './divide-events.js';
import type { EarlierRuns } from './run-reports.js';

/** Size that a shard should have; the smallest of those that are given. */
export interface ShardSize {
  /** Number of events. */
  readonly events: number | undefined | null;
  /** Size of the input. */
  readonly bytes: number | undefined | null;
  /** Wall time. */
  readonly seconds: number | undefined | null;
}

/** An input, divided. */
export interface DividedInput {
  readonly ranges: EventRanges;
  /** Number of events of the input; undefined if it was not needed. */
  readonly nEvents?: number;
}

/**
 * Divides an input into ranges of events. Its events are counted only if it is divided, or if the size is a number of events.
 *
 * @param earlier - runs by which the time of a shard is estimated
 */
export async function divideInput(
  { bytes }: ShardInput,
  size: ShardSize,
  earlier: EarlierRuns | undefined,
  countEvents: () => Promise<number>,
): Promise<DividedInput> {
  const { secondsPerByte, secondsPerEvent } = earlier ?? {};
  const sizes = [size.bytes, size.seconds && secondsPerByte && size.seconds / secondsPerByte];
  const nParts = Math.max(1, ...sizes.map((each) => (each && bytes !== undefined ? Math.round(bytes / each) : 1)));
  // The time of an input without bytes follows from its events.
  const byTime = bytes === undefined && size.seconds && secondsPerEvent ? size.seconds / secondsPerEvent : Infinity;
  if (!size.events && nParts === 1 && byTime === Infinity) return { ranges: undefined };
  const nEvents = await countEvents();
  const byParts = nParts === 1 ? Infinity : Math.ceil(nEvents / nParts);
  const perShard = Math.max(1, Math.floor(Math.min(size.events ?? Infinity, byParts, byTime)));
  return { ranges: divideEvents(nEvents, perShard), nEvents };
}
