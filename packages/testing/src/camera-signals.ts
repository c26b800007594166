import { RandomStream, type AltAz } from '@cherenkit/kernels';

import type { CameraReadout, RawDataCalibration, SubarrayDescription } from '@cherenkit/core';
import { lightOfShower, type Light, type ShowerTruth } from './light-of-shower.js';
import { PULSE_WIDTH } from './small-subarray.js';

/** Counts of one photo-electron in one sample, of the high and of the low gain. */
const GAINS = [20, 1];
const PEDESTAL = 300;
const MAX_COUNT = 4095;
/** In standard deviations of the pulse. */
const PULSE_END = 6;
/** The part of the readout that has passed when light comes. */
const PART_BEFORE_LIGHT = 0.35;

/** The signals of one camera: of the light, and with noise. */
export interface CameraSignals {
  /** Photo-electrons per pixel without noise. */
  readonly charge: Float64Array;
  /** Calibrated, of one channel. */
  readonly samples: Float32Array;
  /** The same as counts of each channel. */
  readonly counts: Uint16Array;
  readonly image: Float32Array;
  /** From the start of the readout. */
  readonly peakTime: Float32Array;
}

interface SignalOptions {
  readonly pointing: AltAz;
  /** Standard deviation of the noise in a pixel, p.e. */
  readonly noise: number;
  /** The noise follows from it. */
  readonly eventId: number;
}

/** Conformance suites take the same few showers again and again: to draw them anew each time would be most of the work. */
const drawn = new WeakMap<SubarrayDescription, Map<string, CameraSignals>>();
const MAX_CACHED = 64;

/** How the raw samples of `showerEvent` are calibrated. */
export function rawDataCalibrationOf({ nChannels, nPixels }: CameraReadout): RawDataCalibration {
  const gains = Array.from({ length: nChannels }, (_, channel) => GAINS[channel] ?? 1);
  return {
    pedestal: new Float32Array(nChannels * nPixels).fill(PEDESTAL),
    dcToPe: Float32Array.from(gains.flatMap((gain) => Array<number>(nPixels).fill(1 / gain))),
  };
}

/** What a shower leaves in a camera, for callers to copy, not to change. */
export function cameraSignals(
  subarray: SubarrayDescription,
  telId: number,
  shower: ShowerTruth,
  options: SignalOptions,
): CameraSignals {
  const known = drawn.get(subarray) ?? new Map<string, CameraSignals>();
  drawn.set(subarray, known);
  const key = JSON.stringify([telId, shower, options]);
  const signals = known.get(key) ?? drawSignals(subarray, telId, shower, options);
  if (known.size >= MAX_CACHED) known.clear();
  known.set(key, signals);
  return signals;
}

function drawSignals(
  subarray: SubarrayDescription,
  telId: number,
  shower: ShowerTruth,
  { pointing, noise, eventId }: SignalOptions,
): CameraSignals {
  const random = new RandomStream(1, eventId, telId);
  const light = lightOfShower(shower, subarray, telId, pointing);
  const { readout } = subarray.telescope(telId).camera;
  const start = light.meanTime - (PART_BEFORE_LIGHT * readout.nSamples) / readout.samplingRate;
  const samples = drawSamples(readout, light, start, noise, random);
  return {
    charge: light.charge,
    samples,
    counts: countsOf(samples, readout.nChannels),
    image: Float32Array.from(light.charge, (one) => one + noise * random.normal()),
    peakTime: Float32Array.from(light.time, (one) => (Number.isNaN(one) ? light.meanTime : one) - start),
  };
}

function drawSamples(
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
