import type { SubarrayDescription } from '@cherenkit/core';

/** Time gradient below which a vector has no direction. */
const SMALLEST_GRADIENT = 0.01;

/** Vectors along the axes of images, one per telescope by index. */
interface HillasVectors {
  /** Length, m; 0 for telescopes without an image or without a time gradient. */
  readonly rho: Float64Array;
  /** Direction on the ground, rad. */
  readonly phi: Float64Array;
}

/**
 * Vectors along the image axes, in the direction of their time gradients. Source: ctapipe 0.32
 * `ArrayDisplay.set_vector_hillas`.
 *
 * @param telIds - telescopes with an image
 * @param corePsi - direction of the image axis on the ground by telescope id, rad
 * @param length - of the vectors, m
 * @param timeGradient - by telescope id
 * @param angleOffset - azimuth of the array pointing, rad
 */
export function hillasVectors(
  subarray: SubarrayDescription,
  telIds: Iterable<number>,
  corePsi: ReadonlyMap<number, number>,
  length: number,
  timeGradient: ReadonlyMap<number, number>,
  angleOffset: number,
): HillasVectors {
  const rho = new Float64Array(subarray.nTels);
  const phi = new Float64Array(subarray.nTels);
  for (const telId of telIds) {
    const [index] = subarray.telIdsToIndices([telId]);
    const gradient = timeGradient.get(telId) ?? 0;
    const psi = corePsi.get(telId) ?? NaN;
    if (!(Math.abs(gradient) > SMALLEST_GRADIENT) || Number.isNaN(psi)) continue;
    rho[index] = length;
    phi[index] = psi + angleOffset + (gradient > 0 ? Math.PI : 0);
  }
  return { rho, phi };
}
