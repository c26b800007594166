import { pairwiseSum, valuesOf, type PixelValues } from './pixel-plane.js';

/** Fractions of the pixels and of the charge of an image that lie at the border of the camera. */
export interface LeakageParameters {
  readonly pixelsWidth_1: number;
  readonly pixelsWidth_2: number;
  readonly intensityWidth_1: number;
  readonly intensityWidth_2: number;
}

/**
 * Computes the fractions of an image in the outermost and in the two outermost rings of pixels (ctapipe 0.32
 * `leakage_parameters`).
 *
 * Single-precision charges are summed and divided in single precision, as in ctapipe.
 *
 * @param image - charge of each pixel of the camera
 * @param selected - indices of the pixels of the image
 * @param border1 - 1 for each pixel of the camera in the outermost ring
 * @param border2 - 1 for each pixel of the camera in the two outermost rings
 * @returns NaN for no pixels or no charge
 */
export function leakageParameters(
  image: PixelValues,
  selected: Int32Array,
  border1: Uint8Array,
  border2: Uint8Array,
): LeakageParameters {
  const within1 = within(selected, border1);
  const within2 = within(selected, border2);
  const round = image instanceof Float32Array ? Math.fround : Number;
  const total = pairwiseSum(valuesOf(image, selected));
  return {
    pixelsWidth_1: within1.length / selected.length,
    pixelsWidth_2: within2.length / selected.length,
    intensityWidth_1: round(pairwiseSum(valuesOf(image, within1)) / total),
    intensityWidth_2: round(pairwiseSum(valuesOf(image, within2)) / total),
  };
}

function within(selected: Int32Array, border: Uint8Array): Int32Array {
  const pixels = new Int32Array(selected.length);
  let count = 0;
  for (let k = 0; k < selected.length; k++) if (border[selected[k]] !== 0) pixels[count++] = selected[k];
  return pixels.subarray(0, count);
}
