import type { PhotoElectrons, Radians } from '../units.js';

/** A ring on the sky around a telescope's pointing. */
export interface Ring {
  readonly centerFovLon: Radians;
  readonly centerFovLat: Radians;
  readonly radius: Radians;
}

/** Pixels of a camera on the sky, and their charges. */
export interface RingImage {
  readonly fovLon: Float64Array;
  readonly fovLat: Float64Array;
  readonly image: ArrayLike<number>;
}

const TWO_PI = 2 * Math.PI;

/** Pixels that lie at most this part of the radius from the ring, as 1. */
export function pixelsNearRing({ fovLon, fovLat }: RingImage, ring: Ring, part: number): Uint8Array {
  const mask = new Uint8Array(fovLon.length);
  for (let i = 0; i < mask.length; i++) {
    const distance = distanceFromCenter(fovLon[i], fovLat[i], ring);
    mask[i] = Math.abs(distance - ring.radius) / ring.radius < part ? 1 : 0;
  }
  return mask;
}

/**
 * The part of a ring's circumference within a round camera. Source: ctapipe 0.32 `ring_containment`, for which a ring around
 * the whole camera is contained, too.
 */
export function ringContainment({ centerFovLon, centerFovLat, radius }: Ring, cameraRadius: Radians): number {
  const distance = Math.hypot(centerFovLon, centerFovLat);
  if (distance <= Math.abs(cameraRadius - radius)) return 1;
  if (distance > radius + cameraRadius) return 0;
  const along = (radius * radius - cameraRadius * cameraRadius + distance * distance) / (2 * distance);
  return Math.acos(along / radius) / Math.PI;
}

/** The part of equal sectors around the centre with more charge than the threshold. Source: ctapipe 0.32 `ring_completeness`. */
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

/** The part of the selected pixels' charge in a band of this width around the ring. Source: ctapipe 0.32 `intensity_ratio_inside_ring`. */
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

/** The mean squared distance of the selected pixels from the ring, weighted with their charges. Source: ctapipe 0.32 `mean_squared_error`. */
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

/** Charges on the ring and beside it. */
export interface RingIntensity {
  /** Of all pixels in the band of the ring. */
  readonly ringIntensity: PhotoElectrons;
  /** Of the cleaned pixels outside of it. */
  readonly intensityOutsideRing: PhotoElectrons;
  /** Cleaned pixels in the band. */
  readonly nPixelsInRing: number;
  /** Of all pixels in the bands next to it; NaN where there are none. */
  readonly meanIntensityOutsideRing: PhotoElectrons;
}

/**
 * Charges on the ring and beside it. Source: ctapipe 0.32 `ring_intensity_parameters`.
 *
 * @param mask - the cleaned pixels
 * @param width - of the band of the ring on either side, in radii
 * @param outerWidth - of the bands next to it, in radii
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

/** The distribution of the light in its distance from the centre. */
export interface RadialDistribution {
  readonly radialStdDev: Radians;
  readonly skewness: number;
  /** 0 for a normal distribution. */
  readonly excessKurtosis: number;
}

/**
 * Moments of the distances of all pixels from the centre, weighted with their charges. Source: ctapipe 0.32
 * `radial_light_distribution`; noise below 0 may leave no standard deviation, and all is NaN.
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
    skewness: third / total / radialStdDev ** 3,
    excessKurtosis: fourth / total / radialStdDev ** 4 - 3,
  };
}

function distanceFromCenter(fovLon: number, fovLat: number, ring: Ring): Radians {
  const x = fovLon - ring.centerFovLon;
  const y = fovLat - ring.centerFovLat;
  return Math.sqrt(x * x + y * y);
}
