import { GainSelector, trait, type AdcSamples, type Waveforms } from '@cherenkit/core';
import { selectGainByThreshold } from '@cherenkit/kernels';

/**
 * Selects the low gain for pixels whose high gain exceeds a threshold. Source: ctapipe 0.32 `ThresholdGainSelector`.
 */
export class ThresholdGainSelector extends GainSelector.withTraits({
  threshold: trait.perTelescope(
    trait.number({
      default: 4000,
      help: 'Threshold in ADC counts: the low gain is selected if a raw sample of the high gain exceeds it.',
    }),
  ),
}) {
  static override readonly help = 'Selects the low gain for pixels whose high gain exceeds a threshold.';

  override select(waveforms: Waveforms<AdcSamples>, telId: number): Int8Array {
    const selected = new Int8Array(waveforms.nPixels);
    if (waveforms.nChannels > 1) {
      selectGainByThreshold(waveforms.channel(0), waveforms.nSamples, this.traits.threshold.for(telId), selected);
    }
    return selected;
  }

  override thresholdOf(telId: number): number | undefined {
    // A subclass may select in another way.
    const isOwn = this.select === OWN.select;
    return isOwn ? this.traits.threshold.for(telId) : undefined;
  }
}

const OWN = ThresholdGainSelector.prototype;
