import { GainChannel, GainSelector, trait, type AdcSamples, type Waveforms } from '@cherenkit/core';

/** Selects the same gain channel for all pixels. Source: ctapipe 0.32 `ManualGainSelector`. */
export class ManualGainSelector extends GainSelector.withTraits({
  channel: trait.perTelescope(
    trait.oneOf(['HIGH', 'LOW'], { default: 'HIGH', caseless: true, help: 'Gain channel to select.' }),
  ),
}) {
  static override readonly help = 'Selects the same gain channel for all pixels.';

  /** Selects the only channel of a camera with one, regardless of the trait. */
  override select({ nChannels, nPixels }: Waveforms<AdcSamples>, telId: number): Int8Array {
    const channel = nChannels > 1 ? this.traits.channel.for(telId) : 'HIGH';
    return new Int8Array(nPixels).fill(GainChannel[channel]);
  }
}
