import { DataVolumeReducer, trait, type Waveforms } from '@cherenkit/core';

/** Keeps the waveforms of pixels with a large sample and of their neighbours. */
export class TemplateComponent extends DataVolumeReducer.withTraits({
  thresholdPe: trait.perTelescope(
    trait.number({ default: 2, unit: 'pe', help: 'Keep pixels with a sample above this threshold.' }),
  ),
}) {
  static override readonly help = 'Keeps pixels with a large sample and their neighbours.';

  override reduce({ samples, nChannels, nPixels, nSamples }: Waveforms<Float32Array>, telId: number): Uint8Array {
    const threshold = this.traits.thresholdPe.for(telId);
    const { offsets, indices } = this.context.subarray.telescope(telId).camera.geometry.neighbors;
    const kept = new Uint8Array(nPixels);
    for (let row = 0; row < nChannels * nPixels; row++) {
      const waveform = samples.subarray(row * nSamples, (row + 1) * nSamples);
      if (!waveform.some((sample) => sample > threshold)) continue;
      const pixel = row % nPixels;
      kept[pixel] = 1;
      // The neighbours of pixel p are indices[offsets[p]] to indices[offsets[p + 1] - 1].
      for (const neighbor of indices.subarray(offsets[pixel], offsets[pixel + 1])) kept[neighbor] = 1;
    }
    return kept;
  }
}
