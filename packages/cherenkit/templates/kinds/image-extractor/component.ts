import { DL1CameraContainer, ImageExtractor, trait, type Waveforms } from '@cherenkit/core';

/**
 * Sums the samples about the largest one of each pixel; the time is the mean of theirs, weighted with their charge.
 *
 * The part of the pulse outside the window is not corrected for.
 */
export class TemplateComponent extends ImageExtractor.withTraits({
  windowWidth: trait.perTelescope(trait.integer({ default: 7, minimum: 1, help: 'Samples to be summed.' })),
}) {
  static override readonly help = 'Charge about the largest sample of each pixel.';

  override extract(
    { samples, nChannels, nPixels, nSamples }: Waveforms<Float32Array>,
    telId: number,
  ): DL1CameraContainer {
    const { samplingRate } = this.context.subarray.telescope(telId).camera.readout; // GHz
    const width = this.traits.windowWidth.for(telId);
    const image = new Float32Array(nChannels * nPixels);
    const peakTime = new Float32Array(nChannels * nPixels);
    for (let row = 0; row < image.length; row++) {
      const pulse = samples.subarray(row * nSamples, (row + 1) * nSamples);
      let peak = 0;
      for (let i = 1; i < nSamples; i++) if ((pulse[i] ?? 0) > (pulse[peak] ?? 0)) peak = i;
      const first = Math.max(0, peak - Math.floor(width / 2));
      const end = Math.min(nSamples, first + width);
      let [charge, weight, moment] = [0, 0, 0];
      for (let i = first; i < end; i++) {
        const sample = pulse[i] ?? 0;
        charge += sample;
        weight += Math.max(0, sample);
        moment += Math.max(0, sample) * i;
      }
      image[row] = charge;
      peakTime[row] = (weight > 0 ? moment / weight : peak) / samplingRate;
    }
    return new DL1CameraContainer({ image, peakTime, isValid: true });
  }
}
