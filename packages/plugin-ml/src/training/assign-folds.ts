import { RandomStream } from '@cherenkit/kernels';
import type { Table } from '@cherenkit/tables';

/** What is kept together in a fold: all telescopes of an array event, or single telescope events. */
export const FOLD_GROUPS = ['events', 'rows'] as const;
export type FoldGroup = (typeof FOLD_GROUPS)[number];

/**
 * Assigns the rows of a table to folds of equal size, at random. Telescopes of the same event see the same shower: in different folds, they would
 * make predictions look better than they are.
 *
 * @param classes - class of each row; each class is divided in the same proportion
 * @param seed - of the random numbers
 * @param stream - name of the random stream
 */
export function assignFolds(
  table: Table,
  classes: ArrayLike<number>,
  group: FoldGroup,
  nFolds: number,
  seed: number,
  stream: number,
): Uint8Array {
  const [obsIds, eventIds] = ['obs_id', 'event_id'].map((name) => table.column(name).values);
  // Events of different classes are of different files, and may have the same ids.
  const keyOf = (row: number): string =>
    group === 'rows' ? String(row) : `${classes[row]}:${String(obsIds[row])}:${String(eventIds[row])}`;
  const groupsOf = new Map<number, string[]>();
  const seen = new Set<string>();
  const keys = Array.from({ length: table.nRows }, (_, row) => keyOf(row));
  keys.forEach((key, row) => {
    if (seen.has(key)) return;
    seen.add(key);
    const groups = groupsOf.get(classes[row]) ?? [];
    groupsOf.set(classes[row], groups);
    groups.push(key);
  });
  const random = new RandomStream(seed, stream);
  const foldOf = new Map<string, number>();
  let next = 0;
  for (const groups of groupsOf.values()) {
    for (let i = groups.length - 1; i > 0; i--) {
      const other = Math.floor(random.uniform() * (i + 1));
      [groups[i], groups[other]] = [groups[other], groups[i]];
    }
    for (const key of groups) foldOf.set(key, next++ % nFolds);
  }
  return Uint8Array.from(keys, (key) => foldOf.get(key) ?? 0);
}
