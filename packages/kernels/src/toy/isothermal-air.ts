import type { Grammage, Metres } from '../units.js';

/** Column density of the atmosphere at sea level, and its scale height. */
const SEA_LEVEL_DEPTH: Grammage = 1030;
const SCALE_HEIGHT: Metres = 8400;

/** Refractive index minus 1 at sea level, for the blue light to which photomultipliers are sensitive. */
const SEA_LEVEL_REFRACTIVITY = 2.9e-4;

/** Column density above a height in an isothermal atmosphere, along the vertical. Heights are above sea level. */
export function overburdenAbove(height: Metres): Grammage {
  return SEA_LEVEL_DEPTH * Math.exp(-height / SCALE_HEIGHT);
}

/** Height at a column density: the inverse of {@link overburdenAbove}. */
export function heightFromOverburden(depth: Grammage): Metres {
  return SCALE_HEIGHT * Math.log(SEA_LEVEL_DEPTH / depth);
}

/** Density of the air, g/cm2 per metre of path. */
export function airDensity(height: Metres): number {
  return overburdenAbove(height) / SCALE_HEIGHT;
}

/** Refractive index minus 1; proportional to the density. */
export function refractivity(height: Metres): number {
  return SEA_LEVEL_REFRACTIVITY * Math.exp(-height / SCALE_HEIGHT);
}

/** Delay of light on a vertical path from one height down to another, relative to light in vacuum, as a path length. */
export function opticalDelay(from: Metres, to: Metres): Metres {
  return SCALE_HEIGHT * (refractivity(to) - refractivity(from));
}
