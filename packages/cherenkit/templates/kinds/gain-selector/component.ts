import { GainChannel, GainSelector, trait, type AdcSamples, type Waveforms } from '@cherenkit/core';

/** Takes the low gain for pixels whose high gain is saturated: several samples at the top of the range. */
export class TemplateComponent extends GainSelector.withTraits({
  maxCount: trait.integer({ default: 4095, minimum: 1, help: 'A raw sample of at least this is saturated.' }),
  minSamples: trait.integer({ default: 2, minimum: 1, help: 'Fewest saturated samples that make a pixel saturated.' }),
}) {
  static override readonly help = 'Low gain for pixels with several saturated samples.';

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
