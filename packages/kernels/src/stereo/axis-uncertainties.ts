import type { PhotoElectrons, Radians } from '../units.js';

/**
 * Standard deviations of the position and direction of an image axis; the first two in the unit of the image's length.
 */
export interface AxisUncertainties {
  /** Along the axis, of the image of the shower maximum. */
  readonly along: number;
  /** Across the axis, of the centroid. */
  readonly across: number;
  readonly psi: Radians;
}

/** Variance of the charge of a cleaned image, in units of the Poisson variance; see below. */
const EXCESS_VARIANCE = 2;

/** Distance between the centroid and the image of the shower maximum, in units of the image's length; see below. */
const OFFSET_OF_MAXIMUM = 0.2;

/**
 * Estimates the uncertainties of the axis of a cleaned image from its Hillas parameters.
 *
 * If the charge were a sample of N independent photo-electrons from a two-dimensional normal distribution, the
 * uncertainties would be length / sqrt(N) and width / sqrt(N) for the centroid, and length width / (length2 - width2) /
 * sqrt(N) for the direction of the major axis. There are two further contributions:
 *
 * - Cleaning keeps or removes a pixel at the edge of the image as a whole. Its charge is near the threshold of a few
 *   photo-electrons, so that it varies twice as much as the photo-electrons do, and such pixels are farthest from the
 *   axis. Variances are therefore doubled.
 * - The centroid is not quite the image of the shower maximum: the angle is inversely proportional to the distance of
 *   the emission, which varies by a fifth. A fifth of the length is therefore added along the axis, in quadrature.
 *
 * Source: T. W. Anderson, Annals of Mathematical Statistics 34 (1963) 122, for the principal axes of a sample; the two
 * constants reproduce the scatter of simulated showers.
 *
 * @param intensity - sum of the charges, N
 */
export function axisUncertainties(intensity: PhotoElectrons, length: number, width: number): AxisUncertainties {
  const root = Math.sqrt(intensity / EXCESS_VARIANCE);
  return {
    along: Math.hypot(length / root, OFFSET_OF_MAXIMUM * length),
    across: width / root,
    psi: (length * width) / ((length * length - width * width) * root),
  };
}
