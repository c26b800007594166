import type { Column, Table } from '@cherenkit/tables';
import { haveEqualBytes } from '../format/row-bytes.js';
import { LAYOUT, NUMBERS_OF_PARTS, OPTICS, pairedCameraTables } from '../tables/instrument-paths.js';
import { readTable } from '../tables/read-table.js';
import type { MergeInput } from './merge-input.js';

const INSTRUMENT = '/configuration/instrument/';
/** Attributes of the layout: name and reference position of the array. */
const PLACE = /^(?:reference_itrs_[xyz]|name|SUBARRAY)$/;
/** Relative tolerance: that of ctapipe. */
const TOLERANCE = 1e-5;
/** Difference of values near zero that does not matter: a nanometre. */
const SMALLEST = 1e-9;

/** The telescope array of a file. */
export interface TelescopeArray {
  /** Tables by path. */
  readonly tables: ReadonlyMap<string, Table>;
  /** Rows of the tables by path, as in the file. */
  readonly rows: ReadonlyMap<string, Uint8Array>;
  readonly telIds: readonly number[];
}

/** Whether a table describes the telescope array. */
export function describesArray(path: string): boolean {
  return path.startsWith(INSTRUMENT);
}

/** Reads the telescope array of a file; undefined if the file has none. */
export async function readArray(file: MergeInput): Promise<TelescopeArray | undefined> {
  const own = file.paths.filter(describesArray);
  if (!own.includes(LAYOUT)) return undefined;
  const tables = new Map<string, Table>();
  for (const path of own) tables.set(path, await readTable(file.file, path));
  return { tables, rows: await rowsOf(file, own), telIds: telIdsOf(tables.get(LAYOUT)) };
}

/**
 * Compares the array of a file with another one. Cameras and optics are compared by the telescopes that use them, since their
 * numbers are arbitrary.
 *
 * @returns the first difference, in words; undefined if both are the same
 */
export async function differenceOfArray(file: MergeInput, expected: TelescopeArray): Promise<string | undefined> {
  const own = file.paths.filter(describesArray);
  if (own.length === expected.rows.size) {
    const rows = await rowsOf(file, own);
    const isSame = [...rows].every(([path, bytes]) => haveEqualBytes(bytes, expected.rows.get(path)));
    if (isSame) return differenceOfPlace(await file.attributes(LAYOUT, PLACE), expected);
  }
  const found = await readArray(file);
  return found ? differenceOfArrays(found, expected) : 'it has no telescope array';
}

async function rowsOf(file: MergeInput, paths: readonly string[]): Promise<Map<string, Uint8Array>> {
  const rows = new Map<string, Uint8Array>();
  for (const path of paths) rows.set(path, await (await file.table(path)).rows());
  return rows;
}

function telIdsOf(layout: Table | undefined): number[] {
  return layout ? Array.from(layout.column('tel_id').values as ArrayLike<number>, Number) : [];
}

function differenceOfPlace(found: ReadonlyMap<string, unknown>, { tables }: TelescopeArray): string | undefined {
  const meta = tables.get(LAYOUT)?.meta ?? {};
  for (const [name, value] of found) {
    if (name in meta && !isClose(value, meta[name])) {
      return `its ${name} is ${String(value)} instead of ${String(meta[name])}`;
    }
  }
  return undefined;
}

function differenceOfArrays(found: TelescopeArray, expected: TelescopeArray): string | undefined {
  const [layout, other] = [found.tables.get(LAYOUT), expected.tables.get(LAYOUT)];
  if (!layout || !other) return 'it has no telescope array';
  if (found.telIds.join() !== expected.telIds.join()) {
    return `its telescopes are ${found.telIds.join(', ')} instead of ${expected.telIds.join(', ')}`;
  }
  const place = differenceOfPlace(new Map(Object.entries(layout.meta).filter(([name]) => PLACE.test(name))), expected);
  if (place !== undefined) return place;
  const inLayout = differenceOfTables(layout, other, (row) => `telescope ${found.telIds[row]}`);
  if (inLayout !== undefined) return inLayout;
  const compared = new Set<string>();
  for (const [row, telId] of found.telIds.entries()) {
    for (const parts of partsOf(layout, other, row)) {
      if (compared.has(parts.join())) continue;
      compared.add(parts.join());
      const difference = differenceOfParts(found, expected, parts, row);
      if (difference !== undefined) return `telescope ${telId}: ${difference}`;
    }
  }
  return undefined;
}

/** Tables of cameras, and rows of optics, that a telescope uses in both files. */
function partsOf(
  layout: Table,
  other: Table,
  row: number,
): [mine: string, others: string, row?: number, otherRow?: number][] {
  const numbers = (name: string): [number, number] | undefined =>
    layout.has(name) && other.has(name)
      ? [Number(layout.column(name).values[row]), Number(other.column(name).values[row])]
      : undefined;
  const [camera, optics] = [numbers('camera_index'), numbers('optics_index')];
  return [
    ...(camera ? pairedCameraTables(...camera) : []),
    ...(optics ? [[OPTICS, OPTICS, ...optics] as [string, string, number, number]] : []),
  ];
}

function differenceOfParts(
  found: TelescopeArray,
  expected: TelescopeArray,
  [path, otherPath, row, otherRow]: [string, string, number?, number?],
  telescopeRow: number,
): string | undefined {
  const [whole, otherWhole] = [found.tables.get(path), expected.tables.get(otherPath)];
  if (!whole || !otherWhole) return whole === otherWhole ? undefined : `it has no ${path}`;
  const table = row === undefined ? whole : whole.slice(row, row + 1);
  const other = otherRow === undefined ? otherWhole : otherWhole.slice(otherRow, otherRow + 1);
  if (table.nRows !== other.nRows) return `${path} has ${table.nRows} rows instead of ${other.nRows}`;
  return differenceOfTables(table, other, (at) => `row ${row ?? at} of ${path} (telescope in row ${telescopeRow})`);
}

function differenceOfTables(table: Table, other: Table, place: (row: number) => string): string | undefined {
  for (const [name, column] of table.columns) {
    if (NUMBERS_OF_PARTS.has(name)) continue;
    if (!other.has(name)) return `it has a column ${name}`;
    const at = firstDifference(column, other.column(name));
    if (at === undefined) continue;
    const [value, expected] = [column.values[at], other.column(name).values[at]];
    return `${name} of ${place(Math.floor(at / column.count))} is ${String(value)} instead of ${String(expected)}`;
  }
  return undefined;
}

function firstDifference({ values }: Column, { values: expected }: Column): number | undefined {
  for (let i = 0; i < Math.max(values.length, expected.length); i++) {
    if (!isClose(values[i], expected[i])) return i;
  }
  return undefined;
}

function isClose(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (typeof a !== 'number' || typeof b !== 'number') return String(a) === String(b);
  return Math.abs(a - b) <= SMALLEST + TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}
