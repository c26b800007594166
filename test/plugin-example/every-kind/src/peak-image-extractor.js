import { DL1CameraContainer, ImageExtractor } from '@cherenkit/core';

export class PeakImageExtractor extends ImageExtractor {
  static help = 'Uses the largest sample of each pixel.';

  extract({ samples, nChannels, nPixels, nSamples }, telId) {
    const { samplingRate } = this.context.subarray.telescope(telId).camera.readout;
    const image = new Float32Array(nChannels * nPixels);
    const peakTime = new Float32Array(image.length);
    for (let row = 0; row < image.length; row++) {
      const waveform = samples.subarray(row * nSamples, (row + 1) * nSamples);
      image[row] = Math.max(...waveform);
      peakTime[row] = waveform.indexOf(image[row]) / samplingRate; // ns
    }
    return new DL1CameraContainer({ image, peakTime, isValid: true });
  }
}
