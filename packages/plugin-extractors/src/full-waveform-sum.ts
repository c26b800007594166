import { DL1CameraContainer, ImageExtractor, type Waveforms } from '@cherenkit/core';
import { extractAroundPeak } from '@cherenkit/kernels';

/** Sums all samples. Source: ctapipe 0.32 `FullWaveformSum`. */
export class FullWaveformSum extends ImageExtractor {
  static override readonly help = 'Charge of the whole waveform.';

  override extract(waveforms: Waveforms<Float32Array>, telId: number): DL1CameraContainer {
    const { samples, nChannels, nPixels, nSamples } = waveforms;
    const { samplingRate } = this.context.subarray.telescope(telId).camera.readout;
    const peaks = new Int32Array(nChannels * nPixels);
    const image = new Float32Array(peaks.length);
    const peakTime = new Float32Array(peaks.length);
    extractAroundPeak(samples, nSamples, peaks, nSamples, 0, samplingRate, image, peakTime);
    return new DL1CameraContainer({ image, peakTime, isValid: true });
  }
}
