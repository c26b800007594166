import { trait, type Waveforms } from '@cherenkit/core';
import { globalPeaks } from '@cherenkit/kernels';

import { WindowSum } from './window-sum.js';

/**
 * Sums around the peak of the camera's mean waveform, with the same window for all pixels. Source: ctapipe 0.32
 * `GlobalPeakWindowSum`.
 */
export class GlobalPeakWindowSum extends WindowSum.withTraits({
  pixelFraction: trait.perTelescope(
    trait.number({
      default: 1,
      minimum: 0,
      maximum: 1,
      help: 'Fraction of the pixels to average, those with the largest samples; 1 averages the whole camera.',
    }),
  ),
}) {
  static override readonly help = "Charge in a window around the peak of the camera's mean waveform.";

  protected override findPeaks(
    { samples, nPixels, nSamples }: Waveforms<Float32Array>,
    telId: number,
    brokenPixels: Uint8Array | undefined,
    peaks: Int32Array,
  ): void {
    globalPeaks(samples, nPixels, nSamples, brokenPixels, this.traits.pixelFraction.for(telId), peaks);
  }
}
