import {
  memoryUnitsPer,
  toMjdTai,
  type Column as FieldColumn,
  type Field,
  type NumberType,
  type SubarrayDescription,
  type Time,
  type Waveforms,
} from '@cherenkit/core';
import type { Attributes, AttributeValue, CellValue, ElementType } from '../hdf5/index.js';
import type { FixedPoint } from './fixed-point.js';

/** Where the column of a field deviates from what its table of fields says. */
export interface ColumnOverride {
  /** The type that ctapipe's files have, where it follows from their source and not from the field. */
  readonly type?: NumberType;
  /** Length of the last dimension of an array that may have two: pixels, where both gain channels are kept. */
  readonly lastDimension?: number;
  /** Whether there are two also where the first is 1. */
  readonly hasTwoDimensions?: boolean;
  readonly fixedPoint?: FixedPoint;
  /** Bytes of a text, what is beyond is cut off; those of the first one unless given, and longer ones are an error. */
  readonly maxLength?: number;
  /** Whether these are waveforms, whose samples are stored though they are no column by themselves. */
  readonly waveforms?: true;
}

/** How the values of a field become cells of one column. */
export interface StoredColumn {
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** By the last part of their names, `UNIT` for CTAFIELD_i_UNIT. */
  readonly attributes: Attributes;
  /** The cell's value in the column's unit; `undefined` stands for a value that this row does not have. */
  readonly cell: (value: unknown) => CellValue;
  readonly fixedPoint?: FixedPoint;
}

/**
 * The column of a field, with the shape that its first value has.
 *
 * @returns undefined for a field that is no column, or an array of which the first row has none
 */
export function storedColumn(
  field: Field,
  firstValue: unknown,
  subarray: SubarrayDescription,
  override: ColumnOverride = {},
): StoredColumn | undefined {
  if (override.waveforms) return waveformColumn(firstValue, override.fixedPoint);
  const { column } = field;
  if (column === undefined) return undefined;
  switch (column.type) {
    case 'bool':
      return { type: 'bool', shape: [], attributes: {}, cell: asCell };
    case 'string':
      return stringColumn(String(firstValue), override.maxLength);
    case 'enumeration': {
      // A pickled reference to ctapipe's class; ctapipe calls it with the numbers.
      const pickle = { ascii: `cctapipe.containers\n${column.enumeration.name}\np0\n.` };
      return { type: 'int64', shape: [], attributes: { TRANSFORM: 'enum', ENUM: pickle }, cell: asCell };
    }
    case 'time':
      return timeColumn(column.format);
    case 'telescopes':
      return telescopesColumn(subarray);
    case 'array':
      return arrayColumn(column, firstValue, override);
    default: {
      const { attributes, factor } = quantity(column.unit);
      const cell = factor === 1 ? asCell : (value: unknown) => (value as number) * factor;
      return { type: override.type ?? column.type, shape: [], attributes, cell };
    }
  }
}

const asCell = (value: unknown): CellValue => value as CellValue;

type ArrayColumn = FieldColumn & { readonly type: 'array' };

function quantity(unit: ArrayColumn['unit']): { attributes: Attributes; factor: number } {
  if (unit === undefined) return { attributes: {}, factor: 1 };
  return { attributes: { TRANSFORM: 'quantity', UNIT: unit }, factor: 1 / memoryUnitsPer(unit) };
}

function stringColumn(first: string, maxLength: number | undefined): StoredColumn {
  const length = maxLength ?? Math.max(1, new TextEncoder().encode(first).length);
  const attributes = { TRANSFORM: 'string', MAXLEN: { type: 'int64', value: length } } as const;
  if (maxLength === undefined) return { type: `S${length}`, shape: [], attributes, cell: asCell };
  const buffer = new Uint8Array(length);
  const cell = (value: unknown): string => {
    const text = String(value);
    // Only whole characters are written.
    return text.slice(0, new TextEncoder().encodeInto(text, buffer).read);
  };
  return { type: `S${length}`, shape: [], attributes, cell };
}

function timeColumn(format: 'ctao_high_res' | 'mjd'): StoredColumn {
  const attributes = { TRANSFORM: 'time', TIME_SCALE: 'tai', TIME_FORMAT: format };
  if (format === 'mjd') {
    return { type: 'float64', shape: [], attributes, cell: (value) => toMjdTai(value as Time) };
  }
  const words = new Uint32Array(2);
  const cell = (value: unknown): Uint32Array => {
    const { seconds, quarterNanoseconds } = value as Time;
    words[0] = seconds;
    words[1] = quarterNanoseconds;
    return words;
  };
  return { type: 'uint32', shape: [2], attributes, cell };
}

function telescopesColumn({ nTels, telIndex }: SubarrayDescription): StoredColumn {
  const mask = new Uint8Array(nTels);
  const cell = (value: unknown): Uint8Array => {
    mask.fill(0);
    for (const telId of value as readonly number[]) {
      const index = telIndex.get(telId);
      if (index !== undefined) mask[index] = 1;
    }
    return mask;
  };
  return { type: 'bool', shape: [nTels], attributes: { TRANSFORM: 'tel_list_to_mask' }, cell };
}

function arrayColumn(column: ArrayColumn, first: unknown, override: ColumnOverride): StoredColumn | undefined {
  const array = first as Float64Array | undefined;
  if (array === undefined) return undefined;
  const type = override.type ?? column.element;
  const { attributes, factor } = quantity(column.unit);
  const { fixedPoint, lastDimension = array.length, hasTwoDimensions = array.length !== lastDimension } = override;
  const shape = hasTwoDimensions ? [array.length / lastDimension, lastDimension] : [array.length];
  const missing = missingArray(type, array.length);
  if (fixedPoint) {
    const cell = (value: unknown) => fixedPoint.encode((value ?? missing) as Float32Array);
    return { type: fixedPoint.type, shape, attributes, fixedPoint, cell };
  }
  if (factor === 1) return { type, shape, attributes, cell: (value) => (value ?? missing) as CellValue };
  return { type, shape, attributes, cell: (value) => ((value ?? missing) as Float64Array).map((x) => x * factor) };
}

/** What a row holds whose array is missing while other rows have one: NaN, -1, or nothing set in a mask or a set of bits. */
function missingArray(type: NumberType | 'bool', length: number): CellValue {
  if (type === 'float32') return new Float32Array(length).fill(NaN);
  if (type === 'float64') return new Float64Array(length).fill(NaN);
  return new Array<number>(length).fill(type.startsWith('int') ? -1 : 0);
}

function waveformColumn(first: unknown, fixedPoint: FixedPoint | undefined): StoredColumn | undefined {
  const waveforms = first as Waveforms | undefined;
  if (waveforms === undefined) return undefined;
  const { nChannels, nPixels, nSamples, samples } = waveforms;
  const shape = [nChannels, nPixels, nSamples];
  const type = samples instanceof Float32Array ? 'float32' : samples instanceof Uint16Array ? 'uint16' : 'uint32';
  const missing = missingArray(type, samples.length);
  const samplesOf = (value: unknown): CellValue => (value as Waveforms | undefined)?.samples ?? missing;
  if (!fixedPoint) return { type, shape, attributes: {}, cell: samplesOf };
  const cell = (value: unknown): CellValue => fixedPoint.encode(samplesOf(value) as Float32Array);
  return { type: fixedPoint.type, shape, attributes: {}, fixedPoint, cell };
}

/** The attributes of the column at an index, under their full names. */
export function columnAttributes(
  column: number,
  { attributes, fixedPoint }: StoredColumn,
  name: string,
  description: string,
): Attributes {
  const all: Record<string, AttributeValue> = { ...fixedPoint?.attributes(column) };
  for (const [part, value] of Object.entries(attributes)) all[`CTAFIELD_${column}_${part}`] = value;
  all[`CTAFIELD_${column}_NAME`] = name;
  all[`CTAFIELD_${column}_DESC`] = description;
  return all;
}
