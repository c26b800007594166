import { DL1CameraContainer, ImageExtractor, trait, type ComponentContext, type Waveforms } from '@cherenkit/core';
import { applyIntegrationCorrection, extractAroundPeak } from '@cherenkit/kernels';

import { integrationCorrections } from './integration-corrections.js';

/** Sums the samples in a window of fixed width around a peak, which subclasses find. */
export abstract class WindowSum extends ImageExtractor.withTraits({
  windowWidth: trait.perTelescope(
    trait.integer({ default: 7, minimum: 1, help: 'Width of the integration window, in samples.' }),
  ),
  windowShift: trait.perTelescope(
    trait.integer({ default: 3, help: 'Number of samples in the integration window before the peak.' }),
  ),
  applyIntegrationCorrection: trait.perTelescope(
    trait.boolean({ default: true, help: 'Correct for the part of the pulse outside the window.' }),
  ),
}) {
  /** Correction by gain channel, for telescopes with corrections. */
  private readonly corrections: ReadonlyMap<number, Float64Array>;
  /** Peaks of the waveforms of an event; of the same size for most of them. */
  #peaks = new Int32Array(0);

  constructor(context: ComponentContext) {
    super(context);
    const corrected = context.telIds.filter((telId) => this.traits.applyIntegrationCorrection.for(telId));
    this.corrections = new Map(
      corrected.map((telId) => {
        const { readout } = context.subarray.telescope(telId).camera;
        const [width, shift] = [this.traits.windowWidth.for(telId), this.traits.windowShift.for(telId)];
        return [telId, integrationCorrections(readout, width, shift)];
      }),
    );
  }

  /** Writes to `peaks` the sample around which the window is placed, one per gain channel and pixel. */
  protected abstract findPeaks(
    waveforms: Waveforms<Float32Array>,
    telId: number,
    brokenPixels: Uint8Array | undefined,
    peaks: Int32Array,
  ): void;

  override extract(
    waveforms: Waveforms<Float32Array>,
    telId: number,
    selectedGainChannel: Int8Array | undefined,
    brokenPixels: Uint8Array | undefined,
  ): DL1CameraContainer {
    const { samples, nChannels, nPixels, nSamples } = waveforms;
    const { samplingRate } = this.context.subarray.telescope(telId).camera.readout;
    const nRows = nChannels * nPixels;
    if (this.#peaks.length !== nRows) this.#peaks = new Int32Array(nRows);
    const peaks = this.#peaks.fill(0);
    const image = new Float32Array(nRows);
    const peakTime = new Float32Array(nRows);

    this.findPeaks(waveforms, telId, brokenPixels, peaks);
    const [width, shift] = [this.traits.windowWidth.for(telId), this.traits.windowShift.for(telId)];
    extractAroundPeak(samples, nSamples, peaks, width, shift, samplingRate, image, peakTime);
    const corrections = this.corrections.get(telId);
    if (corrections !== undefined) applyIntegrationCorrection(image, corrections, selectedGainChannel);
    return new DL1CameraContainer({ image, peakTime, isValid: true });
  }

  override windowsOf(
    waveforms: Waveforms<Float32Array>,
    telId: number,
    brokenPixels: Uint8Array | undefined,
  ): Int32Array {
    const { nChannels, nPixels, nSamples } = waveforms;
    const peaks = new Int32Array(nChannels * nPixels);
    this.findPeaks(waveforms, telId, brokenPixels, peaks);
    const [width, shift] = [this.traits.windowWidth.for(telId), this.traits.windowShift.for(telId)];
    const windows = new Int32Array(2 * peaks.length);
    peaks.forEach((peak, row) => {
      windows[2 * row] = Math.max(0, peak - shift);
      windows[2 * row + 1] = Math.min(nSamples, peak - shift + width);
    });
    return windows;
  }
}
