import { trait, waveformsOf, type DL1CameraContainer, type Waveforms } from '@cherenkit/core';
import { subtractBaseline, WaveformMemory } from '@cherenkit/kernels';

import { NeighborPeakWindowSum } from './neighbor-peak-window-sum.js';

/**
 * Subtracts the mean of a range of samples from each waveform, then extracts charges like {@link
 * NeighborPeakWindowSum}.
 *
 * Source: ctapipe 0.32 `BaselineSubtractedNeighborPeakWindowSum`.
 */
export class BaselineSubtractedNeighborPeakWindowSum extends NeighborPeakWindowSum.withTraits({
  baselineStart: trait.integer({ default: 0, help: 'First sample of the baseline.' }),
  baselineEnd: trait.integer({ default: 10, help: 'First sample after the baseline.' }),
}) {
  static override readonly help = "Charge in a window around the neighbours' peak, after baseline subtraction.";

  /** Waveforms less their baselines, which the next event overwrites. */
  #subtracted = new Float32Array(0);

  override extract(
    { samples, nChannels, nPixels, nSamples }: Waveforms<Float32Array>,
    telId: number,
    selectedGainChannel: Int8Array | undefined,
    brokenPixels: Uint8Array | undefined,
  ): DL1CameraContainer {
    const { baselineStart, baselineEnd } = this.traits;
    if (this.#subtracted.length < samples.length) {
      this.#subtracted = new WaveformMemory().allocate(samples.length);
    }
    const subtracted = this.#subtracted.subarray(0, samples.length);
    subtractBaseline(samples, nSamples, baselineStart, baselineEnd, subtracted);
    const waveforms = waveformsOf(subtracted, nChannels, nPixels, nSamples);
    return super.extract(waveforms, telId, selectedGainChannel, brokenPixels);
  }
}
