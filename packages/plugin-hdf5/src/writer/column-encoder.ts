import {
  memoryUnitsPer,
  toMjdTai,
  type dataModel,
  type Field,
  type FieldColumn,
  type NumberType,
  type Time,
  type Waveforms,
} from '@cherenkit/core';
import type { ColumnHeader, NumericType } from '@cherenkit/tables';
import type { CellValue } from '../format/index.js';
import type { FixedPoint } from '../tables/fixed-point.js';

/** Properties of a file that determine columns, in addition to the fields of the containers. */
export interface CellContext {
  /** Telescope ids of the array, in order. */
  readonly telIds: readonly number[];
  /**
   * Sizes of dimensions by name. An optional dimension (`n_channels?`) is written if its size is given here or is not 1.
   */
  readonly dimensions?: Readonly<Record<string, number>>;
  /** Column types by field, used where the data model has them as alternatives. */
  readonly types?: Readonly<Record<string, NumberType>>;
  /** Fixed-point encodings by field, used where the data model allows them. */
  readonly fixedPoint?: Readonly<Record<string, FixedPoint | undefined>>;
  /**
   * Lengths of text columns by field, bytes; longer texts are truncated. Other text columns have the length of the first row,
   * and longer texts are an error.
   */
  readonly textBytes?: Readonly<Record<string, number>>;
  /** Length of other text columns whose field declares none, bytes. Default: that of the first row. */
  readonly defaultTextBytes?: number;
}

/** Converts the values of a field to the cells of a column. */
export interface ColumnEncoder extends Pick<ColumnHeader, 'type' | 'shape' | 'unit' | 'meaning'> {
  /** Length of a text column, bytes. */
  readonly bytes?: number;
  /** Converts a value to a cell in the unit of the column; `undefined` to missing values. */
  readonly cell: (value: unknown) => CellValue;
}

type ArrayColumn = FieldColumn & { readonly type: 'array' };

/**
 * Creates the encoder of a field. The first value determines shapes and text lengths.
 *
 * @param change - deviations of the column from the field
 * @returns undefined for fields without column and arrays missing in the first row
 */
export function columnEncoder(
  name: string,
  { column }: Field,
  firstValue: unknown,
  change: dataModel.ColumnChange,
  context: CellContext,
): ColumnEncoder | undefined {
  if (column === undefined) return undefined;
  const fixedPoint = change.mayBeFixedPoint ? context.fixedPoint?.[name] : undefined;
  const chosen = context.types?.[name];
  const type = chosen !== undefined && change.otherTypes?.includes(chosen) ? chosen : change.type;
  switch (column.type) {
    case 'bool':
      return { type: 'bool', cell: asCell };
    case 'string':
      return textEncoder(String(firstValue), context.textBytes?.[name] ?? column.bytes ?? context.defaultTextBytes);
    case 'enumeration':
      return { type: 'int64', meaning: { kind: 'enumeration', enumeration: column.enumeration }, cell: asCell };
    case 'time':
      return timeEncoder(column.format);
    case 'telescopes':
      return telescopesEncoder(context.telIds);
    case 'array':
      return arrayEncoder(column, firstValue, type ?? column.element, fixedPoint, context.dimensions);
    case 'waveforms':
      return waveformEncoder(firstValue, fixedPoint);
    default: {
      const factor = unitFactor(column.unit);
      const cell = factor === 1 ? asCell : (value: unknown) => (value as number) * factor;
      return { type: type ?? column.type, unit: column.unit, cell };
    }
  }
}

const asCell = (value: unknown): CellValue => value as CellValue;

/** Factor from the unit in memory to the unit of the column. */
function unitFactor(unit: ArrayColumn['unit']): number {
  return unit === undefined ? 1 : 1 / memoryUnitsPer(unit);
}

function textEncoder(first: string, bytes: number | undefined): ColumnEncoder {
  const encoder = new TextEncoder();
  if (bytes === undefined) return { type: 'string', bytes: Math.max(1, encoder.encode(first).length), cell: asCell };
  const buffer = new Uint8Array(bytes);
  const cell = (value: unknown): string => {
    const text = String(value);
    // Truncate at a character boundary.
    return text.slice(0, encoder.encodeInto(text, buffer).read);
  };
  return { type: 'string', bytes, cell };
}

function timeEncoder(format: 'ctao_high_res' | 'mjd'): ColumnEncoder {
  const meaning = { kind: 'time', format } as const;
  if (format === 'mjd') return { type: 'float64', meaning, cell: (value) => toMjdTai(value as Time) };
  const words = new Uint32Array(2);
  const cell = (value: unknown): Uint32Array => {
    const { seconds, quarterNanoseconds } = value as Time;
    words[0] = seconds;
    words[1] = quarterNanoseconds;
    return words;
  };
  return { type: 'uint32', shape: [2], meaning, cell };
}

function telescopesEncoder(telIds: readonly number[]): ColumnEncoder {
  const mask = new Uint8Array(telIds.length);
  const indexOf: number[] = [];
  telIds.forEach((telId, index) => (indexOf[telId] = index));
  const cell = (value: unknown): Uint8Array => {
    mask.fill(0);
    for (const telId of value as readonly number[]) {
      const index = indexOf[telId];
      if (index !== undefined) mask[index] = 1;
    }
    return mask;
  };
  return { type: 'bool', shape: [telIds.length], meaning: { kind: 'telescopes' }, cell };
}

function arrayEncoder(
  { dims = [], unit, length = 0 }: ArrayColumn,
  first: unknown,
  type: NumericType,
  fixedPoint: FixedPoint | undefined,
  dimensions: CellContext['dimensions'] = {},
): ColumnEncoder | undefined {
  const count = (first as Float64Array | undefined)?.length ?? length;
  if (count === 0 && first === undefined) return undefined;
  const shape = shapeOf(count, dims, dimensions);
  const missing = missingArray(type, count);
  if (fixedPoint) {
    const cell = (value: unknown) => fixedPoint.encode((value ?? missing) as Float32Array);
    return { type: fixedPoint.type, shape, meaning: { kind: 'fixed point', scale: fixedPoint }, cell };
  }
  const factor = unitFactor(unit);
  if (factor === 1) return { type, shape, unit, cell: (value) => (value ?? missing) as CellValue };
  return { type, shape, unit, cell: (value) => ((value ?? missing) as Float64Array).map((x) => x * factor) };
}

/** Shape of a cell: as declared in numbers; or two dimensions if the size of the second is known and the first is not omitted. */
function shapeOf(length: number, dims: readonly string[], known: Readonly<Record<string, number>>): number[] {
  const [first = '', last] = dims;
  if (dims.length > 0 && dims.every((size) => /^\d+$/.test(size))) return dims.map(Number);
  const columns = last === undefined ? undefined : known[last];
  if (columns === undefined) return [length];
  const mayBeFlat = first.endsWith('?') && known[first.replace('?', '')] === undefined;
  return mayBeFlat && length === columns ? [length] : [length / columns, columns];
}

/** Cell of a missing array: NaN for floats, -1 for signed integers, 0 for masks and unsigned integers. */
function missingArray(type: NumericType, length: number): CellValue {
  if (type === 'float32') return new Float32Array(length).fill(NaN);
  if (type === 'float64') return new Float64Array(length).fill(NaN);
  return new Array<number>(length).fill(type.startsWith('int') ? -1 : 0);
}

function waveformEncoder(first: unknown, fixedPoint: FixedPoint | undefined): ColumnEncoder | undefined {
  const waveforms = first as Waveforms | undefined;
  if (waveforms === undefined) return undefined;
  const { nChannels, nPixels, nSamples, samples } = waveforms;
  const shape = [nChannels, nPixels, nSamples];
  const type = samples instanceof Float32Array ? 'float32' : samples instanceof Uint16Array ? 'uint16' : 'uint32';
  const missing = missingArray(type, samples.length);
  const samplesOf = (value: unknown): CellValue => (value as Waveforms | undefined)?.samples ?? missing;
  if (!fixedPoint) return { type, shape, cell: samplesOf };
  const cell = (value: unknown): CellValue => fixedPoint.encode(samplesOf(value) as Float32Array);
  return { type: fixedPoint.type, shape, meaning: { kind: 'fixed point', scale: fixedPoint }, cell };
}
