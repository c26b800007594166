import type { Nanoseconds } from '../units.js';

/** Time constants after which less than a thousandth of a pulse is left. */
export const PULSE_LENGTH = 12;

/**
 * The pulse of one photo-electron: a Gamma distribution of the third order, steep at its start, with a tail.
 *
 * Its area is 1, its peak comes 2 time constants after its start, and it is 3.4 of them wide at half of its height.
 */
export function singlePulse(time: Nanoseconds, timeConstant: Nanoseconds): number {
  const x = time / timeConstant;
  return x <= 0 ? 0 : (x * x * Math.exp(-x)) / (2 * timeConstant);
}

/** The part of such a pulse that has come by a time after its start. */
export function singlePulseIntegral(time: Nanoseconds, timeConstant: Nanoseconds): number {
  const x = time / timeConstant;
  return x <= 0 ? 0 : 1 - Math.exp(-x) * (1 + x + (x * x) / 2);
}

/** What a pulse leaves in each sample, for each part of a sample in which it may start. */
export interface PulseTable {
  readonly nPhases: number;
  readonly nSamples: number;
  /** nPhases x nSamples parts of the pulse, the sum of each row being 1. */
  readonly parts: Float32Array;
}

const PHASES = 32;

/** The table of {@link singlePulse} for samples of this width. */
export function pulseTable(timeConstant: Nanoseconds, sampleWidth: Nanoseconds): PulseTable {
  const nSamples = Math.ceil((PULSE_LENGTH * timeConstant) / sampleWidth) + 1;
  const parts = new Float32Array(PHASES * nSamples);
  for (let phase = 0; phase < PHASES; phase++) {
    const start = ((phase + 0.5) / PHASES) * sampleWidth;
    const whole = singlePulseIntegral(nSamples * sampleWidth - start, timeConstant);
    let before = 0;
    for (let sample = 0; sample < nSamples; sample++) {
      const after = singlePulseIntegral((sample + 1) * sampleWidth - start, timeConstant);
      parts[phase * nSamples + sample] = (after - before) / whole;
      before = after;
    }
  }
  return { nPhases: PHASES, nSamples, parts };
}

/**
 * Adds a pulse to a waveform; what lies beside the waveform is lost.
 *
 * @param waveforms - rows of `nSamples`
 * @param start - of the pulse, in samples from the row's begin
 */
export function addPulse(
  { nPhases, nSamples: length, parts }: PulseTable,
  waveforms: Float32Array,
  row: number,
  nSamples: number,
  start: number,
  charge: number,
): void {
  const whole = Math.floor(start);
  const table = Math.floor((start - whole) * nPhases) * length - whole;
  const end = Math.min(nSamples, whole + length);
  const at = row * nSamples;
  for (let sample = Math.max(0, whole); sample < end; sample++) {
    waveforms[at + sample] += charge * parts[table + sample];
  }
}
