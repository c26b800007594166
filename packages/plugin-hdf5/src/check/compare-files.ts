import { dataModel } from '@cherenkit/core';
import type { Column, Table } from '@cherenkit/tables';
import type { AttributeContent, Hdf5File, Hdf5Table } from '../engine/index.js';
import type { AttributeValue } from '../format/index.js';
import { storedAttributes } from '../merge/stored-attributes.js';
import { readTableChunks, readTableHeader } from '../tables/read-table.js';

/** Result of the comparison of two files. */
export interface FileComparison {
  readonly nEqual: number;
  /** Differences in words, table by table. */
  readonly differences: readonly string[];
}

const CHUNK_ROWS = 5000;
/** Largest tables whose rows are compared regardless of their order, bytes. */
const MAX_REORDERED_BYTES = 2 ** 26;
const LAYOUT = '/configuration/instrument/subarray/layout';
/** Attributes that identify a file or its software, or describe the storage. */
const FREE =
  /^(?:PYTABLES_FORMAT_VERSION|FILTERS|TITLE|CLASS|VERSION|NROWS|AUTO_INDEX|FIELD_\d+_\w+|CTAFIELD_\d+_DESC|CTAPIPE_VERSION|SOFT_VER|CTA (?:ACTIVITY|CONTACT) .*|CTA PRODUCT (?:ID|CREATION TIME|DESCRIPTION)|CTA PROCESS SUBTYPE)$/;

/**
 * Compares two files table by table: rows, columns, types, units, values and attributes. Ids, times and software of the files
 * may differ.
 *
 * @param rtol - tolerance of floats, relative to the larger of the value and the median magnitude of its column
 */
export async function compareFiles(a: Hdf5File, b: Hdf5File, rtol: number): Promise<FileComparison> {
  const [own, others] = [new Set(await a.paths()), new Set(await b.paths())];
  const differences = differentAttributes('/', await a.attributes('/'), await b.attributes('/'));
  let nEqual = 0;
  for (const path of [...new Set([...own, ...others])].sort()) {
    const found =
      own.has(path) && others.has(path)
        ? await differencesOfTable(a, b, path, rtol)
        : [`${path} is only in the ${own.has(path) ? 'first' : 'second'} file`];
    if (found.length === 0) nEqual++;
    differences.push(...found);
  }
  const groups = new Set([...own].filter((path) => others.has(path)).flatMap(groupsAbove));
  for (const group of [...groups].sort()) {
    differences.push(...differentAttributes(group, await a.attributes(group), await b.attributes(group)));
  }
  return { nEqual, differences };
}

async function differencesOfTable(a: Hdf5File, b: Hdf5File, path: string, rtol: number): Promise<string[]> {
  const [header, other] = [await readTableHeader(a, path), await readTableHeader(b, path)];
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
  const [table, otherTable] = [await a.table(path), await b.table(path)];
  const values = await differentValues(a, b, path, rtol);
  const isReordered = values.length > 0 && (await haveSameRows(table, otherTable));
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
    const rows = await table.rows();
    for (let at = 0; at < rows.length; at += table.rowBytes) {
      const key = latin1.decode(rows.subarray(at, at + table.rowBytes));
      counts.set(key, (counts.get(key) ?? 0) + step);
    }
  }
  return [...counts.values()].every((count) => count === 0);
}

const latin1 = new TextDecoder('latin1');

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

function groupsAbove(path: string): string[] {
  const names = path.split('/').slice(1, -1);
  return names.map((_, i) => `/${names.slice(0, i + 1).join('/')}`);
}

/** Differences of the values of a column. */
class ColumnDifference {
  nDifferent = 0;
  nValues = 0;
  worst = 0;
  firstRow = -1;
  example = '';
}

async function differentValues(a: Hdf5File, b: Hdf5File, path: string, rtol: number): Promise<string[]> {
  const found = new Map<string, ColumnDifference>();
  const others = readTableChunks(b, path, { chunkRows: CHUNK_ROWS });
  let row = 0;
  try {
    for await (const chunk of readTableChunks(a, path, { chunkRows: CHUNK_ROWS })) {
      const { value: other } = await others.next();
      if (!other) break;
      compareChunk(path, chunk, other, row, rtol, found);
      row += chunk.nRows;
    }
  } finally {
    await others.return();
  }
  return [...found]
    .filter(([, { nDifferent }]) => nDifferent > 0)
    .map(([name, { nDifferent, nValues, worst, firstRow, example }]) => {
      const most = worst > 0 ? `, by up to ${Number(worst.toPrecision(3))} (relative)` : '';
      return `${path}: ${name} differs in ${nDifferent} of ${nValues} values${most}; first in row ${firstRow}: ${example}`;
    });
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
    if (!other.has(name) || (path === LAYOUT && name === 'camera_index')) continue;
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
  difference.nValues += a.values.length;
  for (let i = 0; i < a.values.length; i++) {
    const [x, y] = [a.values[i], b.values[i]];
    if (x === y || (isFloat && Number.isNaN(x) && Number.isNaN(y)) || String(x) === String(y)) continue;
    const deviation = isFloat ? Math.abs(Number(x) - Number(y)) / Math.max(Math.abs(Number(x)), scale, 1e-30) : 0;
    if (isFloat && deviation <= rtol) continue;
    if (difference.nDifferent === 0) {
      difference.firstRow = firstRow + Math.floor(i / a.count);
      difference.example = `${String(x)} and ${String(y)}`;
    }
    difference.nDifferent++;
    if (Number.isFinite(deviation)) difference.worst = Math.max(difference.worst, deviation);
  }
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
    const [value, other] = [a.get(name), b.get(name)];
    if (FREE.test(name) || textOf(value) === textOf(other)) continue;
    differences.push(`${path}: attribute ${name} is ${textOf(value)} and ${textOf(other)}`);
  }
  return path.startsWith('/cherenkit/') && dataModel.findTable(path) === undefined ? [] : differences;
}

function textOf(value: AttributeContent | AttributeValue | undefined): string {
  if (value === undefined) return 'missing';
  if (typeof value !== 'object') return JSON.stringify(String(value));
  if ('ascii' in value) return JSON.stringify(value.ascii);
  if ('value' in value) return JSON.stringify(String(value.value));
  return Array.from(('type' in value ? value.values : value) as ArrayLike<unknown>).join(' ');
}
