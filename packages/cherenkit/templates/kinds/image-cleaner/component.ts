import { ImageCleaner, trait } from '@cherenkit/core';

/** Keeps pixels above a threshold that have enough neighbours above it. */
export class TemplateComponent extends ImageCleaner.withTraits({
  thresholdPe: trait.perTelescope(trait.number({ default: 7, unit: 'pe', help: 'Minimum charge of a pixel.' })),
  minNeighbors: trait.perTelescope(
    trait.integer({ default: 1, minimum: 0, help: 'Minimum number of neighbours above the threshold.' }),
  ),
}) {
  static override readonly help = 'Keeps bright pixels with bright neighbours.';

  override clean(telId: number, image: Float32Array): Uint8Array {
    const threshold = this.traits.thresholdPe.for(telId);
    const minNeighbors = this.traits.minNeighbors.for(telId);
    // The neighbours of pixel p are indices[offsets[p]] to indices[offsets[p + 1] - 1].
    const { offsets, indices } = this.context.subarray.telescope(telId).camera.geometry.neighbors;
    const isBright = (pixel: number): boolean => (image[pixel] ?? NaN) >= threshold; // false for NaN
    const mask = new Uint8Array(image.length);
    for (let pixel = 0; pixel < image.length; pixel++) {
      if (!isBright(pixel)) continue;
      let count = 0;
      for (let i = offsets[pixel] ?? 0; i < (offsets[pixel + 1] ?? 0); i++) {
        if (isBright(indices[i] ?? -1)) count++;
      }
      if (count >= minNeighbors) mask[pixel] = 1;
    }
    return mask;
  }
}
