import { logFactorial } from './log-factorial.js';
import { philox4x32 } from './philox.js';

/** From this mean on, Poisson numbers are drawn by transformed rejection; below, summing probabilities is faster. */
const LARGE_MEAN = 10;

/**
 * Stream of pseudo-random numbers that is fully determined by a seed and a name.
 *
 * Streams with different names, such as (event id, telescope id), are independent of each other. Each can therefore be
 * generated alone and in any order. See {@link philox4x32}; the period of a stream is 2^34 words.
 *
 * @example
 * ```ts
 * import { RandomStream } from '@cherenkit/kernels';
 *
 * const [seed, eventId, telId] = [42, 7, 1];
 * const random = new RandomStream(seed, eventId, telId);
 * console.log(random.poisson(2.5), random.normal(), random.uniform());
 * ```
 */
export class RandomStream {
  private readonly counter: Uint32Array;
  private readonly words = new Uint32Array(4);
  private used = 4;
  private spare = NaN;
  private readonly key0: number;
  private readonly key1: number;

  /**
   * @param seed - integer from 0 to 2^53 - 1
   * @param name - up to three integers from 0 to 2^32 - 1
   * @throws RangeError for other values
   */
  constructor(seed: number, ...name: readonly number[]) {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new RangeError(`RandomStream: expected a seed from 0 to 2^53 - 1, found ${seed}`);
    }
    if (name.length > 3 || name.some((word) => word !== word >>> 0)) {
      throw new RangeError(
        `RandomStream: expected a name of up to three unsigned 32-bit integers, found ${name.join(', ')}`,
      );
    }
    this.key0 = seed >>> 0;
    this.key1 = Math.floor(seed / 2 ** 32);
    this.counter = Uint32Array.of(0, name[0] ?? 0, name[1] ?? 0, name[2] ?? 0);
  }

  /** Uniformly distributed unsigned 32-bit integer. */
  uint32(): number {
    if (this.used === 4) {
      philox4x32(this.counter, this.key0, this.key1, this.words);
      this.counter[0]++;
      this.used = 0;
    }
    return this.words[this.used++];
  }

  /** Uniformly distributed in [0, 1), with 53 random bits. */
  uniform(): number {
    const high = this.uint32() >>> 5;
    return (high * 2 ** 26 + (this.uint32() >>> 6)) / 2 ** 53;
  }

  /** Exponentially distributed with mean 1. */
  exponential(): number {
    return -Math.log(1 - this.uniform());
  }

  /**
   * Normally distributed with mean 0 and standard deviation 1; absolute values are at most 6.7.
   *
   * Source: G. E. P. Box and M. E. Muller, Annals of Mathematical Statistics 29 (1958) 610.
   */
  normal(): number {
    if (!Number.isNaN(this.spare)) {
      const value = this.spare;
      this.spare = NaN;
      return value;
    }
    // One word each: 32 bits suffice for noise, of which millions of values are drawn.
    const radius = Math.sqrt(-2 * Math.log((this.uint32() + 0.5) / 2 ** 32));
    const angle = ((2 * Math.PI) / 2 ** 32) * this.uint32();
    this.spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /**
   * Poisson-distributed integer.
   *
   * Source: for large means, algorithm PTRS of W. Hörmann, Insurance: Mathematics and Economics 12 (1993) 39.
   *
   * @throws RangeError unless the mean is finite and not negative
   */
  poisson(mean: number): number {
    if (!(mean >= 0 && mean < Infinity)) {
      throw new RangeError(`RandomStream.poisson: expected a finite mean of at least 0, found ${mean}`);
    }
    return mean < LARGE_MEAN ? this.smallPoisson(mean) : this.largePoisson(mean);
  }

  /** Inversion: the smallest count whose cumulative probability exceeds a uniform number. */
  private smallPoisson(mean: number): number {
    let rest = this.uniform();
    let probability = Math.exp(-mean);
    let count = 0;
    // Probabilities below 2^-53 are lost in rounding.
    while (rest >= probability && (count < mean || probability > 2 ** -53)) {
      rest -= probability;
      probability *= mean / ++count;
    }
    return count;
  }

  private largePoisson(mean: number): number {
    const logMean = Math.log(mean);
    const b = 0.931 + 2.53 * Math.sqrt(mean);
    const a = -0.059 + 0.02483 * b;
    const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
    const squeeze = 0.9277 - 3.6224 / (b - 2);
    for (;;) {
      const u = this.uniform() - 0.5;
      const v = this.uniform();
      const distance = 0.5 - Math.abs(u);
      const k = Math.floor(((2 * a) / distance + b) * u + mean + 0.43);
      if (distance >= 0.07 && v <= squeeze) return k;
      if (k < 0 || (distance < 0.013 && v > distance)) continue;
      const hat = Math.log((v * inverseAlpha) / (a / (distance * distance) + b));
      if (hat <= k * logMean - mean - logFactorial(k)) return k;
    }
  }
}
