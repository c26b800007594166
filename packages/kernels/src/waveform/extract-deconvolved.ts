import type { Neighbors } from '../camera/neighbors.js';
import type { Gigahertz } from '../units.js';
import { adaptiveCentroid } from './adaptive-centroid.js';
import { deconvolve } from './deconvolution.js';
import type { DeconvolutionOptions, PulseDeconvolution } from './pulse-deconvolution.js';
import { roundHalfToEven } from './round-half-to-even.js';

/** Parameters of the peak search of {@link extractDeconvolved}. */
export interface DeconvolvedPeakOptions {
  /** Weight of the pixel's own waveform in the sum over its neighbours. */
  readonly localWeight: number;
  /** Sample, in p.e., that is damped to one half; 0 or Infinity disables damping. */
  readonly clipping: number;
}

/**
 * Extracts charge and peak time of each waveform of one gain channel after deconvolution and upsampling.
 *
 * The peak is that of the sum over the neighbours, in which large samples are damped (x / (1 + |x|), in units of the
 * clipping) to suppress afterpulses. The charge is the sum over a window around it; the time is that of the leading
 * edge or the mean over the window.
 *
 * Source: ctapipe 0.32 `FlashCamExtractor`; results are equal bit by bit.
 *
 * @param waveforms - [pixel][sample]; finite
 * @param broken - 1 for each pixel to ignore as a neighbour
 * @param pulse - properties of the reference pulse for the same options
 * @param charge - result, one per pixel
 * @param peakTime - result, one per pixel, in ns from the start of the readout
 */
export function extractDeconvolved(
  waveforms: Float32Array,
  nSamples: number,
  neighbors: Neighbors,
  broken: Uint8Array | undefined,
  samplingRate: Gigahertz,
  options: DeconvolutionOptions & DeconvolvedPeakOptions,
  pulse: PulseDeconvolution,
  charge: Float32Array,
  peakTime: Float32Array,
): void {
  const { upsampling, width, shift, leadingEdgeTiming, leadingEdgeLimit, clipping, localWeight } = options;
  const nPixels = charge.length;
  const n = nSamples * upsampling;
  const rate = samplingRate * upsampling;
  const scratch = new Float64Array(n);
  const deconvolved = new Float64Array(nPixels * n);
  for (let pixel = 0; pixel < nPixels; pixel++) {
    deconvolve(waveforms, pixel * nSamples, nSamples, upsampling, pulse.poleZero, scratch, deconvolved, pixel * n);
  }
  const isClipped = clipping !== 0 && Number.isFinite(clipping);
  const summed = isClipped ? damped(deconvolved, clipping) : deconvolved;

  const peaks = new Int32Array(nPixels);
  neighborPeaksOf(summed, n, neighbors, localWeight, broken, peaks);
  const edges = new Float64Array(n);
  for (let pixel = 0; pixel < nPixels; pixel++) {
    const peak = peaks[pixel];
    const first = pixel * n;
    const end = Math.min(n, peak - shift + width);
    let total = 0;
    let weightedTime = 0;
    let weight = 0;
    for (let i = Math.max(0, peak - shift); i < end; i++) {
      const sample = deconvolved[first + i];
      total += sample;
      if (sample > 0) {
        weightedTime += sample * i;
        weight += sample;
      }
    }
    let time = Math.fround(weight > 0 ? weightedTime / weight : peak);
    if (leadingEdgeTiming) {
      deconvolve(waveforms, pixel * nSamples, nSamples, upsampling, 1, scratch, edges, 0);
      const edge = Math.min(n - 1, Math.max(0, roundHalfToEven(peak - pulse.leadingEdgeShift)));
      time = adaptiveCentroid(edges, 0, n, edge, leadingEdgeLimit);
    }
    charge[pixel] = pulse.gain === 0 ? total : Math.fround(total) / pulse.gain;
    peakTime[pixel] = Math.fround(time / rate) - pulse.timeShift;
  }
}

function damped(values: Float64Array, clipping: number): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const x = values[i] / clipping;
    // Negative samples become 0, without a branch on the unpredictable sign of noise.
    const positive = (x + Math.abs(x)) / 2;
    out[i] = positive / (1 + positive);
  }
  return out;
}

/** Index of the largest sample, the first of equal ones, in the sum over the neighbours of each pixel. */
function neighborPeaksOf(
  values: Float64Array,
  n: number,
  { offsets, indices }: Neighbors,
  localWeight: number,
  broken: Uint8Array | undefined,
  peaks: Int32Array,
): void {
  const sum = new Float64Array(n);
  const rows = new Int32Array(3);
  for (let pixel = 0; pixel < peaks.length; pixel++) {
    sum.fill(0);
    if (localWeight !== 0) addWeighted(values, pixel * n, localWeight, sum);
    let nRows = 0;
    for (let j = offsets[pixel]; j < offsets[pixel + 1]; j++) {
      if (broken !== undefined && broken[indices[j]] !== 0) continue;
      rows[nRows++] = indices[j] * n;
      if (nRows === 3) {
        addThree(values, rows[0], rows[1], rows[2], sum);
        nRows = 0;
      }
    }
    for (let row = 0; row < nRows; row++) addWeighted(values, rows[row], 1, sum);
    peaks[pixel] = argmax(sum);
  }
}

function addWeighted(values: Float64Array, first: number, weight: number, sum: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] += values[first + i] * weight;
}

/** Three rows in one pass to save memory accesses; added in ctapipe's order. */
function addThree(values: Float64Array, a: number, b: number, c: number, sum: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] = sum[i] + values[a + i] + values[b + i] + values[c + i];
}

function argmax(values: Float64Array): number {
  let largest = -Infinity;
  let at = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] > largest) {
      largest = values[i];
      at = i;
    }
  }
  return at;
}
