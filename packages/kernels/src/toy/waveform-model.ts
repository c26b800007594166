import type { Nanoseconds, PhotoElectrons } from '../units.js';

/** Steps of the tabulated pulse per sample. */
const UPSAMPLING = 10;

/** Pulse shapes from which waveforms are built. Source: ctapipe 0.32 `toymodel.WaveformModel`. */
export interface WaveformModel {
  /** Pulse of each gain channel in steps of a tenth of a sample, with an area of 1. */
  readonly pulses: readonly Float64Array[];
  /** Step of the maximum of each pulse; it is placed at the peak time. */
  readonly peaks: readonly number[];
  readonly stepWidth: Nanoseconds;
}

/**
 * Prepares the pulse shapes of a camera for {@link modelWaveforms}.
 *
 * @param referencePulse - one per gain channel, from the camera's readout
 * @param referenceSampleWidth - sample width of the reference pulses
 * @param sampleWidth - sample width of the waveforms
 */
export function waveformModel(
  referencePulse: readonly Float64Array[],
  referenceSampleWidth: Nanoseconds,
  sampleWidth: Nanoseconds,
): WaveformModel {
  const stepWidth = sampleWidth / UPSAMPLING;
  const last = ((referencePulse[0]?.length ?? 0) - 1) * referenceSampleWidth;
  // The same number as numpy's `arange`, which excludes the end.
  const nSteps = Math.max(0, Math.ceil(last / stepWidth));
  const pulses = referencePulse.map((pulse) => {
    const fine = Float64Array.from({ length: nSteps }, (_, i) =>
      interpolated(pulse, (i * stepWidth) / referenceSampleWidth),
    );
    const area = fine.reduce((sum, value) => sum + value, 0) * stepWidth;
    return fine.map((value) => value / area);
  });
  return { pulses, peaks: pulses.map((pulse) => pulse.indexOf(Math.max(...pulse))), stepWidth };
}

/**
 * Waveforms in p.e. with one pulse per pixel. Charges with a time outside the readout are ignored.
 *
 * @param charge - of each pixel
 * @param time - of each pixel, from the start of the readout
 * @returns [channel][pixel][sample]
 */
export function modelWaveforms(
  { pulses, peaks, stepWidth }: WaveformModel,
  charge: ArrayLike<PhotoElectrons>,
  time: ArrayLike<Nanoseconds>,
  nSamples: number,
): Float64Array {
  const nPixels = charge.length;
  const waveforms = new Float64Array(pulses.length * nPixels * nSamples);
  const nSteps = nSamples * UPSAMPLING;
  pulses.forEach((pulse, channel) => {
    for (let pixel = 0; pixel < nPixels; pixel++) {
      const step = Math.trunc(time[pixel] / stepWidth);
      if (!(step >= 0 && step < nSteps)) continue;
      const first = step - peaks[channel];
      const row = (channel * nPixels + pixel) * nSamples;
      const height = charge[pixel] * stepWidth;
      for (let i = Math.max(0, first); i < Math.min(nSteps, first + pulse.length); i++) {
        waveforms[row + Math.floor(i / UPSAMPLING)] += height * pulse[i - first];
      }
    }
  });
  return waveforms;
}

function interpolated(values: Float64Array, place: number): number {
  const before = Math.min(Math.floor(place), values.length - 1);
  const after = Math.min(before + 1, values.length - 1);
  return values[before] + (place - before) * (values[after] - values[before]);
}
