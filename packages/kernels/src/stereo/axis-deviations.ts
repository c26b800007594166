import type { PhotoElectrons, Radians } from '../units.js';

/** Standard deviations of the place of an image and of its major axis; the first two in the unit of its length. */
export interface AxisDeviations {
  /** Of the image of the shower's maximum, along the axis. */
  readonly along: number;
  /** Of the centroid across the axis. */
  readonly across: number;
  readonly psi: Radians;
}

/** Variance of a cleaned image's charges, in that of its photo-electrons: see below. */
const EXCESS_VARIANCE = 2;

/** How far the centroid may lie from the image of the shower's maximum, in lengths of the image: see below. */
const OFFSET_OF_MAXIMUM = 0.2;

/**
 * How well the moments of a cleaned image tell the place and the direction of its axis.
 *
 * If the charge were a sample of N independent photo-electrons of a two-dimensional normal distribution, the centroid would
 * be known to length / sqrt(N) and width / sqrt(N), and the larger principal axis to
 * length width / (length2 - width2) / sqrt(N). Two things come on top. A pixel at the edge of the image is kept or lost as a
 * whole: near the threshold, of a few photo-electrons, its charge varies as much again as photo-electrons do, and such pixels
 * lie farthest out; so variances are doubled. And along the axis the centroid is not quite the image of the maximum: the
 * angle goes as the inverse of the distance from which light comes, and that varies by a fifth; so a fifth of the length is
 * added there, in quadrature.
 *
 * Source: T. W. Anderson, Annals of Mathematical Statistics 34 (1963) 122, for the principal axes of a sample; the two
 * constants reproduce the scatter of simulated showers.
 *
 * @param intensity - the sum of the charges, N
 */
export function axisDeviations(intensity: PhotoElectrons, length: number, width: number): AxisDeviations {
  const root = Math.sqrt(intensity / EXCESS_VARIANCE);
  return {
    along: Math.hypot(length / root, OFFSET_OF_MAXIMUM * length),
    across: width / root,
    psi: (length * width) / ((length * length - width * width) * root),
  };
}
