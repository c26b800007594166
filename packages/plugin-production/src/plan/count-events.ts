import type { Run } from '@cherenkit/core';

/** Size of blocks in which events are counted, bytes. */
const BLOCK_BYTES = 2 ** 22;

/**
 * Counts the events that a run would process. Sources that know their number need not read them, and those whose events can be
 * read in blocks only read their raw data.
 */
export async function countEvents(run: Run): Promise<number> {
  const source = await run.open();
  const { allowedTels, maxEvents = Infinity } = source.traits;
  if (source.nEvents !== undefined && allowedTels === undefined) return Math.min(source.nEvents, maxEvents);
  let count = 0;
  const { blocks } = source;
  if (blocks) {
    for await (const block of blocks.cut({ bytes: BLOCK_BYTES })) {
      count += block.nEvents;
      blocks.done?.(block);
    }
    return count;
  }
  source.reusesWaveforms = true;
  for await (const _event of source) count++;
  return count;
}
