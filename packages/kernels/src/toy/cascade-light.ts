import { impactDistance, type GroundPoint, type Vector3 } from '../frames/index.js';
import type { Grammage, Metres, Radians, SquareMetres, TeV } from '../units.js';
import { electronCount, depthOfMaximum, RADIATION_LENGTH, cherenkovFraction, showerAge } from './electron-profile.js';
import { overburdenAbove, airDensity, heightFromOverburden, opticalDelay, refractivity } from './isothermal-air.js';

/** Electromagnetic cascade: that of a gamma ray, or one of several in a proton shower. */
export interface Cascade {
  readonly energy: TeV;
  /** Unit vector towards the origin of the primary particle, in the axes of the ground frame. */
  readonly axis: Vector3;
  /** Intersection of the axis with the plane z = 0. */
  readonly core: GroundPoint;
  /** Slant depth at which the cascade starts, from the top of the atmosphere. */
  readonly start: Grammage;
}

/** Cherenkov light emitted by a cascade, in steps along its axis from the highest to the lowest. */
export interface CascadeLight {
  readonly cascade: Cascade;
  readonly nSteps: number;
  /** Boundaries of the steps as distances from the core, m: nSteps + 1 entries. */
  readonly along: Float64Array;
  /** Photons from 300 to 600 nm emitted in each step, after attenuation down to the ground. */
  readonly photons: Float64Array;
  /** Cherenkov angle at each step, rad. */
  readonly coneAngle: Float64Array;
  /** Lateral width of the cascade, m: standard deviation of each coordinate perpendicular to the axis. */
  readonly width: Float64Array;
  /** Delay of the light relative to light in vacuum, as a path length, m. */
  readonly delay: Float64Array;
}

const STEP: Grammage = 12;

/**
 * Photons per metre of track and unit of squared sine of the Cherenkov angle, in this wavelength range: 2 pi alpha
 * (1/300 nm - 1/600 nm).
 */
const PHOTONS_PER_METRE = ((2 * Math.PI) / 137.036) * (1 / 300e-9 - 1 / 600e-9);

/** Attenuation length of light in air. */
const LIGHT_ATTENUATION: Grammage = 1800;

/**
 * Moliere radius times density, and the fraction of it that electrons above the Cherenkov threshold occupy at the
 * maximum.
 */
const MOLIERE_RADIUS: Grammage = 9.3;
const WIDTH_AT_MAXIMUM = 0.04;

/**
 * Computes the Cherenkov light of a cascade along its axis.
 *
 * @param siteHeight - height of the plane z = 0 above sea level
 */
export function cascadeLight(cascade: Cascade, siteHeight: Metres): CascadeLight {
  const { axis, energy } = cascade;
  const maximum = depthOfMaximum(energy);
  const first = Math.max(cascade.start, 1);
  const last = overburdenAbove(siteHeight) / axis.z;
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
  const distanceAt = (depth: Grammage): Metres => (heightFromOverburden(depth * axis.z) - siteHeight) / axis.z;
  for (let i = 0; i <= nSteps; i++) light.along[i] = distanceAt(Math.min(first + i * STEP, last));
  for (let i = 0; i < nSteps; i++) {
    const depth = first + (i + 0.5) * STEP;
    const height = heightFromOverburden(depth * axis.z);
    const length = (depth - cascade.start) / RADIATION_LENGTH;
    const age = showerAge(length, maximum);
    const index = refractivity(height);
    const path = light.along[i] - light.along[i + 1];
    const scattered = (last - depth) / LIGHT_ATTENUATION;
    light.photons[i] =
      electronCount(length, maximum) *
      cherenkovFraction(age, index) *
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
 * Computes the photons from each step that hit a mirror; returns their sum.
 *
 * @param position - of the mirror, in the ground frame
 * @param expected - result, photons per step
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
 * Photons per solid angle at an angle to the axis, as a fraction of all: the Cherenkov cone, smeared by the directions
 * of the electrons.
 *
 * Source: M. Lemoine-Goumard, B. Degrange and M. Tluczykont, Astropart. Phys. 25 (2006) 195, equation 3.
 */
function photonDensity(angle: Radians, coneAngle: Radians): number {
  const inside = 1 / (9 * Math.PI * coneAngle * coneAngle);
  return angle <= coneAngle ? inside : ((inside * coneAngle) / angle) * Math.exp((coneAngle - angle) / (4 * coneAngle));
}
