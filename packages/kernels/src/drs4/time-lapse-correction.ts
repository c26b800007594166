import { power } from '../numeric/index.js';
import { chipOfPixel, MODULE_CHIPS, MODULE_PIXELS, N_GAINS, PIXEL_CELLS, READ_CELLS } from './drs4-rows.js';
import { NOT_READ, readOutFinder, type ReadOutFinder } from './read-out-finder.js';

/** Frequency of the clock of the modules, one tick in 7.5 ns, in kHz. */
const TICKS_PER_MILLISECOND = 1 / 7.5e-6;
/** Corrections are tabulated for all ages below this, and for so many ages up to each further doubling of it. */
const STEPS = 256;
/** Binary logarithm of `STEPS`. */
const STEP_BITS = 8;
/** Doublings of `STEPS` that are tabulated: ages of up to 2^30 ticks. */
const DOUBLINGS = 22;
/** Number of events that are kept at first, and at most: 160,000 per second for the coefficients of LST-1. */
const MIN_EVENTS = 1024;
const MAX_EVENTS = 16384;

/** Power law of the baseline after a cell was read: `scale ((dt / t0)^-exponent - 1)` until t0, by batch of chips. */
export interface TimeLapseCoefficients {
  /** ADC counts. */
  readonly scale: ArrayLike<number>;
  readonly exponent: ArrayLike<number>;
  /** ms. */
  readonly t0: ArrayLike<number>;
  /** Batch of the chip of each gain channel and pixel, shape (2, nPixels); undefined if all are of the first one. */
  readonly batch?: ArrayLike<number> | undefined;
}

/** The coefficients of LST-1 at 20 degrees Celsius. Source: ctapipe_io_lst 0.31 `_get_default_time_params`. */
export const LST1_TIME_LAPSE: TimeLapseCoefficients = { scale: [11.9], exponent: [0.22], t0: [103.012] };

/**
 * Corrects the baseline of cells that were read a short time ago. It keeps the first cells of the last events, in which it looks for
 * the last read-out of each cell, and must therefore see all events of a run. Source: ctapipe_io_lst 0.31
 * `apply_timelapse_correction`.
 *
 * An event consists of `begin`, calls of `correct`, and `end`.
 */
export class TimeLapseCorrection {
  /** First cells of the last events; an event is at its number modulo the capacity. */
  #finder: ReadOutFinder;
  /** Clocks of the last events, shape (modules, capacity); NaN for modules without one. */
  #clocks: Float64Array;
  #capacity = MIN_EVENTS;
  /** Number of the event, and of the first one before it that still matters. */
  #number = 0;
  #oldest = 0;
  /** Clocks of this event. */
  readonly #now: Float64Array;
  /** Chip of each gain channel and pixel, and whether the pixel has an even number in its module. */
  readonly #chipOf: Uint16Array;
  readonly #isEven: Uint8Array;
  /** Corrections by batch of chips. */
  readonly #tables: readonly AgeTable[];
  readonly #maxAge: number;
  /** Number of the last call of `correct` that has corrected a sample. */
  readonly #correctedBy = new Float64Array(READ_CELLS);
  #call = 0;

  /** @param pixelIds - pixel of the camera for each read-out pixel, seven per module */
  constructor(
    pixelIds: Uint16Array,
    nPixels: number,
    private readonly coefficients: TimeLapseCoefficients,
  ) {
    const nModules = Math.ceil(pixelIds.length / MODULE_PIXELS);
    this.#now = new Float64Array(nModules).fill(NaN);
    this.#clocks = new Float64Array(nModules * this.#capacity);
    this.#finder = readOutFinder(MODULE_CHIPS * nModules, this.#capacity);
    this.#chipOf = new Uint16Array(N_GAINS * nPixels);
    this.#isEven = new Uint8Array(N_GAINS * nPixels);
    pixelIds.forEach((pixel, i) => {
      for (let gain = 0; gain < N_GAINS; gain++) {
        this.#chipOf[gain * nPixels + pixel] = chipOfPixel(i, gain);
        this.#isEven[gain * nPixels + pixel] = (i % MODULE_PIXELS) % 2 === 0 ? 1 : 0;
      }
    });
    this.#tables = Array.from(coefficients.scale, (_, i) => tableOf(coefficients, i));
    this.#maxAge = this.#tables.reduce((longest, { maxAge }) => Math.max(longest, maxAge), 0);
  }

  /**
   * Starts an event.
   *
   * @param clocks - clock of each module, ticks of 7.5 ns
   */
  begin(clocks: ArrayLike<number>): void {
    const now = this.#now;
    for (let module = 0; module < now.length; module++) now[module] = module < clocks.length ? clocks[module] : NaN;
    while (this.#oldest < this.#number && !this.#matters(this.#oldest)) this.#oldest++;
    if (this.#number - this.#oldest < this.#capacity) return;
    if (this.#capacity < MAX_EVENTS) this.#makeRoom();
    else this.#oldest++;
  }

  /**
   * Corrects the samples of a read-out of this event, in place.
   *
   * @param index - index of its gain channel and pixel in arrays of shape (2, nPixels)
   * @param first - first cell of the read-out
   */
  correct(samples: Float32Array, index: number, first: number): void {
    const chip = this.#chipOf[index];
    const module = Math.floor(chip / MODULE_CHIPS);
    const begin = module * this.#capacity;
    const newest = this.#number - 1;
    const mask = this.#capacity - 1;
    const nFound = this.#finder.find(chip, newest & mask, newest + 1 - this.#oldest, first, this.#isEven[index] === 1);
    if (nFound === 0) return;
    const { found } = this.#finder;
    const { values, maxAge } = this.#tables[this.coefficients.batch?.[index] ?? 0];
    const now = this.#now[module];
    const correctedBy = this.#correctedBy;
    const call = ++this.#call;
    for (let at = 0; at < 3 * nFound; at += 3) {
      const age = now - this.#clocks[begin + ((newest - found[at]) & mask)];
      const correction = age >= 0 && age < maxAge ? correctionAt(values, age) : 0;
      for (let i = found[at + 1]; i < found[at + 2]; i++) {
        if (correctedBy[i] === call) continue;
        correctedBy[i] = call;
        samples[i] -= correction;
      }
    }
  }

  /**
   * Ends an event, whose read-out changes the baseline of later ones.
   *
   * @param chipCells - first cell of each chip, eight per module
   */
  end(chipCells: ArrayLike<number>): void {
    const slot = this.#number & (this.#capacity - 1);
    for (let module = 0; module < this.#now.length; module++) {
      this.#clocks[module * this.#capacity + slot] = this.#now[module];
    }
    const { firstCells } = this.#finder;
    const nChips = MODULE_CHIPS * this.#now.length;
    for (let chip = 0; chip < nChips; chip++) {
      const isRead = !Number.isNaN(this.#now[Math.floor(chip / MODULE_CHIPS)]);
      firstCells[chip * this.#capacity + slot] = isRead ? chipCells[chip] % PIXEL_CELLS : NOT_READ;
    }
    this.#number++;
  }

  /** Whether an event is so recent that the baseline is still changed in a module. */
  #matters(number: number): boolean {
    const slot = number & (this.#capacity - 1);
    for (let module = 0; module < this.#now.length; module++) {
      const age = this.#now[module] - this.#clocks[module * this.#capacity + slot];
      if (age >= 0 && age < this.#maxAge) return true;
    }
    return false;
  }

  /** Doubles the number of events that are kept. */
  #makeRoom(): void {
    const [capacity, doubled] = [this.#capacity, 2 * this.#capacity];
    const clocks = new Float64Array(2 * this.#clocks.length);
    const finder = readOutFinder(MODULE_CHIPS * this.#now.length, doubled);
    const move = (from: Float64Array | Uint16Array, to: Float64Array | Uint16Array): void => {
      for (let number = this.#oldest; number < this.#number; number++) {
        const [old, place] = [number & (capacity - 1), number & (doubled - 1)];
        for (let row = 0; row * capacity < from.length; row++) to[row * doubled + place] = from[row * capacity + old];
      }
    };
    move(this.#clocks, clocks);
    move(this.#finder.firstCells, finder.firstCells);
    [this.#clocks, this.#finder, this.#capacity] = [clocks, finder, doubled];
  }
}

/** Corrections by age. */
interface AgeTable {
  readonly values: Float64Array;
  /** Age from which on there is no correction, ticks. */
  readonly maxAge: number;
}

/**
 * Corrections by age, for linear interpolation: of all ages below 256 ticks, then of 256 ages from there to 512, to 1024, and so on.
 * Their relative error is below 1e-6.
 */
function tableOf({ scale, exponent, t0 }: TimeLapseCoefficients, batch: number): AgeTable {
  const values = Float64Array.from({ length: STEPS * (DOUBLINGS + 1) + 1 }, (_, i) => {
    const age = i < STEPS ? Math.max(i, 1) : 2 ** (Math.floor(i / STEPS) - 1) * (STEPS + (i % STEPS));
    return scale[batch] * (power(age / TICKS_PER_MILLISECOND / t0[batch], -exponent[batch]) - 1);
  });
  return { values, maxAge: Math.min(STEPS * 2 ** DOUBLINGS, Math.ceil(t0[batch] * TICKS_PER_MILLISECOND)) };
}

/** Correction of a cell that was read so many ticks ago. The power law is positive until t0, and there is none after it. */
function correctionAt(table: Float64Array, age: number): number {
  if (age < STEPS) return table[age];
  const shift = 31 - Math.clz32(age) - STEP_BITS;
  const i = STEPS * shift + (age >>> shift);
  const value = table[i] + ((age & ((1 << shift) - 1)) / (1 << shift)) * (table[i + 1] - table[i]);
  return value > 0 ? value : 0;
}
