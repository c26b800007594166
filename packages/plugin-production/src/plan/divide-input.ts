import type { ShardInput } from '@cherenkit/core';
import type { EventCount } from './count-events.js';
import { divideEvents, type EventRanges } from './divide-events.js';
import { expectedSeconds, type EarlierRuns } from './run-reports.js';

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
  /** Why the input is not divided, although the size of shards asks for it. */
  readonly reasonForAllEvents?: string;
}

/** A whole input, as {@link fractionOfShard} looks at it. */
interface WholeInput extends DividedInput {
  readonly input: ShardInput;
  readonly bytes: number | undefined;
}

/**
 * Returns which part of a shard of the wanted size an input takes, so that several short ones can be one shard. Without a wanted
 * size, and for inputs that are divided, that consist of several files, or of unknown size, it is 1.
 */
export function fractionOfShard(
  { input, bytes, ranges, nEvents, reasonForAllEvents }: WholeInput,
  size: ShardSize,
  earlier: EarlierRuns | undefined,
): number {
  if (ranges !== undefined || reasonForAllEvents !== undefined || input.others !== undefined) return 1;
  const seconds = expectedSeconds(earlier, bytes, nEvents, nEvents) || undefined;
  const fractions = (
    [
      [nEvents, size.events],
      [bytes, size.bytes],
      [seconds, size.seconds],
    ] as const
  ).flatMap(([found, wanted]) => (wanted ? [found === undefined ? 1 : found / wanted] : []));
  return fractions.length === 0 ? 1 : Math.min(1, Math.max(...fractions));
}

/**
 * Divides an input into ranges of events. Its events are counted only if it is divided, or if the size is a number of events.
 *
 * @param bytes - size of the files; undefined for a URL without bytes
 * @param earlier - runs by which the time of a shard is estimated
 */
export async function divideInput(
  bytes: number | undefined,
  size: ShardSize,
  earlier: EarlierRuns | undefined,
  countEvents: () => Promise<EventCount>,
): Promise<DividedInput> {
  const { secondsPerByte, secondsPerEvent } = earlier ?? {};
  const sizes = [size.bytes, size.seconds && secondsPerByte && size.seconds / secondsPerByte];
  const nParts = Math.max(1, ...sizes.map((each) => (each && bytes !== undefined ? Math.round(bytes / each) : 1)));
  // The time of an input without bytes follows from its events.
  const byTime = bytes === undefined && size.seconds && secondsPerEvent ? size.seconds / secondsPerEvent : Infinity;
  if (!size.events && nParts === 1 && byTime === Infinity) return { ranges: undefined };
  const count = await countEvents();
  if ('reasonForAllEvents' in count) return { ranges: undefined, ...count };
  const { nEvents } = count;
  const byParts = nParts === 1 ? Infinity : Math.ceil(nEvents / nParts);
  const perShard = Math.max(1, Math.floor(Math.min(size.events ?? Infinity, byParts, byTime)));
  return { ranges: divideEvents(nEvents, perShard), nEvents };
}
