import { TYPED_ARRAYS, type FixedPointScale, type NumericValues } from '@cherenkit/tables';

/** Integer types of fixed-point columns. */
export const FIXED_POINT_TYPES = ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32'] as const;
export type FixedPointType = (typeof FIXED_POINT_TYPES)[number];

/**
 * Fixed-point encoding of floats: round(value * scale) + offset. Three integers are sentinels for NaN and +-infinity; values
 * out of range become infinite.
 *
 * Same results as ctapipe 0.32 `FixedPointColumnTransform`, computed in float32.
 */
export class FixedPoint implements FixedPointScale {
  readonly negativeInfinity: number;
  readonly nan: number;
  readonly positiveInfinity: number;
  readonly #smallest: number;
  readonly #largest: number;

  constructor(
    readonly type: FixedPointType,
    readonly scale: number,
    readonly offset: number,
  ) {
    const bits = Number(/\d+/.exec(type)?.[0]);
    const signed = type.startsWith('int');
    const max = signed ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
    const min = signed ? -(2 ** (bits - 1)) : 0;
    this.positiveInfinity = max;
    this.nan = signed ? min + 1 : max - 1;
    this.negativeInfinity = signed ? min : max - 2;
    this.#smallest = signed ? min + 2 : 0;
    this.#largest = signed ? max - 1 : max - 3;
  }

  /** Encodes values to a new array. */
  encode(values: Float32Array): Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array {
    const integers = new TYPED_ARRAYS[this.type](values.length);
    const scale = Math.fround(this.scale);
    for (let i = 0; i < values.length; i++) {
      const scaled = Math.fround(roundHalfToEven(Math.fround(values[i] * scale)) + this.offset);
      if (Number.isNaN(scaled)) integers[i] = this.nan;
      else if (scaled > this.#largest) integers[i] = this.positiveInfinity;
      else if (scaled < this.#smallest) integers[i] = this.negativeInfinity;
      else integers[i] = scaled;
    }
    return integers;
  }
}

/** Decodes fixed-point integers, in float32. Source: ctapipe 0.32 `FixedPointColumnTransform.inverse`. */
export function decodeFixedPoint(integers: NumericValues, scaling: FixedPointScale): Float32Array {
  const { nan, positiveInfinity, negativeInfinity } = scaling;
  const [scale, offset] = [Math.fround(scaling.scale), Math.fround(scaling.offset)];
  const values = new Float32Array(integers.length);
  for (let i = 0; i < values.length; i++) {
    const integer = Number(integers[i]);
    if (integer === nan) values[i] = NaN;
    else if (integer === positiveInfinity) values[i] = Infinity;
    else if (integer === negativeInfinity) values[i] = -Infinity;
    else values[i] = Math.fround(Math.fround(integer) - offset) / scale;
  }
  return values;
}

function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
