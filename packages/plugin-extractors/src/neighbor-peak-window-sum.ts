import { trait, type Waveforms } from '@cherenkit/core';
import { neighborPeaks } from '@cherenkit/kernels';

import { WindowSum } from './window-sum.js';

/** Sums about the peak of the summed waveforms of a pixel's neighbours. Source: ctapipe 0.32 `NeighborPeakWindowSum`. */
export class NeighborPeakWindowSum extends WindowSum.withTraits({
  localWeight: trait.perTelescope(
    trait.integer({
      default: 0,
      minimum: 0,
      help: "Weight of the pixel's own waveform: 0 for the neighbours alone, 1 to count as much as one of them.",
    }),
  ),
}) {
  static override readonly help = "Charge in a window about the peak of the neighbours' waveforms.";

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
