import { power } from '../numeric/index.js';
import { CHANNEL_CELLS, MODULE_PIXELS, PIXEL_CELLS, READ_CELLS, type Drs4Waveforms } from './drs4-rows.js';

/** Frequency of the clock of the modules, one tick in 7.5 ns, in kHz. */
const TICKS_PER_MILLISECOND = 1 / 7.5e-6;
/** Ages up to this are told apart from negative ones, ticks: the clock is stored with 32 bits. */
const MAX_AGE = 2 ** 31;
const N_GAINS = 2;

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
export class TimeLapse {
  /** Lower 32 bits of the clock at the last read-out of each cell; 0 if it was not read, or too long ago. */
  readonly #readAt: Uint32Array;
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
    clocks: ArrayLike<bigint>,
    coefficients: TimeLapseCoefficients | undefined,
  ): void {
    const nModules = Math.min(this.#clock.length, clocks.length);
    for (let module = 0; module < nModules; module++) {
      const now = Number(clocks[module]);
      this.#forgetOld(module, now);
      for (let i = 0; i < MODULE_PIXELS; i++) {
        const pixel = this.pixelIds[module * MODULE_PIXELS + i];
        for (let gain = 0; gain < N_GAINS; gain++) {
          const index = gain * nPixels + pixel;
          if (coefficients !== undefined && (selected === undefined || selected[pixel] === gain)) {
            const row = selected === undefined ? index : pixel;
            this.#correct(samples, row * READ_CELLS, index, cells[index], now, coefficients);
          }
          this.#remember(index, i, cells[index], now);
        }
      }
    }
  }

  #correct(
    samples: Float32Array,
    at: number,
    index: number,
    first: number,
    now: number,
    { scale, exponent, t0, batch }: TimeLapseCoefficients,
  ): void {
    const b = batch?.[index] ?? 0;
    const begin = index * PIXEL_CELLS;
    for (let i = 0; i < READ_CELLS; i++) {
      const readAt = this.#readAt[begin + ((first + i) % PIXEL_CELLS)];
      if (readAt === 0) continue;
      const age = ((now % 2 ** 32) >>> 0) - readAt;
      const milliseconds = (age < 0 ? age + 2 ** 32 : age) / TICKS_PER_MILLISECOND;
      if (milliseconds >= t0[b]) continue;
      samples[at + i] -= scale[b] * (power(milliseconds / t0[b], -exponent[b]) - 1);
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
