import { trait, type Waveforms } from '@cherenkit/core';

import { WindowSum } from './window-sum.js';

/** Sums the same window of samples in all pixels. Source: ctapipe 0.32 `FixedWindowSum`. */
export class FixedWindowSum extends WindowSum.withTraits({
  peakIndex: trait.perTelescope(trait.integer({ default: 0, help: 'Sample around which the window is placed.' })),
  windowShift: trait.perTelescope(
    trait.integer({ default: 0, help: 'Number of samples in the window before peak_index.' }),
  ),
}) {
  static override readonly help = 'Charge in a fixed window.';

  protected override findPeaks(
    _waveforms: Waveforms<Float32Array>,
    telId: number,
    _brokenPixels: Uint8Array | undefined,
    peaks: Int32Array,
  ): void {
    peaks.fill(this.traits.peakIndex.for(telId));
  }
}
