import { power } from '../numeric/index.js';
import {
  CHANNEL_CELLS,
  MODULE_PIXELS,
  N_GAINS,
  PIXEL_CELLS,
  READ_CELLS,
  touchCells,
  type Drs4Waveforms,
} from './drs4-rows.js';

/** Frequency of the clock of the modules, one tick in 7.5 ns, in kHz. */
const TICKS_PER_MILLISECOND = 1 / 7.5e-6;
/** Ages up to this are told apart from negative ones, ticks: the clock is stored with 32 bits. */
const MAX_AGE = 2 ** 31;
/** Corrections are tabulated for all ages below this, and for so many ages up to each further doubling of it. */
const STEPS = 256;
/** Binary logarithm of `STEPS`. */
const STEP_BITS = 8;
/** Doublings of `STEPS` that are tabulated: ages of up to 2^30 ticks. */
const DOUBLINGS = 22;

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
 * Corrects the baseline of cells that were read a short time ago. It keeps the time of the last read-out of each cell, and must
 * therefore see all events of a run. Source: ctapipe_io_lst 0.31 `apply_timelapse_correction`.
 */
export class TimeLapseCorrection {
  /** Lower 32 bits of the clock at the last read-out of each cell; 0 if it was not read, or too long ago. */
  readonly #readAt: Uint32Array;
  /** Corrections by batch of chips, see {@link tableOf}. */
  #tables: readonly AgeTable[] = [];
  #coefficients: TimeLapseCoefficients | undefined;
  /** Clock of each module at its last event, and when its cells were last checked for age. */
  readonly #clock: Float64Array;
  readonly #checkedAt: Float64Array;

  /** @param pixelIds - pixel of the camera for each read-out pixel, seven per module */
  constructor(
    private readonly pixelIds: Uint16Array,
    private readonly nPixels: number,
  ) {
    this.#readAt = new Uint32Array(N_GAINS * nPixels * PIXEL_CELLS);
    const nModules = Math.ceil(pixelIds.length / MODULE_PIXELS);
    this.#clock = new Float64Array(nModules).fill(NaN);
    this.#checkedAt = new Float64Array(nModules);
  }

  /**
   * Corrects the waveforms of an event, in place, and remembers the cells that were read.
   *
   * @param cells - first cell of each gain channel and pixel
   * @param clocks - clock of each module, ticks of 7.5 ns
   * @param coefficients - undefined to remember only
   */
  apply(
    { samples, nPixels, selected }: Drs4Waveforms,
    cells: Uint16Array,
    clocks: ArrayLike<number>,
    coefficients: TimeLapseCoefficients | undefined,
  ): void {
    if (coefficients !== this.#coefficients) {
      this.#coefficients = coefficients;
      this.#tables =
        coefficients === undefined ? [] : Array.from(coefficients.scale, (_, i) => tableOf(coefficients, i));
    }
    const nModules = Math.min(this.#clock.length, clocks.length);
    for (let module = 0; module < nModules; module++) {
      const now = clocks[module];
      this.#forgetOld(module, now);
      const time = (now % 2 ** 32) >>> 0 || 1;
      for (let i = 0; i < MODULE_PIXELS; i++) {
        const pixel = this.pixelIds[module * MODULE_PIXELS + i];
        for (let index = pixel; index < N_GAINS * nPixels; index += nPixels) {
          touchCells(this.#readAt, index * PIXEL_CELLS, cells[index]);
        }
      }
      for (let i = 0; i < MODULE_PIXELS; i++) {
        const pixel = this.pixelIds[module * MODULE_PIXELS + i];
        for (let gain = 0; gain < N_GAINS; gain++) {
          const index = gain * nPixels + pixel;
          const begin = index * PIXEL_CELLS;
          const first = cells[index];
          if (coefficients !== undefined && (selected === undefined || selected[pixel] === gain)) {
            const row = selected === undefined ? index : pixel;
            const table = this.#tables[coefficients.batch?.[index] ?? 0];
            correct(samples, row * READ_CELLS, this.#readAt, begin, first, (now % 2 ** 32) | 0, table);
          }
          remember(this.#readAt, begin, first, READ_CELLS, time);
          const inChannel = first % CHANNEL_CELLS;
          // Of even pixels, cells of the next channel are read as well.
          if (i % 2 !== 0 || inChannel <= 767) continue;
          const nMore = inChannel < 1013 ? 12 : CHANNEL_CELLS - inChannel;
          remember(this.#readAt, begin, (first + CHANNEL_CELLS) % PIXEL_CELLS, nMore, time);
        }
      }
    }
  }

  /** Forgets read-outs before the 32 bits of their time become ambiguous: they are too old to matter. */
  #forgetOld(module: number, now: number): void {
    const before = this.#clock[module];
    this.#clock[module] = now;
    if (Number.isNaN(before)) {
      this.#checkedAt[module] = now;
      return;
    }
    const isFar = !(now - before < MAX_AGE);
    if (!isFar && now - this.#checkedAt[module] < MAX_AGE / 2) return;
    this.#checkedAt[module] = now;
    const low = (now % 2 ** 32) >>> 0;
    for (let i = 0; i < MODULE_PIXELS; i++) {
      const pixel = this.pixelIds[module * MODULE_PIXELS + i];
      for (let gain = 0; gain < N_GAINS; gain++) {
        const begin = (gain * this.nPixels + pixel) * PIXEL_CELLS;
        for (let cell = begin; cell < begin + PIXEL_CELLS; cell++) {
          if (isFar || (low - this.#readAt[cell]) >>> 0 > MAX_AGE / 2) this.#readAt[cell] = 0;
        }
      }
    }
  }
}

/** Corrects the samples of a read-out by the ages of its cells. */
function correct(
  samples: Float32Array,
  at: number,
  readAt: Uint32Array,
  begin: number,
  first: number,
  now: number,
  table: AgeTable,
): void {
  const { values, maxAge } = table;
  const nBeforeEnd = Math.min(READ_CELLS, PIXEL_CELLS - first);
  for (let i = 0, cell = begin + first; i < READ_CELLS; i++, cell++) {
    if (i === nBeforeEnd) cell = begin;
    const before = readAt[cell];
    if (before === 0) continue;
    const age = (now - before) >>> 0;
    if (age < maxAge) samples[at + i] -= correctionAt(values, age);
  }
}

/** Stores the time of a read-out for a number of cells. */
function remember(readAt: Uint32Array, begin: number, first: number, count: number, time: number): void {
  const nBeforeEnd = Math.min(count, PIXEL_CELLS - first);
  for (let i = 0, cell = begin + first; i < count; i++, cell++) {
    if (i === nBeforeEnd) cell = begin;
    readAt[cell] = time;
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
