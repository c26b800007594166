import type { CameraGeometry } from '@cherenkit/core';

/** Pixels of a camera: a mask with one entry per pixel, or indices. */
export type PixelSelection = Uint8Array | readonly boolean[] | Iterable<number>;

/**
 * A mask with 1 for the selected pixels.
 *
 * @throws RangeError for a mask of another length than the camera, or an index outside of it
 */
export function pixelMask(pixels: PixelSelection, { name, nPixels }: CameraGeometry): Uint8Array {
  if (isMask(pixels)) {
    if (pixels.length === nPixels) return Uint8Array.from(pixels as ArrayLike<number>, (value) => (value ? 1 : 0));
    throw new RangeError(`Camera ${name}: expected a mask of ${nPixels} entries, found ${pixels.length}.`);
  }
  const mask = new Uint8Array(nPixels);
  for (const pixel of pixels) {
    if (!(Number.isInteger(pixel) && pixel >= 0 && pixel < nPixels)) {
      throw new RangeError(`Camera ${name}: expected indices of pixels from 0 to ${nPixels - 1}, found ${pixel}.`);
    }
    mask[pixel] = 1;
  }
  return mask;
}

function isMask(pixels: PixelSelection): pixels is Uint8Array | readonly boolean[] {
  return pixels instanceof Uint8Array || (Array.isArray(pixels) && typeof pixels[0] === 'boolean');
}
