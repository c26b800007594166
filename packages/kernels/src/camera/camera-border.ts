import type { Neighbors } from './neighbors.js';

/**
 * Mask of the pixels at the border of the camera.
 *
 * A border of width 1 consists of the pixels with fewer neighbours than the pixel with most; each further step adds the
 * pixels with a neighbour in the border before it. Source: ctapipe 0.32 `CameraGeometry.get_border_pixel_mask`.
 *
 * @returns 1 for each pixel in the border
 * @throws RangeError unless the width is a positive integer
 */
export function borderPixelMask(neighbors: Neighbors, width = 1): Uint8Array {
  if (!Number.isInteger(width) || width < 1) {
    throw new RangeError(`borderPixelMask: expected a width of 1 or more pixels, found ${width}`);
  }
  const { offsets, indices } = neighbors;
  const nPixels = offsets.length - 1;

  const timesNeighbor = new Int32Array(nPixels);
  for (const neighbor of indices) timesNeighbor[neighbor]++;
  let most = 0;
  for (let i = 0; i < nPixels; i++) most = Math.max(most, timesNeighbor[i]);
  let border = new Uint8Array(nPixels);
  for (let i = 0; i < nPixels; i++) border[i] = timesNeighbor[i] < most ? 1 : 0;

  for (let step = 1; step < width; step++) {
    const wider = new Uint8Array(nPixels);
    for (let i = 0; i < nPixels; i++) {
      for (let k = offsets[i]; k < offsets[i + 1] && wider[i] === 0; k++) wider[i] = border[indices[k]];
    }
    border = wider;
  }
  return border;
}

/**
 * Mean distance of the masked pixels from the centre of all pixels, in the unit of the positions; NaN for an empty
 * mask.
 *
 * Source: ctapipe 0.32 `CameraGeometry.guess_radius`.
 */
export function meanRadius(x: Float64Array, y: Float64Array, mask: Uint8Array): number {
  const n = x.length;
  let centerX = 0;
  let centerY = 0;
  for (let i = 0; i < n; i++) {
    centerX += x[i] / n;
    centerY += y[i] / n;
  }
  let sum = 0;
  let count = 0;
  for (let i = 0; i < n; i++) {
    if (mask[i] === 0) continue;
    sum += Math.hypot(x[i] - centerX, y[i] - centerY);
    count++;
  }
  return sum / count;
}
