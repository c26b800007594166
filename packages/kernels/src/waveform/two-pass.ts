import type { Neighbors } from '../camera/neighbors.js';
import { tailcutsClean } from '../cleaning/tailcuts.js';
import { hillasParameters } from '../image/hillas-parameters.js';
import { brightestIsland, numberOfIslands } from '../image/morphology-parameters.js';
import { selectedPixels, type PixelPositions } from '../image/pixel-plane.js';
import { timingParameters } from '../image/timing-parameters.js';
import type { Gigahertz, PhotoElectrons } from '../units.js';
import { roundHalfToEven } from './round-half-to-even.js';

/**
 * Finds the middle of the three consecutive samples with the largest sum in each waveform, the first of equal ones. Two
 * samples at each end are excluded, so that a window of five is within the readout (ctapipe 0.32 `TwoPassWindowSum`,
 * first pass).
 *
 * @param waveforms - rows of `nSamples`
 * @param peaks - result, one per row
 */
export function tripletPeaks(waveforms: Float32Array, nSamples: number, peaks: Int32Array): void {
  const margin = Math.min(2, (nSamples - 1) >> 1);
  for (let row = 0; row < peaks.length; row++) {
    const first = row * nSamples;
    let largest = -Infinity;
    let peak = margin;
    for (let i = margin; i < nSamples - margin; i++) {
      const at = first + i;
      // scipy sums in double precision and rounds once.
      const sum = Math.fround(waveforms[at] + ((waveforms[at - 1] ?? 0) + (waveforms[at + 1] ?? 0)));
      if (sum > largest) {
        largest = sum;
        peak = i;
      }
    }
    peaks[row] = peak;
  }
}

/**
 * Input of the second pass: expected peak sample of each pixel, and the pixels that keep the result of the first pass.
 */
export interface ExpectedPeaks {
  /** Peak sample of each pixel; may lie outside the readout. */
  readonly peaks: Int32Array;
  /** 1 for each pixel of the brightest island at or above the threshold. */
  readonly core: Uint8Array;
}

/**
 * Predicts the peak sample of each pixel from a line through the peak times of the brightest island along its axis.
 *
 * The island is selected by tail cuts with this picture threshold, half of it as boundary threshold, and one picture
 * neighbour. Source: ctapipe 0.32 `TwoPassWindowSum`, second pass.
 *
 * @param charge - of the first pass, one per pixel
 * @param peakTime - likewise, ns
 * @returns undefined if the island has fewer than three pixels or no axis
 */
export function expectedPeaks(
  camera: PixelPositions & { readonly pixArea: Float64Array; readonly neighbors: Neighbors },
  charge: Float64Array,
  peakTime: Float32Array,
  threshold: PhotoElectrons,
  samplingRate: Gigahertz,
): ExpectedPeaks | undefined {
  const { neighbors, pixX, pixY } = camera;
  const mask = new Uint8Array(charge.length);
  tailcutsClean(neighbors, charge, threshold, threshold / 2, { minPictureNeighbors: 1 }, mask);
  const island = brightestIsland(numberOfIslands(neighbors, mask), charge);
  const selected = selectedPixels(island);
  if (selected.length < 3) return undefined;
  const hillas = hillasParameters(camera, charge, selected);
  if (hillas === undefined) return undefined;
  const { slope, intercept } = timingParameters(camera, peakTime, selected, hillas);
  if (!Number.isFinite(slope) || !Number.isFinite(intercept)) return undefined;

  const cos = Math.cos(hillas.psi);
  const sin = Math.sin(hillas.psi);
  const peaks = new Int32Array(charge.length);
  const core = new Uint8Array(charge.length);
  for (let pixel = 0; pixel < charge.length; pixel++) {
    core[pixel] = island[pixel] !== 0 && charge[pixel] >= threshold ? 1 : 0;
    const longitudinal = (pixX[pixel] - hillas.x) * cos + (pixY[pixel] - hillas.y) * sin;
    peaks[pixel] = roundHalfToEven((slope * longitudinal + intercept) * samplingRate);
  }
  return { peaks, core };
}

/** Windows of the second pass: usual, near the start, and near the end of the readout. */
export const SECOND_PASS_WINDOWS = [
  { width: 5, shift: 2 },
  { width: 5, shift: 0 },
  { width: 6, shift: 4 },
] as const;

const [USUAL, EARLY, LATE] = [0, 1, 2];

/**
 * Second pass: extracts charge and peak time around the expected sample for all pixels except the core pixels.
 *
 * @param waveforms - [pixel][sample]
 * @param corrections - integration correction for each of {@link SECOND_PASS_WINDOWS}, by channel; undefined for none
 * @param selected - gain channel of each pixel; undefined for the first
 * @param charge - of the first pass; replaced except for core pixels
 * @param peakTime - likewise, ns
 */
export function extractSecondPass(
  waveforms: Float32Array,
  nSamples: number,
  { peaks, core }: ExpectedPeaks,
  samplingRate: Gigahertz,
  corrections: readonly Float64Array[] | undefined,
  selected: Int8Array | undefined,
  charge: Float64Array,
  peakTime: Float32Array,
): void {
  const last = nSamples - 1;
  for (let pixel = 0; pixel < charge.length; pixel++) {
    if (core[pixel] !== 0) continue;
    const expected = peaks[pixel];
    const position = expected + 3 > last ? LATE : expected < 2 ? EARLY : USUAL;
    const peak = expected < 2 ? 0 : expected > last - 2 ? last : expected;
    const { width, shift } = SECOND_PASS_WINDOWS[position];
    const first = pixel * nSamples;
    const end = Math.min(nSamples, peak - shift + width);
    let sum = 0;
    let weightedTime = 0;
    let weight = 0;
    for (let i = Math.max(0, peak - shift); i < end; i++) {
      const sample = waveforms[first + i];
      const positive = (sample + Math.abs(sample)) / 2;
      sum += sample;
      weightedTime += positive * i;
      weight += positive;
    }
    const correction =
      corrections === undefined ? 1 : corrections[position][selected === undefined ? 0 : selected[pixel]];
    charge[pixel] = Math.fround(Math.fround(sum) * correction);
    peakTime[pixel] = Math.fround(weight > 0 ? weightedTime / weight : peak) / samplingRate;
  }
}
