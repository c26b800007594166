import type { Nanoseconds, PhotoElectrons } from '../units.js';

/** Steps of the pulse in each sample. */
const UPSAMPLING = 10;

/** What makes waveforms out of charges and times. Source: ctapipe 0.32 `toymodel.WaveformModel`. */
export interface WaveformModel {
  /** The pulse of each channel in steps of a tenth of a sample, of area 1. */
  readonly pulses: readonly Float64Array[];
  /** The step at which each pulse is highest: there the charge arrives. */
  readonly peaks: readonly number[];
  readonly stepWidth: Nanoseconds;
}

/**
 * @param referencePulse - one per channel, as a camera's readout describes them
 * @param referenceSampleWidth - of these
 * @param sampleWidth - of the waveforms
 */
export function waveformModel(
  referencePulse: readonly Float64Array[],
  referenceSampleWidth: Nanoseconds,
  sampleWidth: Nanoseconds,
): WaveformModel {
  const stepWidth = sampleWidth / UPSAMPLING;
  const last = ((referencePulse[0]?.length ?? 0) - 1) * referenceSampleWidth;
  // As many as numpy's `arange` has: the end itself is not among them.
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
 * Waveforms of all channels, [channel][pixel][sample], in p.e.: one pulse in each pixel. Charges whose time lies beside the
 * readout are left out.
 *
 * @param charge - of each pixel
 * @param time - of each pixel, since the begin of the readout
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
