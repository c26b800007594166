import type { Neighbors } from '../camera/neighbors.js';
import { tailcutsClean } from '../cleaning/tailcuts.js';
import { hillasParameters } from '../image/hillas-parameters.js';
import { brightestIsland, numberOfIslands } from '../image/morphology-parameters.js';
import { selectedPixels, type PixelPositions } from '../image/pixel-plane.js';
import { timingParameters } from '../image/timing-parameters.js';
import type { Gigahertz, PhotoElectrons } from '../units.js';
import { roundHalfToEven } from './round-half-to-even.js';

/**
 * The sample about which the three brightest samples in a row lie, the first of equal ones. Two samples at either end are
 * left out, so that five samples about it are within the readout (ctapipe 0.32 `TwoPassWindowSum`, first pass).
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
      // scipy adds in double precision and rounds once
      const sum = Math.fround(waveforms[at] + ((waveforms[at - 1] ?? 0) + (waveforms[at + 1] ?? 0)));
      if (sum > largest) {
        largest = sum;
        peak = i;
      }
    }
    peaks[row] = peak;
  }
}

/** Where the second pass looks: the sample expected for each pixel, and which pixels keep what the first pass found. */
export interface ExpectedPeaks {
  /** Per pixel; may lie outside the readout. */
  readonly peaks: Int32Array;
  /** 1 for the pixels of the brightest island at or above the threshold. */
  readonly core: Uint8Array;
}

/**
 * When the pulse of each pixel is expected: a line is laid through the times of the brightest island along its axis.
 *
 * The island is what tail cuts with the threshold, half of it for boundary pixels, and one picture neighbour leave.
 * Source: ctapipe 0.32 `TwoPassWindowSum`, second pass.
 *
 * @param charge - of the first pass, one per pixel
 * @param peakTime - likewise, ns
 * @returns undefined where the island has fewer than three pixels or no axis to lay a line along
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

/** The windows of the second pass: five samples about the expected one, and near the ends of the readout the outermost. */
export const SECOND_PASS_WINDOWS = [
  { width: 5, shift: 2 },
  { width: 5, shift: 0 },
  { width: 6, shift: 4 },
] as const;

const [USUAL, EARLY, LATE] = [0, 1, 2];

/**
 * The second pass: charge and time of all pixels but the core ones, about the expected sample.
 *
 * @param waveforms - [pixel][sample]
 * @param corrections - of the charge in each of {@link SECOND_PASS_WINDOWS}, by channel; undefined: none
 * @param selected - channel of each pixel; undefined: the first
 * @param charge - of the first pass; replaced but for core pixels
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
