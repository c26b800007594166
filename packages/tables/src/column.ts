import { CherenkitError, ExitCode } from '@cherenkit/errors';
import { Unit } from '@cherenkit/expression';
import {
  elementTypeOf,
  emptyValues,
  missingElement,
  partOf,
  toValues,
  unrepresentable,
  type ColumnValues,
  type ElementType,
  type NumericValues,
} from './element-type.js';
import { columnText } from './table-text.js';
import { fromMjdTai, NAN_TIME, QUARTERS_PER_SECOND, type Time, type TimeFormat } from './tai-time.js';

/** Enumeration of ctapipe's data model; columns store its integers. */
export interface Enumeration<M extends Readonly<Record<string, number>> = Readonly<Record<string, number>>> {
  /** Name of ctapipe's class, an attribute in files. */
  readonly name: string;
  readonly members: M;
}

/** Logical type of a column that is more than numbers or text. */
export type Meaning =
  | { readonly kind: 'time'; readonly format: TimeFormat }
  | { readonly kind: 'enumeration'; readonly enumeration: Enumeration }
  /** One boolean per telescope of the array; `telIds` are the telescopes in order, if known. */
  | { readonly kind: 'telescopes'; readonly telIds?: readonly number[] }
  /** Floats stored as integers, see {@link FixedPointScale}. */
  | { readonly kind: 'fixed point'; readonly scale: FixedPointScale };

/** Encoding of float32 values as integers, `value = (integer - offset) / scale`, with three reserved integers. */
export interface FixedPointScale {
  readonly scale: number;
  readonly offset: number;
  readonly nan: number;
  readonly positiveInfinity: number;
  readonly negativeInfinity: number;
}

/** Properties of a column without its values. */
export interface ColumnHeader {
  readonly name: string;
  readonly type: ElementType;
  /** Shape of one cell; absent or empty for scalars. */
  readonly shape?: readonly number[] | undefined;
  /** VOUnit string: `g.cm**-2`. */
  readonly unit?: string | undefined;
  readonly description?: string | undefined;
  readonly meaning?: Meaning | undefined;
  /** Name of the container's field, which is the column's name without prefix. */
  readonly field?: string | undefined;
}

/** Value of a column in one row. */
export type Cell = number | bigint | boolean | string | Time | ColumnValues;

/**
 * Typed column of a table: name, type, unit, description, and the values of all rows in one array.
 *
 * Values are kept as stored: 64-bit integers as bigint, times and enumerations as integers. Columns are immutable; new
 * ones share memory with old ones where possible.
 *
 * @example
 * ```ts
 * import { columnFrom } from '@cherenkit/tables';
 *
 * const energy = columnFrom('true_energy', { values: Float32Array.of(0.3, 12), unit: 'TeV', description: 'Energy' });
 * console.log(energy.type, energy.at(1), energy.numbers('GeV')); // float32, 12, [300, 12000]
 * ```
 */
export class Column implements ColumnHeader {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** The elements of all rows, in C order. */
  readonly values: ColumnValues;
  readonly unit: string | undefined;
  readonly description: string | undefined;
  readonly meaning: Meaning | undefined;
  readonly field: string | undefined;
  /** Number of elements of one cell. */
  readonly count: number;
  /** Number of rows. */
  readonly length: number;

  /** @throws CherenkitError TABLE_COLUMN_INVALID (2) if the values have another type or do not fill whole cells */
  constructor(header: ColumnHeader, values: ColumnValues) {
    const { name, type, shape = [], unit, description, meaning, field } = header;
    this.name = name;
    this.type = type;
    this.shape = shape;
    this.values = values;
    this.unit = unit === '' || type === 'string' ? undefined : unit;
    this.description = description;
    this.meaning = meaning;
    this.field = field;
    this.count = shape.length === 0 ? 1 : shape.reduce((product, length) => product * length, 1);
    this.length = values.length / this.count;
    if (!Number.isInteger(this.length) || !(this.count >= 1)) {
      throw invalidColumn(
        name,
        `expected values that fill cells of shape [${shape.join(', ')}], found ${values.length}`,
      );
    }
    const found = elementTypeOf(values);
    const isBool = type === 'bool' && found === 'uint8';
    if (found !== type && !isBool && !(values.length === 0 && Array.isArray(values) && type === 'string')) {
      throw invalidColumn(name, `expected values of type ${type}, found ${found}`);
    }
  }

  /** Returns a column with the same values and another name, unit or description. */
  with(changes: Partial<ColumnHeader>): Column {
    return new Column({ ...this.header, ...changes }, this.values);
  }

  get header(): ColumnHeader {
    const { name, type, shape, unit, description, meaning, field } = this;
    return { name, type, shape, unit, description, meaning, field };
  }

  /**
   * Value in a row: a boolean, a string, a {@link Time}, a number (bigint for integers beyond 2^53), or an array for
   * cells with several elements.
   */
  at(row: number): Cell {
    const { meaning, count, values } = this;
    if (meaning?.kind === 'time') return this.timeAt(row);
    if (count > 1 || this.shape.length > 0) return partOf(values, row * count, (row + 1) * count);
    const value = values[row];
    if (this.type === 'bool') return value === 1;
    return typeof value === 'bigint' ? exactNumber(value) : value;
  }

  /**
   * Time in a row, for columns of times. Files of ctapipe have times of 4e9 quarter nanoseconds, rounded without a carry:
   * these are the next second.
   */
  timeAt(row: number): Time {
    if (this.count === 1) return fromMjdTai(Number(this.values[row]));
    const [seconds, quarters] = [Number(this.values[2 * row]), Number(this.values[2 * row + 1])];
    if (seconds === 0 && quarters === 0) return NAN_TIME;
    if (quarters < QUARTERS_PER_SECOND) return { seconds, quarterNanoseconds: quarters };
    return { seconds: seconds + 1, quarterNanoseconds: quarters - QUARTERS_PER_SECOND };
  }

  /**
   * All elements as float64, in the column's unit or another one: `column.numbers('rad')`. Without conversion, the
   * array is not copied.
   *
   * @throws CherenkitError TABLE_COLUMN_INVALID (2) for text, and for units that do not convert
   */
  numbers(unit?: string): Float64Array {
    const { values, name } = this;
    if (this.type === 'string') throw invalidColumn(name, 'expected numbers, found text');
    const factor = unit === undefined || unit === this.unit ? 1 : this.#factorTo(unit);
    if (values instanceof Float64Array && factor === 1) return values;
    const numbers = new Float64Array(values.length);
    for (let i = 0; i < numbers.length; i++) numbers[i] = Number(values[i]) * factor;
    return numbers;
  }

  /** Rows `start` to `stop` (exclusive), in the same memory. */
  slice(start: number, stop: number): Column {
    return new Column(this.header, partOf(this.values, start * this.count, stop * this.count));
  }

  /** The given rows, in the given order; -1 stands for a missing value. */
  take(rows: ArrayLike<number>): Column {
    const { type, count, values, header, meaning } = this;
    const taken = emptyValues(type, rows.length * count);
    // An unknown time is zero in both formats.
    const missing = meaning?.kind === 'time' ? 0 : missingElement(type);
    if (Array.isArray(taken)) takeTexts(values as readonly string[], rows, count, taken);
    else takeCells(values as NumericValues, rows, count, taken, missing as number);
    return new Column(header, taken);
  }

  /** Name, unit, type, first values and description; also the output of `console.log` in Node. */
  toString(): string {
    return columnText(this);
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return columnText(this);
  }

  #factorTo(unit: string): number {
    try {
      return Unit.parse(this.unit ?? '').factorTo(Unit.parse(unit));
    } catch (error) {
      throw invalidColumn(this.name, (error as Error).message);
    }
  }
}

function takeTexts(values: readonly string[], rows: ArrayLike<number>, count: number, taken: string[]): void {
  for (let i = 0, next = 0; i < rows.length; i++) {
    for (let k = 0; k < count; k++) taken[next++] = rows[i] < 0 ? '' : values[rows[i] * count + k];
  }
}

/** Copies cells as words of memory, so that one loop serves all types and preserves all bits. */
function takeCells(
  values: NumericValues,
  rows: ArrayLike<number>,
  count: number,
  taken: NumericValues,
  missing: number,
): void {
  const [from, to] = [wordsOf(values), wordsOf(taken)];
  const perRow = (count * values.BYTES_PER_ELEMENT) / from.BYTES_PER_ELEMENT;
  for (let i = 0, next = 0; i < rows.length; i++, next += perRow) {
    const row = rows[i];
    if (row < 0) (taken as Float64Array).fill(missing, i * count, (i + 1) * count);
    else if (perRow > LONGEST_LOOP) to.set(from.subarray(row * perRow, (row + 1) * perRow), next);
    else for (let k = 0, at = row * perRow; k < perRow; k++) to[next + k] = from[at + k];
  }
}

/**
 * Copies cells to other places: cell `i` to cell `places[i]`.
 *
 * @param count - elements per cell
 */
export function placeCells(
  values: ColumnValues,
  target: NumericValues | string[],
  count: number,
  places: ArrayLike<number>,
): void {
  if (Array.isArray(target)) {
    for (let i = 0, at = 0; i < places.length; i++) {
      for (let k = 0; k < count; k++) target[places[i] * count + k] = values[at++] as string;
    }
    return;
  }
  const [from, to] = [wordsOf(values as NumericValues), wordsOf(target)];
  const perRow = (count * target.BYTES_PER_ELEMENT) / from.BYTES_PER_ELEMENT;
  for (let i = 0, at = 0; i < places.length; i++, at += perRow) {
    const next = places[i] * perRow;
    if (perRow > LONGEST_LOOP) to.set(from.subarray(at, at + perRow), next);
    else for (let k = 0; k < perRow; k++) to[next + k] = from[at + k];
  }
}

/** Cells with more words are copied by `set`. */
const LONGEST_LOOP = 16;

/** The memory of an array as words of the size of its elements, up to 32 bits. */
function wordsOf({ buffer, byteOffset, byteLength, BYTES_PER_ELEMENT: bytes }: NumericValues): WordArray {
  if (bytes === 1) return new Uint8Array(buffer, byteOffset, byteLength);
  if (bytes === 2) return new Uint16Array(buffer, byteOffset, byteLength / 2);
  return new Uint32Array(buffer, byteOffset, byteLength / 4);
}

type WordArray = Uint8Array | Uint16Array | Uint32Array;

/** A number if that is exact, else the bigint itself. */
function exactNumber(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Values of a column, alone or with a type, a unit and other properties. */
export type ColumnInput =
  | ArrayLike<number | bigint | boolean | string>
  | (Omit<Partial<ColumnHeader>, 'name'> & { readonly values: ArrayLike<number | bigint | boolean | string> });

/**
 * Makes a column from a plain or typed array. Without `type`, numbers become float64, booleans bool and bigints int64;
 * typed arrays keep their type and are not copied.
 *
 * @throws CherenkitError TABLE_COLUMN_INVALID (2) for a value that the type cannot represent
 */
export function columnFrom(name: string, input: ColumnInput): Column {
  const given: Partial<ColumnHeader> & { readonly values: ArrayLike<number | bigint | boolean | string> } =
    'values' in input && typeof input.values !== 'function' ? input : { values: input as ArrayLike<number> };
  const { values, type = elementTypeOf(values), shape, unit, description, meaning, field } = given;
  const unfit = unrepresentable(type, values);
  if (unfit !== undefined) throw invalidColumn(name, `expected integers within the range of ${type}, found ${unfit}`);
  return new Column({ name, type, shape, unit, description, meaning, field }, toValues(type, values));
}

/** Error TABLE_COLUMN_INVALID (2). */
export function invalidColumn(name: string, problem: string): CherenkitError {
  return new CherenkitError('TABLE_COLUMN_INVALID', ExitCode.USAGE, `Column "${name}": ${problem}.`);
}
