/** Scale of colours: linear, logarithmic, or logarithmic in both directions with a linear part between -1 and 1. */
export type NormName = 'lin' | 'log' | 'symlog';

export type ValueLimits = readonly [min: number, max: number];

/** Length of the linear part of `symlog` on either side of 0. */
const LINEAR_PART = 1;

/** Length of the linear part in decades, relative to the logarithmic ones, as matplotlib with base 10 has it. */
const LINEAR_SCALE = 1 / (1 - 1 / 10);

/** A scale between two values. Source: matplotlib's `Normalize`, `LogNorm`, `SymLogNorm(linthresh=1, base=10)`. */
export class ColorNorm {
  readonly #low: number;
  readonly #range: number;

  constructor(
    readonly name: NormName,
    readonly limits: ValueLimits,
  ) {
    this.#low = scaled(name, limits[0]);
    this.#range = scaled(name, limits[1]) - this.#low;
  }

  /** Where a value is between the limits, 0 to 1 within them; NaN for values that the scale does not have. */
  partOf(value: number): number {
    const place = scaled(this.name, value);
    if (this.#range > 0) return (place - this.#low) / this.#range;
    // All values are equal, or the limits are.
    return Number.isNaN(place) || place === this.#low ? place - place : place < this.#low ? -1 : 2;
  }
}

function scaled(name: NormName, value: number): number {
  switch (name) {
    case 'lin':
      return value;
    case 'log':
      return value > 0 ? Math.log10(value) : NaN;
    case 'symlog': {
      const size = Math.abs(value);
      if (size <= LINEAR_PART) return value * LINEAR_SCALE;
      return Math.sign(value) * LINEAR_PART * (LINEAR_SCALE + Math.log10(size / LINEAR_PART));
    }
  }
}

/**
 * Smallest and largest of the finite values, for `log` of the positive ones; [0, 1] if there is none.
 */
export function limitsOf(values: ArrayLike<number>, name: NormName): ValueLimits {
  let [min, max] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value) || (name === 'log' && value <= 0)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return min <= max ? [min, max] : name === 'log' ? [0.1, 1] : [0, 1];
}
