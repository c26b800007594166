import { GainSelector, trait, type AdcSamples, type Waveforms } from '@cherenkit/core';
import { selectGainByThreshold } from '@cherenkit/kernels';

/** Low gain for pixels whose high gain exceeds a threshold. Source: ctapipe 0.32 `ThresholdGainSelector`. */
export class ThresholdGainSelector extends GainSelector.withTraits({
  threshold: trait.perTelescope(
    trait.number({
      default: 4000,
      help: 'A pixel with a raw sample above this, in the high gain, uses the low gain.',
    }),
  ),
}) {
  static override readonly help = 'Low gain where a sample of the high gain exceeds a threshold.';

  override select(waveforms: Waveforms<AdcSamples>, telId: number): Int8Array {
    const selected = new Int8Array(waveforms.nPixels);
    if (waveforms.nChannels > 1) {
      selectGainByThreshold(waveforms.channel(0), waveforms.nSamples, this.traits.threshold.for(telId), selected);
    }
    return selected;
  }
}
