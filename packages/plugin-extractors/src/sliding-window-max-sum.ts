import { DL1CameraContainer, ImageExtractor, trait, type ComponentContext, type Waveforms } from '@cherenkit/core';
import { applyIntegrationCorrection, extractSlidingWindow, slidingWindowCorrection } from '@cherenkit/kernels';

/** Sums in the window with the largest charge, for each pixel. Source: ctapipe 0.32 `SlidingWindowMaxSum`. */
export class SlidingWindowMaxSum extends ImageExtractor.withTraits({
  windowWidth: trait.perTelescope(
    trait.integer({ default: 7, minimum: 1, help: 'Width of the integration window, in samples.' }),
  ),
  applyIntegrationCorrection: trait.perTelescope(
    trait.boolean({ default: true, help: 'Correct for the part of the pulse outside the window.' }),
  ),
}) {
  static override readonly help = "Charge in the window of each pixel's waveform with the largest sum.";

  /** Correction by gain channel, for telescopes with corrections. */
  private readonly corrections: ReadonlyMap<number, Float64Array>;

  constructor(context: ComponentContext) {
    super(context);
    const corrected = context.telIds.filter((telId) => this.traits.applyIntegrationCorrection.for(telId));
    this.corrections = new Map(
      corrected.map((telId) => {
        const { referencePulseShape, referencePulseSampleWidth, samplingRate } =
          context.subarray.telescope(telId).camera.readout;
        const width = this.traits.windowWidth.for(telId);
        const correctionOf = (pulse: Float64Array): number =>
          slidingWindowCorrection(pulse, referencePulseSampleWidth, samplingRate, width);
        return [telId, Float64Array.from(referencePulseShape, correctionOf)];
      }),
    );
  }

  override extract(
    { samples, nChannels, nPixels, nSamples }: Waveforms<Float32Array>,
    telId: number,
    selectedGainChannel: Int8Array | undefined,
  ): DL1CameraContainer {
    const { samplingRate } = this.context.subarray.telescope(telId).camera.readout;
    const image = new Float32Array(nChannels * nPixels);
    const peakTime = new Float32Array(image.length);
    extractSlidingWindow(samples, nSamples, this.traits.windowWidth.for(telId), samplingRate, image, peakTime);
    const corrections = this.corrections.get(telId);
    if (corrections !== undefined) applyIntegrationCorrection(image, corrections, selectedGainChannel);
    return new DL1CameraContainer({ image, peakTime, isValid: true });
  }
}
