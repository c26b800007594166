import { PIXEL_CELLS, READ_CELLS, touchCells } from './drs4-rows.js';
import { removeSpikes, type SpikeCorrection } from './spikes.js';
import { subtractCellBaseline } from './subtract-cell-baseline.js';
import type { TimeLapseCorrection } from './time-lapse-correction.js';

/** Number of read-outs whose cells are fetched from memory at the same time. */
const GROUP = 16;

/** Stored samples of one gain channel of pixels of a camera with DRS4 chips. */
export interface ReadOuts {
  /** Shape (pixels, 40). */
  readonly samples: Uint16Array;
  /** Conversion of the samples, `sample / scale - offset`. */
  readonly scale: number;
  readonly offset: number;
  /** Pixels of the camera. */
  readonly pixels: Uint16Array;
  /** Gain channel of each pixel of the camera. */
  readonly channels: Int8Array;
  /** First cell of the read-out of each gain channel and pixel of the camera, shape (2, nPixels), see `firstCells`. */
  readonly cells: Uint16Array;
}

/** Corrections for the DRS4 chips; those that are undefined are left out. */
export interface Drs4Corrections {
  /** ADC counts of each cell, shape (2, nPixels, 4096). */
  readonly baseline?: Float32Array | Int16Array | undefined;
  readonly timeLapse?: TimeLapseCorrection | undefined;
  /** With the first cells of the read-outs of the event before, shape (2, nPixels). */
  readonly spikes?: (SpikeCorrection & { readonly previous: Uint16Array }) | undefined;
}

/** Where corrected samples are written. */
export interface CorrectedSamples {
  /** Shape (nPixels, end - start). */
  readonly samples: Float32Array;
  /** First sample that is kept, and that after the last one. */
  readonly start: number;
  readonly end: number;
  /** Subtracted from each sample, ADC counts. */
  readonly offset: number;
  /** Whether the samples of a pixel of the camera are written. Default: all. */
  readonly isWanted?: ((pixel: number) => boolean) | undefined;
}

const readOut = new Float32Array(READ_CELLS);

/** Corrects the samples of read-outs, and cuts the first and last ones. The cells in memory are not changed. */
export function correctReadOuts(
  { samples, scale, offset, pixels, channels, cells }: ReadOuts,
  { baseline, timeLapse, spikes }: Drs4Corrections,
  target: CorrectedSamples,
): void {
  const { start, end, isWanted } = target;
  const nPixels = cells.length / 2;
  const size = end - start;
  const isRaw = scale === 1 && offset === 0;
  for (let group = 0; group < pixels.length; group += GROUP) {
    const groupEnd = Math.min(group + GROUP, pixels.length);
    for (let i = group; baseline !== undefined && i < groupEnd; i++) {
      if (isWanted?.(pixels[i]) === false) continue;
      const index = channels[pixels[i]] * nPixels + pixels[i];
      touchCells(baseline, index * PIXEL_CELLS, cells[index]);
    }
    for (let i = group; i < groupEnd; i++) {
      const pixel = pixels[i];
      if (isWanted?.(pixel) === false) continue;
      const index = channels[pixel] * nPixels + pixel;
      const from = i * READ_CELLS;
      if (isRaw) for (let k = 0; k < READ_CELLS; k++) readOut[k] = samples[from + k];
      // Rounded twice, as with numpy's single precision.
      else for (let k = 0; k < READ_CELLS; k++) readOut[k] = Math.fround(samples[from + k] / scale) - offset;
      const first = cells[index];
      if (baseline !== undefined) subtractCellBaseline(readOut, first, baseline, index * PIXEL_CELLS);
      timeLapse?.correct(readOut, index, first);
      if (spikes !== undefined) removeSpikes(readOut, index, first, spikes.previous[index], spikes);
      const to = pixel * size - start;
      for (let k = start; k < end; k++) target.samples[to + k] = readOut[k] - target.offset;
    }
  }
}
