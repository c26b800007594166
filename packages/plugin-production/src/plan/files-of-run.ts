import type { EventSource } from '@cherenkit/core';
import { folderOf, pathFrom } from '#production-host';

/** An input of a plan, with the files of its run that are read with it. */
export interface RunFiles {
  readonly path: string;
  readonly others: readonly string[];
}

/**
 * Finds the files that are read with each input, such as the other streams of a run. An input that is read with another one is
 * left out: its events would occur twice.
 *
 * An event source has to open an input to name them. Of inputs whose paths differ only in digits, the others are not opened if
 * the first is read alone: a production may have 100,000 inputs.
 *
 * @param otherFilesOf - see `EventSource.otherFiles`; `no events` for a file that is left out
 */
export async function filesOfRuns(
  paths: readonly string[],
  otherFilesOf: (path: string) => Promise<EventSource['otherFiles'] | 'no events'>,
): Promise<RunFiles[]> {
  const alone = new Set<string>();
  const runs = new Map<string, RunFiles>();
  const read = new Set<string>();
  for (const path of paths) {
    const place = pathFrom('', path);
    if (read.has(place)) continue;
    const kind = path.replaceAll(/\d+/g, '#');
    const found = alone.has(kind) ? undefined : await otherFilesOf(path);
    if (found === 'no events') continue;
    if (found === undefined) alone.add(kind);
    const others = (found ?? []).map((each) => pathFrom(folderOf(path), each));
    for (const each of others) {
      read.add(each);
      runs.delete(each);
    }
    runs.set(place, { path, others });
  }
  return [...runs.values()];
}
