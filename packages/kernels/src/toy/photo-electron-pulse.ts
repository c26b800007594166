import type { Nanoseconds } from '../units.js';

/** Length of a pulse in time constants: less than a thousandth of its area comes later. */
export const PULSE_LENGTH = 12;

/**
 * Pulse of one photo-electron, per ns: a gamma distribution of third order, with a steep rise and a tail.
 *
 * Its area is 1, its peak is 2 time constants after its start, and its full width at half maximum is 3.4 time
 * constants.
 */
export function photoElectronPulse(time: Nanoseconds, timeConstant: Nanoseconds): number {
  const x = time / timeConstant;
  return x <= 0 ? 0 : (x * x * Math.exp(-x)) / (2 * timeConstant);
}

/** Fraction of the area of {@link photoElectronPulse} up to a time after its start. */
export function photoElectronPulseIntegral(time: Nanoseconds, timeConstant: Nanoseconds): number {
  const x = time / timeConstant;
  return x <= 0 ? 0 : 1 - Math.exp(-x) * (1 + x + (x * x) / 2);
}

/** Photo-electron pulse integrated over samples, for several phases of its start within a sample. */
export interface PulseTable {
  readonly nPhases: number;
  readonly nSamples: number;
  /** nPhases x nSamples fractions of the pulse; each row sums to 1. */
  readonly parts: Float32Array;
}

const PHASES = 32;

/** Tabulates {@link photoElectronPulse} for a sample width. */
export function pulseTable(timeConstant: Nanoseconds, sampleWidth: Nanoseconds): PulseTable {
  const nSamples = Math.ceil((PULSE_LENGTH * timeConstant) / sampleWidth) + 1;
  const parts = new Float32Array(PHASES * nSamples);
  for (let phase = 0; phase < PHASES; phase++) {
    const start = ((phase + 0.5) / PHASES) * sampleWidth;
    const whole = photoElectronPulseIntegral(nSamples * sampleWidth - start, timeConstant);
    let before = 0;
    for (let sample = 0; sample < nSamples; sample++) {
      const after = photoElectronPulseIntegral((sample + 1) * sampleWidth - start, timeConstant);
      parts[phase * nSamples + sample] = (after - before) / whole;
      before = after;
    }
  }
  return { nPhases: PHASES, nSamples, parts };
}

/**
 * Adds a pulse to a waveform; its part outside the readout is lost.
 *
 * @param waveforms - rows of `nSamples`
 * @param start - of the pulse, in samples from the start of the row
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
