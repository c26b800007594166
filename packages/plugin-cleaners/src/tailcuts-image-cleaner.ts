import { ImageCleaner, trait } from '@cherenkit/core';
import { tailcutsClean } from '@cherenkit/kernels';

/** Picture and boundary pixels of two thresholds. Source: ctapipe 0.32 `TailcutsImageCleaner`. */
export class TailcutsImageCleaner extends ImageCleaner.withTraits({
  pictureThresholdPe: trait.perTelescope(
    trait.number({ default: 10, unit: 'pe', help: 'Pixels at or above this are picture pixels.' }),
  ),
  boundaryThresholdPe: trait.perTelescope(
    trait.number({ default: 5, unit: 'pe', help: 'Pixels at or above this are kept if they touch a picture pixel.' }),
  ),
  minPictureNeighbors: trait.perTelescope(
    trait.integer({
      default: 2,
      minimum: 0,
      help: 'Picture pixels with fewer neighbours that are picture pixels are dropped, unless isolated ones are kept.',
    }),
  ),
  keepIsolatedPixels: trait.perTelescope(
    trait.boolean({ default: false, help: 'Keep picture pixels without any neighbour above a threshold.' }),
  ),
}) {
  static override readonly help: string = 'Two-level tail-cuts cleaning.';

  override clean(telId: number, image: Float32Array): Uint8Array {
    const { pictureThresholdPe, boundaryThresholdPe, minPictureNeighbors, keepIsolatedPixels } = this.traits;
    const mask = new Uint8Array(image.length);
    tailcutsClean(
      this.context.subarray.telescope(telId).camera.geometry.neighbors,
      image,
      pictureThresholdPe.for(telId),
      boundaryThresholdPe.for(telId),
      {
        keepIsolatedPixels: keepIsolatedPixels.for(telId),
        minPictureNeighbors: minPictureNeighbors.for(telId),
      },
      mask,
    );
    return mask;
  }
}
