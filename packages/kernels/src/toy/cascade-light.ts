import { impactDistance, type GroundPoint, type Vector3 } from '../frames/index.js';
import type { Grammage, Metres, Radians, SquareMetres, TeV } from '../units.js';
import { electronCount, lengthToMaximum, RADIATION_LENGTH, radiatingPart, showerAge } from './electron-profile.js';
import { airAbove, airDensity, heightBelow, opticalDelay, refractivity } from './isothermal-air.js';

/** One electromagnetic cascade: what a gamma makes, or a part of what a proton makes. */
export interface Cascade {
  readonly energy: TeV;
  /** Unit vector to where it comes from, in the axes of the ground frame. */
  readonly axis: Vector3;
  /** Where its axis meets the plane z = 0. */
  readonly core: GroundPoint;
  /** Where it starts, along its axis from the top of the atmosphere. */
  readonly start: Grammage;
}

/** What a cascade radiates, in steps along its axis, the first ones highest. */
export interface CascadeLight {
  readonly cascade: Cascade;
  readonly nSteps: number;
  /** Ends of the steps as distances from the core: one more than steps. */
  readonly along: Float64Array;
  /** Photons from 300 to 600 nm that would reach the ground. */
  readonly photons: Float64Array;
  /** Angle of Cherenkov light at the step. */
  readonly coneAngle: Float64Array;
  /** How wide the cascade is, across its axis: standard deviation of each coordinate. */
  readonly width: Float64Array;
  /** What the light falls behind the particles because it is slower than in a vacuum, as a path. */
  readonly delay: Float64Array;
}

const STEP: Grammage = 12;

/** Photons per metre and unit of squared sine of the angle, for the wavelengths above: 2 pi alpha (1/300 nm - 1/600 nm). */
const PHOTONS_PER_METRE = ((2 * Math.PI) / 137.036) * (1 / 300e-9 - 1 / 600e-9);

/** Air in which light is scattered away but for 1/e. */
const LIGHT_ATTENUATION: Grammage = 1800;

/** Moliere's radius times the density, and the part of it that the electrons of Cherenkov energies take at the maximum. */
const MOLIERE_RADIUS: Grammage = 9.3;
const WIDTH_AT_MAXIMUM = 0.04;

/**
 * The light of a cascade along its axis.
 *
 * @param siteHeight - above sea level, of the plane z = 0
 */
export function cascadeLight(cascade: Cascade, siteHeight: Metres): CascadeLight {
  const { axis, energy } = cascade;
  const maximum = lengthToMaximum(energy);
  const first = Math.max(cascade.start, 1);
  const last = airAbove(siteHeight) / axis.z;
  const nSteps = Math.max(0, Math.ceil((last - first) / STEP));
  const light = {
    cascade,
    nSteps,
    along: new Float64Array(nSteps + 1),
    photons: new Float64Array(nSteps),
    coneAngle: new Float64Array(nSteps),
    width: new Float64Array(nSteps),
    delay: new Float64Array(nSteps),
  };
  const distanceAt = (depth: Grammage): Metres => (heightBelow(depth * axis.z) - siteHeight) / axis.z;
  for (let i = 0; i <= nSteps; i++) light.along[i] = distanceAt(Math.min(first + i * STEP, last));
  for (let i = 0; i < nSteps; i++) {
    const depth = first + (i + 0.5) * STEP;
    const height = heightBelow(depth * axis.z);
    const length = (depth - cascade.start) / RADIATION_LENGTH;
    const age = showerAge(length, maximum);
    const index = refractivity(height);
    const path = light.along[i] - light.along[i + 1];
    const scattered = (last - depth) / LIGHT_ATTENUATION;
    light.photons[i] =
      electronCount(length, maximum) *
      radiatingPart(age, index) *
      path *
      PHOTONS_PER_METRE *
      2 *
      index *
      Math.exp(-scattered);
    light.coneAngle[i] = Math.sqrt(2 * index);
    light.width[i] = (WIDTH_AT_MAXIMUM * age * MOLIERE_RADIUS) / airDensity(height);
    light.delay[i] = opticalDelay(height, siteHeight) / axis.z;
  }
  return light;
}

/**
 * Photons that a mirror catches of each step; returns their sum.
 *
 * @param position - of the mirror
 * @param expected - result, one entry per step
 */
export function photonsOnMirror(
  { cascade: { core, axis }, nSteps, along, photons, coneAngle }: CascadeLight,
  position: GroundPoint,
  mirrorArea: SquareMetres,
  expected: Float64Array,
): number {
  const impact = impactDistance(position, core, axis);
  const foot = (position.x - core.x) * axis.x + (position.y - core.y) * axis.y + (position.z - core.z) * axis.z;
  let sum = 0;
  for (let i = 0; i < nSteps; i++) {
    const distance = (along[i] + along[i + 1]) / 2 - foot;
    expected[i] = 0;
    if (distance <= 0) continue;
    const area = mirrorArea / (distance * distance + impact * impact);
    expected[i] = photons[i] * area * photonDensity(Math.atan2(impact, distance), coneAngle[i]);
    sum += expected[i];
  }
  return sum;
}

/**
 * The part of the light that goes into a unit of solid angle, at an angle to the axis: the cone of the Cherenkov angle,
 * smeared by the directions of the electrons.
 *
 * Source: M. Lemoine-Goumard, B. Degrange and M. Tluczykont, Astropart. Phys. 25 (2006) 195, equation 3.
 */
function photonDensity(angle: Radians, coneAngle: Radians): number {
  const inside = 1 / (9 * Math.PI * coneAngle * coneAngle);
  return angle <= coneAngle ? inside : ((inside * coneAngle) / angle) * Math.exp((coneAngle - angle) / (4 * coneAngle));
}
