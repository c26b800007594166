import type { Grammage, Metres } from '../units.js';

/** All of the air above sea level, and the height in which its density falls to 1/e. */
const SEA_LEVEL_DEPTH: Grammage = 1030;
const SCALE_HEIGHT: Metres = 8400;

/** Refractive index less 1 at sea level, for the blue light that photomultipliers see. */
const SEA_LEVEL_REFRACTIVITY = 2.9e-4;

/** Air above a height, seen vertically, in an atmosphere of one temperature. Heights are above sea level. */
export function airAbove(height: Metres): Grammage {
  return SEA_LEVEL_DEPTH * Math.exp(-height / SCALE_HEIGHT);
}

/** The inverse of {@link airAbove}. */
export function heightBelow(depth: Grammage): Metres {
  return SCALE_HEIGHT * Math.log(SEA_LEVEL_DEPTH / depth);
}

/** Matter that a metre of path crosses at a height, g/cm2 per metre. */
export function airDensity(height: Metres): number {
  return airAbove(height) / SCALE_HEIGHT;
}

/** Refractive index less 1; it goes with the density. */
export function refractivity(height: Metres): number {
  return SEA_LEVEL_REFRACTIVITY * Math.exp(-height / SCALE_HEIGHT);
}

/** What light on its way down, from one height to another, falls behind light in a vacuum, as a path: vertical. */
export function opticalDelay(from: Metres, to: Metres): Metres {
  return SCALE_HEIGHT * (refractivity(to) - refractivity(from));
}
