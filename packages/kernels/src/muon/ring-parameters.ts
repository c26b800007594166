import { power } from '../numeric/index.js';
import type { PhotoElectrons, Radians } from '../units.js';

/** Ring in the telescope frame. */
export interface Ring {
  readonly centerFovLon: Radians;
  readonly centerFovLat: Radians;
  readonly radius: Radians;
}

/** Pixel positions of a camera in the telescope frame, rad, and their charges, p.e. */
export interface RingImage {
  readonly fovLon: Float64Array;
  readonly fovLat: Float64Array;
  readonly image: ArrayLike<number>;
}

const TWO_PI = 2 * Math.PI;

/** Mask of the pixels whose distance from the ring is below this fraction of its radius. */
export function pixelsNearRing({ fovLon, fovLat }: RingImage, ring: Ring, fraction: number): Uint8Array {
  const mask = new Uint8Array(fovLon.length);
  for (let i = 0; i < mask.length; i++) {
    const distance = distanceFromCenter(fovLon[i], fovLat[i], ring);
    mask[i] = Math.abs(distance - ring.radius) / ring.radius < fraction ? 1 : 0;
  }
  return mask;
}

/**
 * Fraction of a ring's circumference within a round camera centred on the pointing.
 *
 * Source: ctapipe 0.32 `ring_containment`, where a ring that encloses the whole camera also has a containment of 1.
 */
export function ringContainment({ centerFovLon, centerFovLat, radius }: Ring, cameraRadius: Radians): number {
  const distance = Math.hypot(centerFovLon, centerFovLat);
  if (distance <= Math.abs(cameraRadius - radius)) return 1;
  if (distance > radius + cameraRadius) return 0;
  const along = (radius * radius - cameraRadius * cameraRadius + distance * distance) / (2 * distance);
  return Math.acos(along / radius) / Math.PI;
}

/**
 * Fraction of equal sectors around the centre whose charge exceeds the threshold. Source: ctapipe 0.32
 * `ring_completeness`.
 */
export function ringCompleteness(
  { fovLon, fovLat, image }: RingImage,
  ring: Ring,
  threshold: PhotoElectrons,
  nSectors = 30,
): number {
  const charges = new Float64Array(nSectors);
  for (let i = 0; i < image.length; i++) {
    const angle = Math.atan2(fovLat[i] - ring.centerFovLat, fovLon[i] - ring.centerFovLon);
    charges[Math.min(nSectors - 1, Math.floor(((angle + Math.PI) / TWO_PI) * nSectors))] += image[i];
  }
  return charges.filter((charge) => charge > threshold).length / nSectors;
}

/**
 * Fraction of the selected pixels' charge in a band around the ring. Source: ctapipe 0.32
 * `intensity_ratio_inside_ring`.
 *
 * @param widths - pixel widths, rad
 * @param scale - width of the band in pixel widths
 */
export function intensityRatioInsideRing(
  { fovLon, fovLat, image }: RingImage,
  selected: ArrayLike<number>,
  ring: Ring,
  widths: Float64Array,
  scale: number,
): number {
  let inside = 0;
  let total = 0;
  for (let i = 0; i < selected.length; i++) {
    const pixel = selected[i];
    const distance = distanceFromCenter(fovLon[pixel], fovLat[pixel], ring);
    total += image[pixel];
    const half = 0.5 * scale * widths[pixel];
    if (distance >= ring.radius - half && distance <= ring.radius + half) inside += image[pixel];
  }
  return inside / total;
}

/**
 * Charge-weighted mean squared distance of the selected pixels from the ring, rad2. Source: ctapipe 0.32
 * `mean_squared_error`.
 */
export function meanSquaredError(
  { fovLon, fovLat, image }: RingImage,
  selected: ArrayLike<number>,
  ring: Ring,
): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < selected.length; i++) {
    const pixel = selected[i];
    sum += image[pixel] * (distanceFromCenter(fovLon[pixel], fovLat[pixel], ring) - ring.radius) ** 2;
    total += image[pixel];
  }
  return sum / total;
}

/** Charges inside and outside the band of a ring. */
export interface RingIntensity {
  /** Charge of all pixels inside the band. */
  readonly ringIntensity: PhotoElectrons;
  /** Charge of the cleaned pixels outside the band. */
  readonly intensityOutsideRing: PhotoElectrons;
  /** Number of cleaned pixels inside the band. */
  readonly nPixelsInRing: number;
  /** Mean charge of all pixels in the adjacent bands; NaN without pixels there. */
  readonly meanIntensityOutsideRing: PhotoElectrons;
}

/**
 * Computes the charges inside and outside the band of a ring. Source: ctapipe 0.32 `ring_intensity_parameters`.
 *
 * @param mask - 1 for each pixel that survives the cleaning
 * @param width - half-width of the band, in units of the radius
 * @param outerWidth - width of the two adjacent bands, in units of the radius
 */
export function ringIntensity(
  { fovLon, fovLat, image }: RingImage,
  mask: Uint8Array,
  ring: Ring,
  width: number,
  outerWidth: number,
): RingIntensity {
  let [inside, outside, nInside, beside, nBeside] = [0, 0, 0, 0, 0];
  for (let i = 0; i < image.length; i++) {
    const distance = Math.abs(distanceFromCenter(fovLon[i], fovLat[i], ring) - ring.radius);
    if (distance < ring.radius * width) {
      inside += image[i];
      nInside += mask[i];
      continue;
    }
    if (mask[i] !== 0) outside += image[i];
    if (distance < ring.radius * (width + outerWidth)) {
      beside += image[i];
      nBeside++;
    }
  }
  return {
    ringIntensity: inside,
    intensityOutsideRing: outside,
    nPixelsInRing: nInside,
    meanIntensityOutsideRing: beside / nBeside,
  };
}

/** Moments of the distribution of light over the distance from the centre of a ring. */
export interface RadialDistribution {
  readonly radialStdDev: Radians;
  readonly skewness: number;
  /** 0 for a normal distribution. */
  readonly excessKurtosis: number;
}

/**
 * Computes the charge-weighted moments of the distances of all pixels from the centre of a ring.
 *
 * All are NaN if negative charges make the variance negative. Source: ctapipe 0.32 `radial_light_distribution`.
 */
export function radialLightDistribution({ fovLon, fovLat, image }: RingImage, ring: Ring): RadialDistribution {
  let total = 0;
  let mean = 0;
  for (let i = 0; i < image.length; i++) {
    total += image[i];
    mean += image[i] * distanceFromCenter(fovLon[i], fovLat[i], ring);
  }
  mean /= total;
  let [second, third, fourth] = [0, 0, 0];
  for (let i = 0; i < image.length; i++) {
    const difference = distanceFromCenter(fovLon[i], fovLat[i], ring) - mean;
    const square = difference * difference;
    second += image[i] * square;
    third += image[i] * square * difference;
    fourth += image[i] * square * square;
  }
  const radialStdDev = Math.sqrt(second / total);
  return {
    radialStdDev,
    skewness: third / total / power(radialStdDev, 3),
    excessKurtosis: fourth / total / power(radialStdDev, 4) - 3,
  };
}

function distanceFromCenter(fovLon: number, fovLat: number, ring: Ring): Radians {
  const x = fovLon - ring.centerFovLon;
  const y = fovLat - ring.centerFovLat;
  return Math.sqrt(x * x + y * y);
}
