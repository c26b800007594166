import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { crc32, gunzipSync } from 'node:zlib';
import { columnFrom, type Column, type Table } from '@cherenkit/tables';
import { inTestData, TEST_DATA } from './test-data.js';

/** A column read by ctapipe. */
interface ReferenceColumn {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly unit: string | null;
  readonly description: string | null;
  readonly first: readonly unknown[];
  readonly sum?: number;
  readonly n_nan?: number;
  readonly masked?: number;
  readonly crc32?: number;
}

export interface ReferenceTable {
  readonly rows: number;
  readonly meta: Readonly<Record<string, string>>;
  readonly columns: readonly ReferenceColumn[];
}

/** A chunk read by ctapipe: its range of array events, and its numbers of rows. */
export interface ReferenceChunk {
  readonly start: number;
  readonly stop: number;
  readonly rows?: number;
  readonly rows_by_key?: Readonly<Record<string, number>>;
}

type ReferenceResult =
  | { readonly error: string }
  | { readonly tables: Readonly<Record<string, ReferenceTable>> }
  | { readonly chunks: readonly ReferenceChunk[]; readonly length: number }
  | ReferenceTable;

/** A call of a method of ctapipe's TableLoader. */
export interface ReferenceCall {
  readonly method: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly result: ReferenceResult;
}

/** Calls of ctapipe's TableLoader on a file. Made by `make_table_reference.py tables`. */
export interface TableReference {
  readonly file: string;
  readonly focal_length_choice: 'EFFECTIVE' | 'EQUIVALENT';
  readonly n_events: number;
  readonly calls: readonly ReferenceCall[];
}

/** Names of the reference files in the test data. */
export function tableReferenceNames(): string[] {
  if (TEST_DATA === undefined) return [];
  return readdirSync(inTestData('reference', 'tables')).filter((name) => name.endsWith('.tables.json.gz'));
}

export function readTableReference(name: string): TableReference {
  const text = gunzipSync(readFileSync(inTestData('reference', 'tables', name))).toString('utf8');
  return JSON.parse(text) as TableReference;
}

/** Path of the file of a reference. */
export function tableReferenceFile({ file }: TableReference): string {
  const folders = [['reference'], ['reference', 'tables'], ['data', 'hdf5']];
  const paths = folders.map((folder) => inTestData(...folder, file));
  return paths.find((path) => existsSync(path)) ?? file;
}

/** All differences of a table from the one that ctapipe reads, one per line. */
export function tableDifferences(table: Table, expected: ReferenceTable): string[] {
  const names = expected.columns.map(({ name }) => name);
  if (table.nRows !== expected.rows) return [`${table.nRows} rows, expected ${expected.rows}`];
  // Of tables without rows, ctapipe gives some of the columns, or an additional __index__.
  if (expected.rows === 0)
    return names.filter((name) => name !== '__index__' && !table.has(name) && !/^true_impact/.test(name));
  if (table.names.join() !== names.join()) {
    const missing = names.filter((name) => !table.has(name));
    const unknown = table.names.filter((name) => !names.includes(name));
    return [
      `columns ${table.names.join()}, expected ${names.join()}: missing ${missing.join()}; unknown ${unknown.join()}`,
    ];
  }
  const differences = Object.entries(expected.meta)
    .filter(([key, value]) => String(table.meta[key]) !== value)
    .map(([key, value]) => `meta ${key} is ${String(table.meta[key])}, expected ${value}`);
  return [
    ...differences,
    ...expected.columns.flatMap((column) => columnDifferences(table.column(column.name), column)),
  ];
}

/** Types of ids in joined tables of ctapipe, where the file has other ones: joins convert them. */
const CONVERTED_IDS: Readonly<Record<string, string>> = { obs_id: 'float64', event_id: 'float64', tel_id: 'int32' };

function columnDifferences(stored: Column, expected: ReferenceColumn): string[] {
  const { name } = stored;
  const isConverted = expected.dtype !== stored.type && CONVERTED_IDS[name] === expected.dtype;
  const column = isConverted ? converted(stored, expected.dtype as 'float64' | 'int32') : stored;
  const found = summaryOf(column, expected);
  const keys = Object.keys(found) as (keyof ReferenceColumn)[];
  return keys.flatMap((key) => {
    const [a, b] = [JSON.stringify(found[key]), JSON.stringify(expected[key])];
    const isEqual = key === 'sum' ? isCloseSum(Number(found.sum), Number(expected.sum)) : a === b;
    return isEqual ? [] : [`${column.name}: ${key} is ${a}, expected ${b}`];
  });
}

function converted(column: Column, type: 'float64' | 'int32'): Column {
  const numbers = column.numbers();
  return columnFrom(column.name, {
    ...column.header,
    values: type === 'int32' ? Int32Array.from(numbers) : numbers,
    type,
  });
}

/** Sums of floats depend on the order of the additions. */
function isCloseSum(sum: number, expected: number): boolean {
  return sum === expected || Math.abs(sum - expected) <= 1e-9 * Math.abs(expected) + 1e-9;
}

/** Summary of a column as `make_table_reference.py` writes it. */
function summaryOf(column: Column, expected: ReferenceColumn): Partial<ReferenceColumn> {
  const { type, shape, unit = null, count, values, length } = column;
  // Descriptions that are not in the file are those of the data model, which ctapipe does not add. Joined with the observation
  // block, obs_id gets the description of the other table in ctapipe.
  const isOther =
    !expected.description || (column.name === 'obs_id' && expected.description === 'Observation Block ID');
  const description = isOther ? expected.description : (column.description ?? null);
  const rows = Array.from({ length: Math.min(length, 2) }, (_, row) => row);
  if (column.meaning?.kind === 'time') {
    const nanoseconds = BigInt64Array.from({ length }, (_, row) => nanosecondsOf(column, row));
    const stored = { dtype: 'time', shape: [], unit, description };
    // Half nanoseconds are rounded up or down in ctapipe, depending on errors of the conversion to days.
    const isHalf = (_: unknown, row: number): boolean => column.timeAt(row).quarterNanoseconds % 4 === 2;
    if (nanoseconds.some(isHalf)) return stored;
    return { ...stored, first: rows.map((row) => Number(nanoseconds[row])), crc32: crc32(bytesOf(nanoseconds)) };
  }
  if (type === 'string') {
    const dtype = expected.dtype.startsWith('<U') ? expected.dtype : '<U';
    const texts = Array.from(values as readonly string[]);
    const first = texts.slice(0, 2);
    return { dtype, shape: [...shape], unit, description, first, crc32: crc32(texts.join('\0')) };
  }
  const cell = (row: number): unknown[] =>
    Array.from({ length: Math.min(count, 4) }, (_, i) => jsonNumber(values[row * count + i], type === 'bool'));
  const first = rows.map((row) => (shape.length > 0 ? cell(row) : cell(row)[0]));
  const isFloat = type.startsWith('float');
  let [sum, nNan, exact] = [0, 0, 0n];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!isFloat) exact += BigInt(value);
    else if (Number.isNaN(value)) nNan++;
    else if (Number.isFinite(value)) sum += Number(value);
  }
  return {
    dtype: type,
    shape: [...shape],
    unit,
    description,
    first,
    sum: isFloat ? sum : Number(exact),
    ...(isFloat && { n_nan: nNan }),
    crc32: crc32(bytesOf(values as Float64Array)),
  };
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function jsonNumber(value: number | bigint | string, isBool: boolean): unknown {
  if (isBool) return value === 1;
  const number = Number(value);
  return Number.isFinite(number) ? number : String(number);
}

/** Nanoseconds of TAI since 1970. */
function nanosecondsOf(column: Column, row: number): bigint {
  const { meaning, values } = column;
  if (meaning?.kind === 'time' && meaning.format === 'ctao_high_res') {
    const [seconds, quarters] = [Number(values[2 * row]), Number(values[2 * row + 1])];
    return BigInt(seconds) * 1_000_000_000n + BigInt(Math.round(quarters / 4));
  }
  const days = Number(values[row]);
  const halves = Math.round(days * 2);
  return BigInt(halves - 81174) * 43_200_000_000_000n + BigInt(Math.round((days - halves / 2) * 86400e9));
}
