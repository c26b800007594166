import type { Waveforms } from '@cherenkit/core';
import { localPeaks } from '@cherenkit/kernels';

import { WindowSum } from './window-sum.js';

/** Sums around the largest sample of each pixel. Source: ctapipe 0.32 `LocalPeakWindowSum`. */
export class LocalPeakWindowSum extends WindowSum {
  static override readonly help = "Charge in a window around the peak of each pixel's waveform.";

  protected override findPeaks(
    { samples, nSamples }: Waveforms<Float32Array>,
    _telId: number,
    _brokenPixels: Uint8Array | undefined,
    peaks: Int32Array,
  ): void {
    localPeaks(samples, nSamples, peaks);
  }
}
