import { DL1CameraContainer, ImageExtractor, type Waveforms } from '@cherenkit/core';
import { waveformVariance } from '@cherenkit/kernels';

/** Metadata of such images in ctapipe's tables. */
const META = { ExtractionMethod: 'VarianceType.WAVEFORM' };

/**
 * Image of the variance of the samples of each pixel, without peak times: for pixel noise and stars.
 *
 * Source: ctapipe 0.32 `VarianceExtractor`.
 */
export class VarianceExtractor extends ImageExtractor {
  static override readonly help = "Variance of each pixel's waveform.";

  override readonly power = 2;

  override extract({ samples, nChannels, nPixels, nSamples }: Waveforms<Float32Array>): DL1CameraContainer {
    const image = new Float32Array(nChannels * nPixels);
    waveformVariance(samples, nSamples, image);
    return new DL1CameraContainer({ image, isValid: image.some(Number.isFinite), hasChannelAxis: true, meta: META });
  }
}
