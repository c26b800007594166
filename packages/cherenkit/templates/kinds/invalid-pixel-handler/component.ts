import { InvalidPixelHandler } from '@cherenkit/core';

/** Replaces charge and peak time of invalid pixels by the median of their valid neighbours, or by 0 if there are none. */
export class TemplateComponent extends InvalidPixelHandler {
  static override readonly help = 'Replaces invalid pixels by the median of their valid neighbours.';

  override handle(
    telId: number,
    image: Float32Array,
    peakTime: Float32Array | undefined,
    invalidPixels: Uint8Array,
  ): void {
    const { neighbors, nPixels } = this.context.subarray.telescope(telId).camera.geometry;
    const { offsets, indices } = neighbors;
    // The arrays have shape (nChannels, nPixels).
    for (let row = 0; row < image.length; row++) {
      if (invalidPixels[row] === 0) continue;
      const pixel = row % nPixels;
      const camera = row - pixel;
      const valid = [...indices.subarray(offsets[pixel], offsets[pixel + 1])]
        .map((neighbor) => camera + neighbor)
        .filter((neighbor) => invalidPixels[neighbor] === 0);
      image[row] = median(valid.map((neighbor) => image[neighbor] ?? NaN));
      if (peakTime) peakTime[row] = median(valid.map((neighbor) => peakTime[neighbor] ?? NaN));
    }
  }
}

/** Median; 0 for an empty list. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
