import type { Grammage } from '../units.js';

/**
 * Radiation length of electrons in air, and the critical energy, at which ionization and radiation losses are equal.
 */
export const RADIATION_LENGTH: Grammage = 36.66;
const CRITICAL_ENERGY_MEV = 83;

/** The Cherenkov threshold of electrons is this energy over the square root of twice the refractivity. */
const ELECTRON_MASS_MEV = 0.511;
const MEV_PER_TEV = 1e6;

/** Depth of the shower maximum, in radiation lengths from the start of the cascade. */
export function depthOfMaximum(energyTev: number): number {
  return Math.log((energyTev * MEV_PER_TEV) / CRITICAL_ENERGY_MEV);
}

/** Shower age at a depth in radiation lengths: 0 at the start, 1 at the maximum, at most 3. */
export function showerAge(length: number, maximum: number): number {
  return (3 * length) / (length + 2 * maximum);
}

/**
 * Number of electrons and positrons in the cascade of a gamma ray.
 *
 * Source: K. Greisen, Prog. Cosmic Ray Physics 3 (1956) 1.
 *
 * @param length - depth in radiation lengths, from the start of the cascade
 * @param maximum - depth of the maximum, see {@link depthOfMaximum}
 */
export function electronCount(length: number, maximum: number): number {
  if (length <= 0 || maximum <= 0) return 0;
  return (0.31 / Math.sqrt(maximum)) * Math.exp(length * (1 - 1.5 * Math.log(showerAge(length, maximum))));
}

/**
 * Fraction of the electrons above the Cherenkov threshold.
 *
 * Source: A. M. Hillas, J. Phys. G 8 (1982) 1461, equation 6.
 *
 * @param refractivity - refractive index minus 1
 */
export function cherenkovFraction(age: number, refractivity: number): number {
  const threshold = ELECTRON_MASS_MEV / Math.sqrt(2 * refractivity);
  const scale = age < 0.4 ? 26 : 44 - 17 * (age - 1.46) ** 2;
  return ((0.89 * scale - 1.2) / (scale + threshold)) ** age / (1 + 1e-4 * age * threshold) ** 2;
}
