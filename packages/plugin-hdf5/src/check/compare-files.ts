import { dataModel } from '@cherenkit/core';
import type { Column, Table } from '@cherenkit/tables';
import type { AttributeContent, Hdf5File, Hdf5Table } from '../engine/index.js';
import type { AttributeValue } from '../format/index.js';
import { groupsAbove } from '../format/object-path.js';
import { eachRow, keyOfBytes } from '../format/row-bytes.js';
import { storedAttributes } from '../merge/stored-attributes.js';
import { MERGED_SHARDS, RUN_RECORD } from '../tables/stored-record.js';
import { LAYOUT, NUMBERS_OF_PARTS } from '../tables/instrument-paths.js';
import { readTable, readTableChunks, readTableHeader } from '../tables/read-table.js';
import { pairTables, type TablePair } from './table-pairs.js';

/** Result of the comparison of two files. */
export interface FileComparison {
  readonly nEqual: number;
  /** Differences in words, table by table. */
  readonly differences: readonly string[];
}

const CHUNK_ROWS = 5000;
/** Largest tables whose rows are compared regardless of their order, bytes. */
const MAX_REORDERED_BYTES = 2 ** 26;
/** Attributes that identify a file or its software, or describe the storage. */
const FREE =
  /^(?:PYTABLES_FORMAT_VERSION|FILTERS|TITLE|CLASS|VERSION|NROWS|AUTO_INDEX|FIELD_\d+_\w+|CTAFIELD_\d+_DESC|CTAPIPE_VERSION|SOFT_VER|CTA (?:ACTIVITY|CONTACT) .*|CTA PRODUCT (?:ID|CREATION TIME|DESCRIPTION)|CTA PROCESS SUBTYPE)$/;

/** Tables and attributes that say how a file was made: they differ between the outputs of one run and those of several. */
const PROVENANCE_TABLES = /^\/cherenkit\/(?:configuration|service\/(?:plugins|merged))$/;
const PROVENANCE_ATTRIBUTES = [RUN_RECORD, MERGED_SHARDS];

/** How files are compared. */
export interface ComparisonOptions {
  /** Tolerance of floats, relative to the larger of the value and the median magnitude of its column. */
  readonly rtol: number;
  /** Whether to ignore what says how the files were made. */
  readonly ignoreProvenance?: boolean;
}

/**
 * Compares two files table by table: rows, columns, types, units, values and attributes. Ids, times and software of the files
 * may differ. Cameras and optics are compared by the telescopes that use them.
 */
export async function compareFiles(
  a: Hdf5File,
  b: Hdf5File,
  { rtol, ignoreProvenance = false }: ComparisonOptions,
): Promise<FileComparison> {
  const comparedOf = async (file: Hdf5File): Promise<Set<string>> =>
    new Set((await file.paths()).filter((path) => !ignoreProvenance || !PROVENANCE_TABLES.test(path)));
  const rootOf = async (file: Hdf5File): Promise<Map<string, AttributeContent>> => {
    const attributes = new Map(await file.attributes('/'));
    if (ignoreProvenance) for (const name of PROVENANCE_ATTRIBUTES) attributes.delete(name);
    return attributes;
  };
  const [own, others] = [await comparedOf(a), await comparedOf(b)];
  const differences = differentAttributes('/', await rootOf(a), await rootOf(b));
  let nEqual = 0;
  for (const [path, paired] of await pairTables([a, b], [own, others])) {
    const found = paired.length > 0 ? [] : [`${path} is only in the ${own.has(path) ? 'first' : 'second'} file`];
    for (const pair of paired) found.push(...(await differencesOfTable(a, b, pair, rtol)));
    if (found.length === 0) nEqual++;
    differences.push(...found);
  }
  const groups = new Set([...own].filter((path) => others.has(path)).flatMap(groupsAbove));
  for (const group of [...groups].sort()) {
    differences.push(...differentAttributes(group, await a.attributes(group), await b.attributes(group)));
  }
  return { nEqual, differences };
}

async function differencesOfTable(a: Hdf5File, b: Hdf5File, pair: TablePair, rtol: number): Promise<string[]> {
  const [header, other] = [await readTableHeader(a, pair.first), await readTableHeader(b, pair.second)];
  const path = pair.first === pair.second ? pair.first : `${pair.first} (${pair.second} in the second file)`;
  const differences: string[] = [];
  const byName = new Map(other.columns.map((column) => [column.name, column]));
  for (const { name, type, shape = [], unit } of header.columns) {
    const expected = byName.get(name);
    if (!expected) differences.push(`${path}: column ${name} is only in the first file`);
    else if (type !== expected.type) differences.push(`${path}: ${name} is ${type} and ${expected.type}`);
    if (expected && shape.join() !== (expected.shape ?? []).join()) {
      differences.push(
        `${path}: cells of ${name} have shapes [${shape.join(', ')}] and [${(expected.shape ?? []).join(', ')}]`,
      );
    }
    if (expected && unit !== expected.unit) {
      differences.push(`${path}: the unit of ${name} is ${unit ?? 'none'} and ${expected.unit ?? 'none'}`);
    }
  }
  const names = header.columns.map(({ name }) => name);
  for (const { name } of other.columns) {
    if (!names.includes(name)) differences.push(`${path}: column ${name} is only in the second file`);
  }
  if (header.nRows !== other.nRows) return [...differences, `${path} has ${header.nRows} and ${other.nRows} rows`];
  const [table, otherTable] = [await a.table(pair.first), await b.table(pair.second)];
  const values = (await differentValues(a, b, pair, rtol)).map((difference) => `${path}: ${difference}`);
  const isReordered = values.length > 0 && !pair.rows && (await haveSameRows(table, otherTable));
  differences.push(...(isReordered ? [`${path} has the same rows in another order`] : values));
  const otherNames = other.columns.map(({ name }) => name);
  if (names.join() !== otherNames.join() && [...names].sort().join() === [...otherNames].sort().join()) {
    differences.push(`${path}: the columns are in another order`);
  }
  const attributes = attributesByColumn(await table.attributes(), names);
  return [
    ...differences,
    ...differentAttributes(path, attributes, attributesByColumn(await otherTable.attributes(), otherNames)),
  ];
}

/** Whether two tables of the same layout have the same rows, in any order. False for large tables. */
async function haveSameRows(a: Hdf5Table, b: Hdf5Table): Promise<boolean> {
  const layoutOf = ({ columns }: Hdf5Table): string => JSON.stringify(columns);
  if (a.nRows * a.rowBytes > MAX_REORDERED_BYTES || layoutOf(a) !== layoutOf(b)) return false;
  const counts = new Map<string, number>();
  for (const [table, step] of [
    [a, 1],
    [b, -1],
  ] as const) {
    for (const row of eachRow(await table.rows(), table.rowBytes)) {
      const key = keyOfBytes(row);
      counts.set(key, (counts.get(key) ?? 0) + step);
    }
  }
  return [...counts.values()].every((count) => count === 0);
}

/** Names attributes of columns by their column instead of its number. Units are compared as such. */
function attributesByColumn(
  attributes: ReadonlyMap<string, AttributeContent>,
  names: readonly string[],
): Map<string, AttributeContent | AttributeValue> {
  const { table, columns } = storedAttributes(attributes, names);
  const byName = new Map<string, AttributeContent | AttributeValue>(Object.entries(table));
  for (const [column, parts] of columns) {
    for (const [part, value] of Object.entries(parts)) {
      if (part !== 'DESC' && part !== 'UNIT') byName.set(`${part} of column ${column}`, value);
    }
  }
  return byName;
}

/** Differences of the values of a column. */
class ColumnDifference {
  nDifferent = 0;
  nValues = 0;
  worst = 0;
  firstRow = -1;
  example = '';
}

async function differentValues(a: Hdf5File, b: Hdf5File, pair: TablePair, rtol: number): Promise<string[]> {
  const found = new Map<string, ColumnDifference>();
  if (pair.rows) {
    const [rows, others] = [pair.rows.map(([row]) => row), pair.rows.map(([, row]) => row)];
    const [table, other] = [await readTable(a, pair.first), await readTable(b, pair.second)];
    compareChunk(pair.first, table.take(rows), other.take(others), 0, rtol, found);
    for (const difference of found.values()) difference.firstRow = rows[difference.firstRow];
  } else {
    await compareAllRows(a, b, pair, rtol, found);
  }
  return [...found]
    .filter(([, { nDifferent }]) => nDifferent > 0)
    .map(([name, { nDifferent, nValues, worst, firstRow, example }]) => {
      const most = worst > 0 ? `, by up to ${Number(worst.toPrecision(3))} (relative)` : '';
      return `${name} differs in ${nDifferent} of ${nValues} values${most}; first in row ${firstRow}: ${example}`;
    });
}

async function compareAllRows(
  a: Hdf5File,
  b: Hdf5File,
  { first, second }: TablePair,
  rtol: number,
  found: Map<string, ColumnDifference>,
): Promise<void> {
  const others = readTableChunks(b, second, { chunkRows: CHUNK_ROWS });
  let row = 0;
  try {
    for await (const chunk of readTableChunks(a, first, { chunkRows: CHUNK_ROWS })) {
      const { value: other } = await others.next();
      if (!other) break;
      compareChunk(first, chunk, other, row, rtol, found);
      row += chunk.nRows;
    }
  } finally {
    await others.return();
  }
}

function compareChunk(
  path: string,
  chunk: Table,
  other: Table,
  firstRow: number,
  rtol: number,
  found: Map<string, ColumnDifference>,
): void {
  for (const [name, column] of chunk.columns) {
    if (!other.has(name) || (path === LAYOUT && NUMBERS_OF_PARTS.has(name))) continue;
    const expected = other.column(name);
    if (column.count !== expected.count || (column.type === 'string') !== (expected.type === 'string')) continue;
    const difference = found.get(name) ?? new ColumnDifference();
    found.set(name, difference);
    compareColumn(column, expected, firstRow, rtol, difference);
  }
}

function compareColumn(a: Column, b: Column, firstRow: number, rtol: number, difference: ColumnDifference): void {
  const isFloat = a.type.startsWith('float') || b.type.startsWith('float');
  const scale = isFloat ? medianMagnitude(a.values as ArrayLike<number>) : 0;
  const areTimes = isSplitTime(a) && isSplitTime(b);
  const [values, others] = areTimes ? [secondsOf(a), secondsOf(b)] : [a.values, b.values];
  const perRow = areTimes ? 1 : a.count;
  difference.nValues += values.length;
  for (let i = 0; i < values.length; i++) {
    const [x, y] = [values[i], others[i]];
    if (x === y || (isFloat && Number.isNaN(x) && Number.isNaN(y)) || String(x) === String(y)) continue;
    const deviation = isFloat ? Math.abs(Number(x) - Number(y)) / Math.max(Math.abs(Number(x)), scale, 1e-30) : 0;
    if (isFloat && deviation <= rtol) continue;
    if (difference.nDifferent === 0) {
      difference.firstRow = firstRow + Math.floor(i / perRow);
      difference.example = `${String(x)} and ${String(y)}`;
    }
    difference.nDifferent++;
    if (Number.isFinite(deviation)) difference.worst = Math.max(difference.worst, deviation);
  }
}

/** Whether a column has times in two numbers, which may be different for the same instant. */
function isSplitTime({ meaning, count }: Column): boolean {
  return meaning?.kind === 'time' && count === 2;
}

/** Times as text, exact: seconds in TAI since 1970. */
function secondsOf(times: Column): string[] {
  return Array.from({ length: times.length }, (_, row) => {
    const { seconds, quarterNanoseconds } = times.timeAt(row);
    // A quarter nanosecond has 11 digits.
    return `${seconds}.${String(quarterNanoseconds * 25).padStart(11, '0')}`;
  });
}

function medianMagnitude(values: ArrayLike<number>): number {
  const finite = Float64Array.from(values, (value) => Math.abs(Number(value))).filter((value) =>
    Number.isFinite(value),
  );
  if (finite.length === 0) return 0;
  finite.sort();
  const middle = Math.floor(finite.length / 2);
  return finite.length % 2 === 1 ? finite[middle] : (finite[middle - 1] + finite[middle]) / 2;
}

function differentAttributes(
  path: string,
  a: ReadonlyMap<string, AttributeContent | AttributeValue>,
  b: ReadonlyMap<string, AttributeContent | AttributeValue>,
): string[] {
  const differences: string[] = [];
  for (const name of [...new Set([...a.keys(), ...b.keys()])].sort()) {
    const [value, other] = [textOf(a.get(name)), textOf(b.get(name))];
    if (FREE.test(name) || value === other) continue;
    const difference =
      value === undefined || other === undefined
        ? `is only in the ${value === undefined ? 'second' : 'first'} file`
        : `is ${value} and ${other}`;
    differences.push(`${path}: attribute ${name} ${difference}`);
  }
  return path.startsWith('/cherenkit/') && dataModel.findTable(path) === undefined ? [] : differences;
}

function textOf(value: AttributeContent | AttributeValue | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'object') return JSON.stringify(String(value));
  if ('ascii' in value) return JSON.stringify(value.ascii);
  if ('value' in value) return JSON.stringify(String(value.value));
  return Array.from(('type' in value ? value.values : value) as ArrayLike<unknown>).join(' ');
}
