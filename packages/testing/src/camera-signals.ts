import { RandomStream, type AltAz } from '@cherenkit/kernels';

import type { CameraReadout, RawDataCalibration, SubarrayDescription } from '@cherenkit/core';
import { showerLight, type Light, type ShowerTruth } from './shower-light.js';
import { PULSE_WIDTH } from './small-subarray.js';

/** Gain of the high and the low gain channel, ADC counts per p.e. */
const GAINS = [20, 1];
const PEDESTAL = 300;
const MAX_COUNT = 4095;
/** Truncation of the pulse, in standard deviations. */
const PULSE_END = 6;
/** Mean arrival time of the light, as a fraction of the readout window. */
const LIGHT_POSITION = 0.35;

/** Signals of one camera. */
export interface CameraSignals {
  /** True charge per pixel, without noise, p.e. */
  readonly charge: Float64Array;
  /** Calibrated samples of one channel, p.e. */
  readonly samples: Float32Array;
  /** Raw samples of all channels, ADC counts. */
  readonly counts: Uint16Array;
  /** Charge per pixel with noise, p.e. */
  readonly image: Float32Array;
  /** Peak time since the start of the readout, ns. */
  readonly peakTime: Float32Array;
}

interface SignalOptions {
  readonly pointing: AltAz;
  /** Standard deviation of the noise in a pixel, p.e. */
  readonly noise: number;
  /** Event id, which seeds the noise. */
  readonly eventId: number;
}

/** Cache of simulated signals. Conformance suites use the same few showers many times, and simulation dominates their run time. */
const cache = new WeakMap<SubarrayDescription, Map<string, CameraSignals>>();
const MAX_CACHED = 64;

/** Calibration coefficients of the raw samples of `showerEvent`. */
export function rawDataCalibrationOf({ nChannels, nPixels }: CameraReadout): RawDataCalibration {
  const gains = Array.from({ length: nChannels }, (_, channel) => GAINS[channel] ?? 1);
  return {
    pedestal: new Float32Array(nChannels * nPixels).fill(PEDESTAL),
    dcToPe: Float32Array.from(gains.flatMap((gain) => Array<number>(nPixels).fill(1 / gain))),
  };
}

/** Simulates the signals of a shower in a camera. Results are cached: callers must copy arrays instead of modifying them. */
export function cameraSignals(
  subarray: SubarrayDescription,
  telId: number,
  shower: ShowerTruth,
  options: SignalOptions,
): CameraSignals {
  const known = cache.get(subarray) ?? new Map<string, CameraSignals>();
  cache.set(subarray, known);
  const key = JSON.stringify([telId, shower, options]);
  const signals = known.get(key) ?? simulateSignals(subarray, telId, shower, options);
  if (known.size >= MAX_CACHED) known.clear();
  known.set(key, signals);
  return signals;
}

function simulateSignals(
  subarray: SubarrayDescription,
  telId: number,
  shower: ShowerTruth,
  { pointing, noise, eventId }: SignalOptions,
): CameraSignals {
  const random = new RandomStream(1, eventId, telId);
  const light = showerLight(shower, subarray, telId, pointing);
  const { readout } = subarray.telescope(telId).camera;
  const start = light.meanTime - (LIGHT_POSITION * readout.nSamples) / readout.samplingRate;
  const samples = simulateSamples(readout, light, start, noise, random);
  return {
    charge: light.charge,
    samples,
    counts: countsOf(samples, readout.nChannels),
    image: Float32Array.from(light.charge, (one) => one + noise * random.normal()),
    peakTime: Float32Array.from(light.time, (one) => (Number.isNaN(one) ? light.meanTime : one) - start),
  };
}

function simulateSamples(
  { nPixels, nSamples, samplingRate }: CameraReadout,
  { charge, time }: Light,
  start: number,
  noise: number,
  random: RandomStream,
): Float32Array {
  const width = 1 / samplingRate;
  const noisePerSample = noise / Math.sqrt(nSamples);
  const samples = new Float32Array(nPixels * nSamples);
  for (let pixel = 0; pixel < nPixels; pixel++) {
    const peak = (time[pixel] ?? NaN) - start;
    const height = ((charge[pixel] ?? 0) * width) / (PULSE_WIDTH * Math.sqrt(2 * Math.PI));
    for (let sample = 0; sample < nSamples; sample++) {
      const offset = (sample * width - peak) / PULSE_WIDTH;
      const signal = Math.abs(offset) < PULSE_END ? height * Math.exp(-0.5 * offset * offset) : 0;
      samples[pixel * nSamples + sample] = signal + (noise > 0 ? noisePerSample * random.normal() : 0);
    }
  }
  return samples;
}

function countsOf(samples: Float32Array, nChannels: number): Uint16Array {
  const counts = new Uint16Array(nChannels * samples.length);
  for (let channel = 0; channel < nChannels; channel++) {
    const gain = GAINS[channel] ?? 1;
    for (let i = 0; i < samples.length; i++) {
      counts[channel * samples.length + i] = Math.min(MAX_COUNT, Math.round(PEDESTAL + gain * (samples[i] ?? 0)));
    }
  }
  return counts;
}
