import type { EventSource, Run } from '@cherenkit/core';

/** Size of blocks in which events are counted, bytes. */
const BLOCK_BYTES = 2 ** 22;

/** Number of events of an input, or why they cannot be divided: each range would need the events before. */
export type EventCount = { readonly nEvents: number } | { readonly reasonForAllEvents: string };

/**
 * Counts the events that a run would process. Sources that know their number need not read them, and those whose events can be
 * read in blocks only read their raw data.
 */
export async function countEvents(run: Run): Promise<EventCount> {
  const source = await run.open();
  const { reasonForAllEvents } = source;
  return reasonForAllEvents === undefined ? { nEvents: await count(source) } : { reasonForAllEvents };
}

async function count(source: EventSource): Promise<number> {
  const { allowedTels, maxEvents = Infinity } = source.traits;
  if (source.nEvents !== undefined && allowedTels === undefined) return Math.min(source.nEvents, maxEvents);
  let nEvents = 0;
  const { blocks } = source;
  if (blocks) {
    for await (const block of blocks.cut({ bytes: BLOCK_BYTES })) {
      nEvents += block.nEvents;
      blocks.done?.(block);
    }
    return nEvents;
  }
  source.reusesWaveforms = true;
  for await (const _event of source) nEvents++;
  return nEvents;
}
