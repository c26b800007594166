import { logFactorial } from './log-factorial.js';
import { philox4x32 } from './philox.js';

/** From this mean on Poisson numbers come from a transformed rejection; below, adding up probabilities is faster. */
const LARGE_MEAN = 10;

/**
 * A sequence of random numbers that follows from a seed and the name of the sequence, and from nothing else.
 *
 * Sequences of different names, such as (event, telescope), are independent of each other, so each can be made alone
 * and in any order. See {@link philox4x32}; a sequence has 2^34 words.
 */
export class RandomStream {
  private readonly counter: Uint32Array;
  private readonly words = new Uint32Array(4);
  private used = 4;
  private spare = NaN;
  private readonly key0: number;
  private readonly key1: number;

  /**
   * @param seed - a whole number from 0 to 2^53
   * @param name - up to three whole numbers from 0 to 2^32 - 1
   * @throws RangeError for others
   */
  constructor(seed: number, ...name: readonly number[]) {
    if (!Number.isSafeInteger(seed) || seed < 0)
      throw new RangeError(`a seed is a whole number from 0 on, not ${seed}`);
    if (name.length > 3 || name.some((word) => word !== word >>> 0)) {
      throw new RangeError(`a random stream is named by up to three unsigned 32-bit numbers, not ${name.join(', ')}`);
    }
    this.key0 = seed >>> 0;
    this.key1 = Math.floor(seed / 2 ** 32);
    this.counter = Uint32Array.of(0, name[0] ?? 0, name[1] ?? 0, name[2] ?? 0);
  }

  /** Any unsigned 32-bit number. */
  uint32(): number {
    if (this.used === 4) {
      philox4x32(this.counter, this.key0, this.key1, this.words);
      this.counter[0]++;
      this.used = 0;
    }
    return this.words[this.used++];
  }

  /** Uniform in [0, 1), all 53 bits of a double. */
  uniform(): number {
    const high = this.uint32() >>> 5;
    return (high * 2 ** 26 + (this.uint32() >>> 6)) / 2 ** 53;
  }

  /** Exponentially distributed with mean 1. */
  exponential(): number {
    return -Math.log(1 - this.uniform());
  }

  /**
   * Normally distributed with mean 0 and standard deviation 1, up to 6.7 of these.
   *
   * Source: G. E. P. Box and M. E. Muller, Annals of Mathematical Statistics 29 (1958) 610.
   */
  normal(): number {
    if (!Number.isNaN(this.spare)) {
      const value = this.spare;
      this.spare = NaN;
      return value;
    }
    // One word each: noise is drawn by the million, and needs no 53 bits.
    const radius = Math.sqrt(-2 * Math.log((this.uint32() + 0.5) / 2 ** 32));
    const angle = ((2 * Math.PI) / 2 ** 32) * this.uint32();
    this.spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /**
   * Poisson distributed.
   *
   * Source: for large means the algorithm PTRS of W. Hörmann, Insurance: Mathematics and Economics 12 (1993) 39.
   *
   * @throws RangeError for a mean that is negative or not finite
   */
  poisson(mean: number): number {
    if (!(mean >= 0 && mean < Infinity)) throw new RangeError(`the mean of a Poisson distribution is not ${mean}`);
    return mean < LARGE_MEAN ? this.smallPoisson(mean) : this.largePoisson(mean);
  }

  /** The smallest count whose cumulative probability exceeds a uniform number. */
  private smallPoisson(mean: number): number {
    let rest = this.uniform();
    let probability = Math.exp(-mean);
    let count = 0;
    // Beyond a probability of 2^-53 nothing is left but rounding.
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
