import type { Gigahertz, Nanoseconds } from '../units.js';
import { adaptiveCentroid } from './adaptive-centroid.js';
import { deconvolve } from './deconvolution.js';
import { roundHalfToEven } from './round-half-to-even.js';

/** Parameters of the deconvolution and of the window in which the charge is extracted. */
export interface DeconvolutionOptions {
  /** Factor by which the sampling rate is increased. */
  readonly upsampling: number;
  /** Number of samples, after upsampling, in the integration window. */
  readonly width: number;
  /** Number of samples, after upsampling, in the window before the peak. */
  readonly shift: number;
  /** Standard deviation of the arrival times of the light in a pixel; 0 for simultaneous arrival. */
  readonly timeProfileStd: Nanoseconds;
  /** Use the time of the leading edge instead of the mean over the window. */
  readonly leadingEdgeTiming: boolean;
  /** Lower limit of the leading edge, as a fraction of the peak's height. */
  readonly leadingEdgeLimit: number;
}

/** Properties of a reference pulse after deconvolution. */
export interface PulseDeconvolution {
  /** Ratio of a sample to the preceding one in the exponential tail. */
  readonly poleZero: number;
  /** Charge in the window divided by the charge of the pulse. */
  readonly gain: number;
  /** Delay of the extracted time relative to the pulse. */
  readonly timeShift: Nanoseconds;
  /** Samples from the peak of the differences to the peak of the deconvolved pulse. */
  readonly leadingEdgeShift: number;
}

/**
 * Computes the properties of a reference pulse for {@link extractDeconvolved}, averaged over all phases of the
 * readout's samples relative to the pulse. Source: ctapipe 0.32 `deconvolution_parameters`.
 *
 * @param pulse - reference pulse shape, any unit
 * @param pulseSampleWidth - width of its samples
 * @throws RangeError if the pulse is coarser than the readout, has no falling edge, or is shorter than the window
 */
export function pulseDeconvolution(
  pulse: Float64Array,
  pulseSampleWidth: Nanoseconds,
  samplingRate: Gigahertz,
  options: DeconvolutionOptions,
): PulseDeconvolution {
  const { upsampling, width, shift, timeProfileStd, leadingEdgeTiming, leadingEdgeLimit } = options;
  const sampleWidth = 1 / samplingRate;
  if (sampleWidth < pulseSampleWidth) {
    throw new RangeError(
      `expected samples of the reference pulse of at most ${sampleWidth} ns, as in the readout, found ${pulseSampleWidth} ns`,
    );
  }
  const nPhases = roundHalfToEven(sampleWidth / pulseSampleWidth);
  const poleZero = mean(phasesOf(pulse, nPhases).map(decayPerSample));
  if (!Number.isFinite(poleZero)) throw new RangeError('the reference pulse has no falling edge');

  const light = timeProfileStd === 0 ? pulse : smeared(pulse, timeProfileStd / pulseSampleWidth, pulseSampleWidth);
  const integral = (sumOf(light, 0, light.length) * pulseSampleWidth) / sampleWidth;
  const lightPeak = argmax(light);
  const gains: number[] = [];
  const shifts: number[] = [];
  const edgeShifts: number[] = [];
  for (const phase of phasesOf(light, nPhases)) {
    const n = phase.length * upsampling;
    const scratch = new Float64Array(n);
    const deconvolved = new Float64Array(n);
    deconvolve(phase, 0, phase.length, upsampling, poleZero, scratch, deconvolved, 0);
    const peak = argmax(deconvolved);
    const start = peak - shift;
    if (start < 0 || start + width > n) continue;
    let samples = peak / upsampling;
    if (leadingEdgeTiming) {
      const edges = new Float64Array(n);
      deconvolve(phase, 0, phase.length, upsampling, 1, scratch, edges, 0);
      const edgePeak = argmax(edges);
      edgeShifts.push(peak - edgePeak);
      samples = adaptiveCentroid(edges, 0, n, edgePeak, leadingEdgeLimit) / upsampling;
      // ctapipe continues in single precision, that of its centroid.
      shifts.push((Math.fround(Math.fround(samples) * nPhases) - lightPeak) * pulseSampleWidth);
    } else {
      shifts.push((samples * nPhases - lightPeak) * pulseSampleWidth);
    }
    gains.push(sumOf(deconvolved, start, start + width) / integral);
  }
  if (gains.length === 0) throw new RangeError('the reference pulse is shorter than the integration window');
  return {
    poleZero,
    gain: mean(gains),
    timeShift: mean(shifts),
    leadingEdgeShift: edgeShifts.length === 0 ? 0 : mean(edgeShifts),
  };
}

/** The pulse as sampled by the readout, for each phase. */
function phasesOf(pulse: Float64Array, nPhases: number): Float64Array[] {
  return Array.from({ length: nPhases }, (_, phase) => pulse.filter((_sample, i) => i % nPhases === phase));
}

/** Ratio of the two samples after the steepest fall of the pulse; NaN if the pulse ends there. */
function decayPerSample(phase: Float64Array): number {
  let steepest = 1;
  for (let i = 1; i < phase.length; i++) {
    if (phase[i] - phase[i - 1] < phase[steepest] - phase[steepest - 1]) steepest = i;
  }
  return steepest + 1 < phase.length ? phase[steepest + 1] / phase[steepest] : NaN;
}

/** Convolution with a normal distribution; the sample width cancels and is omitted. */
function smeared(pulse: Float64Array, stdInSamples: number, sampleWidth: Nanoseconds): Float64Array {
  const n = pulse.length;
  const norm = 1 / (Math.sqrt(2 * Math.PI) * stdInSamples * sampleWidth);
  const profile = Float64Array.from(pulse, (_, i) => norm * Math.exp(-0.5 * ((i - n / 2) / stdInSamples) ** 2));
  const out = new Float64Array(n);
  const skipped = (n - 1) >> 1;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = Math.max(0, i + skipped - n + 1); j < Math.min(n, i + skipped + 1); j++) {
      sum += pulse[j] * profile[i + skipped - j];
    }
    out[i] = sum;
  }
  return out;
}

function argmax(values: Float64Array): number {
  let at = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[at]) at = i;
  return at;
}

function sumOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i];
  return sum;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
