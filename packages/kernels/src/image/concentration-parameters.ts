import type { HillasParameters } from './hillas-parameters.js';
import { pairwiseSum, type PixelPositions, type PixelValues } from './pixel-plane.js';

/** Fractions of the charge that are concentrated near the centre of an image. */
export interface ConcentrationParameters {
  /** Within one pixel width of the centroid. */
  readonly cog: number;
  /** Within the ellipse of length and width. */
  readonly core: number;
  /** In the brightest pixel. */
  readonly pixel: number;
}

/**
 * Computes the fractions of the charge near the centre of an image (ctapipe 0.32 `concentration_parameters`).
 *
 * @param camera - positions and widths of all pixels, in one unit
 * @param image - charge of each pixel of the camera
 * @param selected - indices of the pixels of the image
 * @param hillas - Hillas parameters of the image in the same unit; for a width of 0, `core` is 0
 */
export function concentrationParameters(
  camera: PixelPositions & { readonly pixelWidth: Float64Array },
  image: PixelValues,
  selected: Int32Array,
  hillas: Pick<HillasParameters, 'intensity' | 'x' | 'y' | 'length' | 'width' | 'psi'>,
): ConcentrationParameters {
  const { pixX, pixY, pixelWidth } = camera;
  const { x, y, length, width, intensity } = hillas;
  const cos = Math.cos(hillas.psi);
  const sin = Math.sin(hillas.psi);
  const nearCog = image.slice(0, selected.length);
  const inCore = image.slice(0, selected.length);
  let nNearCog = 0;
  let nInCore = 0;
  let brightest = -Infinity;
  for (let k = 0; k < selected.length; k++) {
    const pixel = selected[k];
    const charge = image[pixel];
    const dx = pixX[pixel] - x;
    const dy = pixY[pixel] - y;
    const longitudinal = (dx * cos + dy * sin) / length;
    const transverse = (dy * cos - dx * sin) / width;
    if (dx * dx + dy * dy < pixelWidth[pixel] * pixelWidth[pixel]) nearCog[nNearCog++] = charge;
    if (longitudinal * longitudinal + transverse * transverse <= 1) inCore[nInCore++] = charge;
    if (!(charge <= brightest)) brightest = charge;
  }
  return {
    cog: pairwiseSum(nearCog, 0, nNearCog) / intensity,
    core: width === 0 ? 0 : pairwiseSum(inCore, 0, nInCore) / intensity,
    pixel: brightest / intensity,
  };
}
