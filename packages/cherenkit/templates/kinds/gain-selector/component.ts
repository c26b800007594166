import { GainChannel, GainSelector, trait, type AdcSamples, type Waveforms } from '@cherenkit/core';

/** Selects the low gain for pixels whose high gain is saturated in several samples. */
export class TemplateComponent extends GainSelector.withTraits({
  maxCount: trait.integer({ default: 4095, minimum: 1, help: 'Saturation value of raw samples, ADC counts.' }),
  minSamples: trait.integer({ default: 2, minimum: 1, help: 'Minimum number of saturated samples.' }),
}) {
  static override readonly help = 'Selects the low gain for pixels with several saturated samples.';

  override select({ samples, nChannels, nPixels, nSamples }: Waveforms<AdcSamples>): Int8Array {
    const { maxCount, minSamples } = this.traits;
    const selected = new Int8Array(nPixels).fill(GainChannel.HIGH);
    if (nChannels < 2) return selected;
    for (let pixel = 0; pixel < nPixels; pixel++) {
      let count = 0;
      for (let i = pixel * nSamples; i < (pixel + 1) * nSamples; i++) if ((samples[i] ?? 0) >= maxCount) count++;
      if (count >= minSamples) selected[pixel] = GainChannel.LOW;
    }
    return selected;
  }
}
