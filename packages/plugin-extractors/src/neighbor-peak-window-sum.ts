import { trait, type Waveforms } from '@cherenkit/core';
import { neighborPeaks } from '@cherenkit/kernels';

import { WindowSum } from './window-sum.js';

/**
 * Sums around the peak of the summed waveforms of a pixel's neighbours. Source: ctapipe 0.32 `NeighborPeakWindowSum`.
 */
export class NeighborPeakWindowSum extends WindowSum.withTraits({
  localWeight: trait.perTelescope(
    trait.integer({
      default: 0,
      minimum: 0,
      help: "Weight of the pixel's own waveform relative to that of a neighbour; 0 uses the neighbours only.",
    }),
  ),
}) {
  static override readonly help = "Charge in a window around the peak of the neighbours' waveforms.";

  protected override findPeaks(
    { samples, nSamples }: Waveforms<Float32Array>,
    telId: number,
    brokenPixels: Uint8Array | undefined,
    peaks: Int32Array,
  ): void {
    const { neighbors } = this.context.subarray.telescope(telId).camera.geometry;
    neighborPeaks(samples, nSamples, neighbors, this.traits.localWeight.for(telId), brokenPixels, peaks);
  }
}
