import { InvalidPixelHandler } from '@cherenkit/core';
import { averageOverNeighbors } from '@cherenkit/kernels';

/**
 * Replaces invalid pixels by the mean of their valid neighbours, or by 0 without any. Source: ctapipe 0.32
 * `NeighborAverage`.
 */
export class NeighborAverage extends InvalidPixelHandler {
  static override readonly help = 'Replaces invalid pixels by the mean of their valid neighbours.';

  override handle(
    telId: number,
    image: Float32Array | Float64Array,
    peakTime: Float32Array | undefined,
    invalidPixels: Uint8Array,
  ): void {
    const { neighbors, nPixels } = this.context.subarray.telescope(telId).camera.geometry;
    for (let start = 0; start < image.length; start += nPixels) {
      const invalid = invalidPixels.subarray(start, start + nPixels);
      averageOverNeighbors(image.subarray(start, start + nPixels), invalid, neighbors);
      if (peakTime !== undefined) averageOverNeighbors(peakTime.subarray(start, start + nPixels), invalid, neighbors);
    }
  }
}
