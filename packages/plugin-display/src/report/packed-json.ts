import { fromBase64, packText, toBase64, unpackText } from '@cherenkit/io';
import { TYPED_ARRAYS, elementTypeOf, type NumericType, type NumericValues } from '@cherenkit/tables';

/** Member of a packed value that names its kind. */
const KIND = '$';

interface PackedArray {
  readonly [KIND]: NumericType | 'float32 in 16 bits';
  /** Bytes in base64. */
  readonly bytes: string;
  /** Of `float32 in 16 bits`: value of 0, and difference between consecutive integers. */
  readonly from?: number;
  readonly step?: number;
}

/** Integer that stands for NaN. */
const NAN_LEVEL = 0xffff;
/** Significant digits of single numbers. */
const DIGITS = 7;

/**
 * Converts plain data to compressed text: JSON, with typed arrays in base64, compressed and in base64 again. Maps become objects;
 * float32 arrays are stored with 16 bits per value, evenly spaced between the smallest and the largest one; single numbers
 * with 7 digits; NaN becomes null.
 */
export function packJson(value: unknown): Promise<string> {
  return packText(JSON.stringify(value, (_, each: unknown) => packed(each)));
}

/** The inverse of {@link packJson}, except for maps, which remain objects. */
export async function unpackJson(text: string): Promise<unknown> {
  return JSON.parse(await unpackText(text), (_, each: unknown) => unpacked(each));
}

function packed(value: unknown): unknown {
  if (typeof value === 'number' && Number.isFinite(value) && !Number.isInteger(value)) {
    return Number(value.toPrecision(DIGITS));
  }
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Float32Array) return quantized(value);
  if (!ArrayBuffer.isView(value)) return value;
  const values = value as NumericValues;
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { [KIND]: elementTypeOf(values), bytes: toBase64(bytes) };
}

function quantized(values: Float32Array): PackedArray {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const from = low <= high ? low : 0;
  const step = (high - low) / (NAN_LEVEL - 1) || 1;
  const levels = Uint16Array.from(values, (value) =>
    Number.isNaN(value) ? NAN_LEVEL : Math.max(0, Math.min(NAN_LEVEL - 1, Math.round((value - from) / step))),
  );
  return { [KIND]: 'float32 in 16 bits', bytes: toBase64(new Uint8Array(levels.buffer)), from, step };
}

function unpacked(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !(KIND in value)) return value;
  const { [KIND]: kind, bytes, from = 0, step = 1 } = value as PackedArray;
  const { buffer } = fromBase64(bytes);
  if (kind !== 'float32 in 16 bits') return new TYPED_ARRAYS[kind](buffer);
  return Float32Array.from(new Uint16Array(buffer), (level) => (level === NAN_LEVEL ? NaN : from + level * step));
}
