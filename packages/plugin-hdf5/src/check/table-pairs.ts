import type { Table } from '@cherenkit/tables';
import type { Hdf5File } from '../engine/index.js';
import { LAYOUT, OPTICS, pairedCameraTables } from '../tables/instrument-paths.js';
import { readTable } from '../tables/read-table.js';

/** Tables of two files that are compared. */
export interface TablePair {
  /** Path in the first file. */
  readonly first: string;
  /** Path in the second file. */
  readonly second: string;
  /** Rows that are compared: in the first and in the second file. All, in their order, if undefined. */
  readonly rows?: readonly (readonly [row: number, otherRow: number])[] | undefined;
}

/**
 * Pairs the tables of two files: by their path, but cameras and optics by the telescopes that use them.
 *
 * @param paths - paths of the tables of each file
 * @returns pairs by the path in the first file, or in the second one if the table is only there; no pairs for a table of one
 * file only. Sorted by path.
 */
export async function pairTables(
  files: readonly [Hdf5File, Hdf5File],
  paths: readonly [ReadonlySet<string>, ReadonlySet<string>],
): Promise<[path: string, pairs: readonly TablePair[]][]> {
  const [own, others] = paths;
  const pairs = new Map<string, TablePair[]>();
  const pairedOthers = new Set<string>();
  const hasLayouts = own.has(LAYOUT) && others.has(LAYOUT);
  const layouts = hasLayouts ? [await readTable(files[0], LAYOUT), await readTable(files[1], LAYOUT)] : [];
  for (const [number, other] of pairedNumbers(layouts, 'camera_index')) {
    for (const [first, second] of pairedCameraTables(number, other)) {
      if (!own.has(first) || !others.has(second)) continue;
      pairs.set(first, [...(pairs.get(first) ?? []), { first, second }]);
      pairedOthers.add(second);
    }
  }
  for (const path of own) {
    if (pairs.has(path)) continue;
    const isPaired = others.has(path) && !pairedOthers.has(path);
    pairs.set(path, isPaired ? [{ first: path, second: path }] : []);
    if (isPaired) pairedOthers.add(path);
  }
  for (const path of others) if (!pairedOthers.has(path) && !pairs.has(path)) pairs.set(path, []);
  const rows = pairedNumbers(layouts, 'optics_index');
  if (rows.some(([row, other]) => row !== other) && own.has(OPTICS) && others.has(OPTICS)) {
    const [nOwn, nOthers] = [(await files[0].table(OPTICS)).nRows, (await files[1].table(OPTICS)).nRows];
    const existing = rows.filter(([row, other]) => row < nOwn && other < nOthers);
    pairs.set(OPTICS, [{ first: OPTICS, second: OPTICS, rows: existing }]);
  }
  return [...pairs].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Numbers that the same telescope has in a column of both layouts, each pair once, in ascending order. */
function pairedNumbers(layouts: readonly Table[], column: string): (readonly [number, number])[] {
  if (layouts.length < 2 || !layouts.every((layout) => layout.has('tel_id') && layout.has(column))) return [];
  const numbersOf = (layout: Table): Map<number, number> => {
    const numbers = layout.numbers(column);
    return new Map(Array.from(layout.numbers('tel_id'), (telId, row) => [telId, numbers[row]]));
  };
  const [own, others] = layouts.map(numbersOf);
  const pairs = new Map<string, readonly [number, number]>();
  for (const [telId, number] of own) {
    const other = others.get(telId);
    if (other !== undefined) pairs.set(`${number} ${other}`, [number, other]);
  }
  return [...pairs.values()].sort(([a, b], [c, d]) => a - c || b - d);
}
