import type { Grammage } from '../units.js';

/** Radiation length of electrons in air, and the energy at which they lose as much to ionization as to radiation. */
export const RADIATION_LENGTH: Grammage = 36.66;
const CRITICAL_ENERGY_MEV = 83;

/** Electrons whose speed is above that of light in air have more than this over the root of twice the refractivity. */
const ELECTRON_MASS_MEV = 0.511;
const MEV_PER_TEV = 1e6;

/** Radiation lengths from the start of a cascade to its maximum. */
export function lengthToMaximum(energyTev: number): number {
  return Math.log((energyTev * MEV_PER_TEV) / CRITICAL_ENERGY_MEV);
}

/** How old a cascade is after so many radiation lengths: 0 at its start, 1 at its maximum, then up to 3. */
export function showerAge(length: number, maximum: number): number {
  return (3 * length) / (length + 2 * maximum);
}

/**
 * Electrons and positrons in a cascade of one gamma.
 *
 * Source: K. Greisen, Prog. Cosmic Ray Physics 3 (1956) 1.
 *
 * @param length - from its start, radiation lengths
 * @param maximum - that of its maximum, see {@link lengthToMaximum}
 */
export function electronCount(length: number, maximum: number): number {
  if (length <= 0 || maximum <= 0) return 0;
  return (0.31 / Math.sqrt(maximum)) * Math.exp(length * (1 - 1.5 * Math.log(showerAge(length, maximum))));
}

/**
 * The part of the electrons that are fast enough to emit Cherenkov light.
 *
 * Source: A. M. Hillas, J. Phys. G 8 (1982) 1461, equation 6.
 *
 * @param refractivity - refractive index less 1
 */
export function radiatingPart(age: number, refractivity: number): number {
  const threshold = ELECTRON_MASS_MEV / Math.sqrt(2 * refractivity);
  const scale = age < 0.4 ? 26 : 44 - 17 * (age - 1.46) ** 2;
  return ((0.89 * scale - 1.2) / (scale + threshold)) ** age / (1 + 1e-4 * age * threshold) ** 2;
}
