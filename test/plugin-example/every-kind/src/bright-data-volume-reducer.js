import { DataVolumeReducer, trait } from '@cherenkit/core';

export class BrightDataVolumeReducer extends DataVolumeReducer.withTraits({
  threshold: trait.number({ default: 2, unit: 'pe', help: 'Keep pixels with a sample above it.' }),
}) {
  static help = 'Keeps the waveforms of bright pixels.';

  reduce({ samples, nChannels, nPixels, nSamples }) {
    const kept = new Uint8Array(nPixels);
    for (let row = 0; row < nChannels * nPixels; row++) {
      const waveform = samples.subarray(row * nSamples, (row + 1) * nSamples);
      if (waveform.some((sample) => sample > this.traits.threshold)) kept[row % nPixels] = 1;
    }
    return kept;
  }
}
