import type { Metres, Radians, TeV } from '../units.js';

const MUON_MASS: TeV = 0.1056584e-3;
const FINE_STRUCTURE = 1 / 137.036;

/** Wavelength range to which cameras are sensitive. */
const SHORTEST: Metres = 300e-9;
const LONGEST: Metres = 600e-9;

/** Cherenkov angle of a muon; 0 below the threshold. */
export function muonConeAngle(energy: TeV, refractivity: number): Radians {
  const gamma = energy / MUON_MASS;
  const cosine = 1 / (Math.sqrt(1 - 1 / (gamma * gamma)) * (1 + refractivity));
  return gamma > 1 && cosine < 1 ? Math.acos(cosine) : 0;
}

/**
 * Chord of a round mirror through the impact point of a muon: the part of its light along one azimuth that hits the
 * mirror.
 *
 * @param angle - between the chord and the direction of the mirror's centre
 * @param impact - distance of the impact point from the centre, in units of the radius
 * @returns length in units of the radius
 */
export function mirrorChord(angle: Radians, impact: number): number {
  const across = impact * Math.sin(angle);
  const inside = 1 - across * across;
  if (inside <= 0) return 0;
  const half = Math.sqrt(inside);
  const toCentre = impact * Math.cos(angle);
  if (impact <= 1) return half + toCentre;
  return toCentre > 0 ? 2 * half : 0;
}

/**
 * Photons per radian of azimuth and metre of chord.
 *
 * Source: G. Vacanti et al., Astropart. Phys. 2 (1994) 1, equation 6.
 */
export function muonPhotons(coneAngle: Radians): number {
  return (FINE_STRUCTURE / 2) * (1 / SHORTEST - 1 / LONGEST) * Math.sin(2 * coneAngle);
}
