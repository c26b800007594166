import { marsCleaning_1stPass } from '@cherenkit/kernels';
import { TailcutsImageCleaner } from './tailcuts-image-cleaner.js';

/**
 * Tail cuts with a second row of boundary pixels, as in the first pass of MARS, MAGIC's software. `keepIsolatedPixels`
 * is ignored.
 *
 * Source: ctapipe 0.32 `MARSImageCleaner`.
 */
export class MARSImageCleaner extends TailcutsImageCleaner {
  static override readonly help = 'Tail-cuts cleaning with two rows of boundary pixels.';

  override clean(telId: number, image: Float32Array): Uint8Array {
    const { pictureThresholdPe, boundaryThresholdPe, minPictureNeighbors } = this.traits;
    const { neighbors } = this.context.subarray.telescope(telId).camera.geometry;
    const mask = new Uint8Array(image.length);
    const options = { minPictureNeighbors: minPictureNeighbors.for(telId) };
    marsCleaning_1stPass(
      neighbors,
      image,
      pictureThresholdPe.for(telId),
      boundaryThresholdPe.for(telId),
      options,
      mask,
    );
    return mask;
  }
}
