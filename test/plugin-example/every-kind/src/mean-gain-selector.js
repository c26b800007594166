import { GainChannel, GainSelector, trait } from '@cherenkit/core';

export class MeanGainSelector extends GainSelector.withTraits({
  maxMean: trait.number({ default: 3000, help: 'Maximum mean of the samples of the high gain, ADC counts.' }),
}) {
  static help = 'Selects the low gain for pixels with a large mean sample.';

  select(waveforms) {
    const { nChannels, nPixels, nSamples } = waveforms;
    const selected = new Int8Array(nPixels).fill(GainChannel.HIGH);
    if (nChannels < 2) return selected;
    const high = waveforms.channel(0);
    for (let pixel = 0; pixel < nPixels; pixel++) {
      const samples = high.subarray(pixel * nSamples, (pixel + 1) * nSamples);
      const mean = samples.reduce((sum, sample) => sum + sample, 0) / nSamples;
      if (mean > this.traits.maxMean) selected[pixel] = GainChannel.LOW;
    }
    return selected;
  }
}
