import type { CameraWaveforms } from '../source/camera-waveforms.js';
import type { PeCalibration } from './lst-calibration-files.js';

/** Subtracts the pedestal of each gain channel and pixel from the samples, and converts them to p.e., in place. */
export function convertToPe({ waveform, selected }: CameraWaveforms, { pedestal, dcToPe }: PeCalibration): void {
  const { samples, nPixels, nSamples } = waveform;
  for (let row = 0; row < samples.length / nSamples; row++) {
    const index = selected === undefined ? row : selected[row] * nPixels + row;
    const [baseline, factor] = [pedestal[index], dcToPe[index]];
    for (let i = row * nSamples; i < (row + 1) * nSamples; i++) {
      // Rounded twice, as with numpy's single precision.
      samples[i] = Math.fround(samples[i] - baseline) * factor;
    }
  }
}
