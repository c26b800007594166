import { power } from '../numeric/index.js';
import { CHANNEL_CELLS, MODULE_PIXELS, N_GAINS, PIXEL_CELLS, READ_CELLS, type Drs4Waveforms } from './drs4-rows.js';

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
  #tables: readonly Float64Array[] = [];
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
      for (let i = 0; i < MODULE_PIXELS; i++) {
        const pixel = this.pixelIds[module * MODULE_PIXELS + i];
        for (let gain = 0; gain < N_GAINS; gain++) {
          const index = gain * nPixels + pixel;
          if (coefficients !== undefined && (selected === undefined || selected[pixel] === gain)) {
            const row = selected === undefined ? index : pixel;
            const table = this.#tables[coefficients.batch?.[index] ?? 0];
            this.#correct(samples, row * READ_CELLS, index, cells[index], now, table);
          }
          this.#remember(index, i, cells[index], now);
        }
      }
    }
  }

  #correct(samples: Float32Array, at: number, index: number, first: number, now: number, table: Float64Array): void {
    const begin = index * PIXEL_CELLS;
    const low = (now % 2 ** 32) | 0;
    for (let i = 0; i < READ_CELLS; i++) {
      const readAt = this.#readAt[begin + ((first + i) % PIXEL_CELLS)];
      if (readAt !== 0) samples[at + i] -= correctionAt(table, (low - readAt) >>> 0);
    }
  }

  /** Remembers the cells of a read-out. Of even pixels, cells of the next channel are read as well. */
  #remember(index: number, pixelInModule: number, first: number, now: number): void {
    const begin = index * PIXEL_CELLS;
    const time = (now % 2 ** 32) >>> 0 || 1;
    for (let i = 0; i < READ_CELLS; i++) this.#readAt[begin + ((first + i) % PIXEL_CELLS)] = time;
    const inChannel = first % CHANNEL_CELLS;
    if (pixelInModule % 2 !== 0 || inChannel <= 767) return;
    const start = first + CHANNEL_CELLS;
    const end = inChannel < 1013 ? start + 12 : (Math.floor(first / CHANNEL_CELLS) + 2) * CHANNEL_CELLS;
    for (let cell = start; cell < end; cell++) this.#readAt[begin + (cell % PIXEL_CELLS)] = time;
  }

  /** Forgets read-outs before the 32 bits of their time become ambiguous: they are too old to matter. */
  #forgetOld(module: number, now: number): void {
    const before = this.#clock[module];
    this.#clock[module] = now;
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

/**
 * Corrections by age, for linear interpolation: of all ages below 256 ticks, then of 256 ages from there to 512, to 1024, and so on.
 * Their relative error is below 1e-6.
 */
function tableOf({ scale, exponent, t0 }: TimeLapseCoefficients, batch: number): Float64Array {
  return Float64Array.from({ length: STEPS * (DOUBLINGS + 1) + 1 }, (_, i) => {
    const age = i < STEPS ? Math.max(i, 1) : 2 ** (Math.floor(i / STEPS) - 1) * (STEPS + (i % STEPS));
    return scale[batch] * (power(age / TICKS_PER_MILLISECOND / t0[batch], -exponent[batch]) - 1);
  });
}

/** Correction of a cell that was read so many ticks ago. The power law is positive until t0, and there is none after it. */
function correctionAt(table: Float64Array, age: number): number {
  if (age >= STEPS * 2 ** DOUBLINGS) return 0;
  if (age < STEPS) return table[age];
  const shift = 31 - Math.clz32(age) - STEP_BITS;
  const i = STEPS * shift + (age >>> shift);
  const value = table[i] + ((age & ((1 << shift) - 1)) / (1 << shift)) * (table[i + 1] - table[i]);
  return value > 0 ? value : 0;
}
