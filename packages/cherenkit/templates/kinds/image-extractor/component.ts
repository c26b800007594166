import { DL1CameraContainer, ImageExtractor, trait, type Waveforms } from '@cherenkit/core';

/**
 * Sums the samples in a window around the largest sample of each pixel. The peak time is their charge-weighted mean time.
 *
 * There is no correction for the part of the pulse outside of the window.
 */
export class TemplateComponent extends ImageExtractor.withTraits({
  windowWidth: trait.perTelescope(trait.integer({ default: 7, minimum: 1, help: 'Number of samples to sum.' })),
}) {
  static override readonly help = 'Sums samples around the largest sample of each pixel.';

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
