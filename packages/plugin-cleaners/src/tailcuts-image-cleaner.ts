import { ImageCleaner, trait } from '@cherenkit/core';
import { tailcutsClean } from '@cherenkit/kernels';

/** Two-level tail-cuts cleaning. Source: ctapipe 0.32 `TailcutsImageCleaner`. */
export class TailcutsImageCleaner extends ImageCleaner.withTraits({
  pictureThresholdPe: trait.perTelescope(
    trait.number({ default: 10, unit: 'pe', help: 'Picture threshold: minimum charge of a picture pixel.' }),
  ),
  boundaryThresholdPe: trait.perTelescope(
    trait.number({
      default: 5,
      unit: 'pe',
      help: 'Boundary threshold: minimum charge of a pixel that is kept if it touches a picture pixel.',
    }),
  ),
  minPictureNeighbors: trait.perTelescope(
    trait.integer({
      default: 2,
      minimum: 0,
      help: 'Number of picture neighbours that a picture pixel needs; ignored if isolated pixels are kept.',
    }),
  ),
  keepIsolatedPixels: trait.perTelescope(
    trait.boolean({ default: false, help: 'Keep picture pixels without a neighbour above the boundary threshold.' }),
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
