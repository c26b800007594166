import {
  altAzToCartesian,
  cascadeLight,
  heightFromOverburden,
  depthOfMaximum,
  nominalToAltAz,
  RADIATION_LENGTH,
  type AltAz,
  type Cascade,
  type CascadeLight,
  type Grammage,
  type GroundPoint,
  type Metres,
  type Radians,
  type RandomStream,
  type TeV,
  type Vector3,
  power,
} from '@cherenkit/kernels';

import { protonCascades } from './proton-cascades.js';

/** Primary particles, the default first. */
export const PARTICLES = ['gamma', 'proton', 'muon'] as const;
/** Primary particle. */
export type Particle = (typeof PARTICLES)[number];

/** Particle ids in sim_telarray files, which are those of CORSIKA's iact package. */
export const PRIMARY_IDS: Readonly<Record<Particle, number>> = { gamma: 0, proton: 101, muon: 2 };

/** Distribution from which showers are drawn. */
export interface ToyShowerOptions {
  readonly particle: Particle;
  readonly energyMin: TeV;
  readonly energyMax: TeV;
  /** Spectral index of the power law of energies. */
  readonly spectralIndex: number;
  readonly pointing: AltAz;
  /** Altitude of the centre of the view cone above the pointing. */
  readonly sourceOffset: Radians;
  /** Maximum angle between a shower and the centre of the view cone. */
  readonly viewConeRadius: Radians;
  /** Maximum distance of the core from the centre of the array. */
  readonly coreRadius: Metres;
}

/** Primary particle. */
export interface Primary {
  readonly energy: TeV;
  readonly direction: AltAz;
  /** Unit vector towards its origin. */
  readonly axis: Vector3;
  /** Core position: intersection of the axis with the ground. */
  readonly core: GroundPoint;
}

/** Simulated shower, or a muon, which has no cascades. Heights are above sea level. */
export interface ToyShower extends Primary {
  readonly particle: Particle;
  readonly hFirstInt: Metres;
  /** NaN for a muon. */
  readonly xMax: Grammage;
  readonly cascades: readonly CascadeLight[];
}

/** Mean free path of gamma rays in air for pair production. */
const GAMMA_PATH: Grammage = (9 / 7) * RADIATION_LENGTH;

/** Draws the primary particle of a gamma-ray or proton shower. */
export function drawPrimary(random: RandomStream, options: ToyShowerOptions): Primary {
  const energy = drawPowerLaw(random, options.energyMin, options.energyMax, options.spectralIndex);
  const direction = drawDirection(random, options);
  const [x, y] = drawInDisc(random, options.coreRadius);
  return { energy, direction, axis: altAzToCartesian(direction), core: { x, y, z: 0 } };
}

/** Draws a gamma-ray or proton shower. */
export function drawShower(random: RandomStream, options: ToyShowerOptions, siteHeight: Metres): ToyShower {
  const { particle } = options;
  const primary = drawPrimary(random, options);
  const { energy, axis, core } = primary;
  const first = random.exponential();
  const [depth, cascades] =
    particle === 'gamma'
      ? gammaCascade(first * GAMMA_PATH, energy, axis, core)
      : protonCascades(random, first, energy, axis, core, siteHeight);
  return {
    ...primary,
    particle,
    hFirstInt: heightFromOverburden(depth * axis.z),
    xMax: meanMaximum(cascades),
    cascades: cascades.map((cascade) => cascadeLight(cascade, siteHeight)),
  };
}

/** Draws the direction of a primary particle. */
export function drawDirection(
  random: RandomStream,
  { pointing, sourceOffset, viewConeRadius }: ToyShowerOptions,
): AltAz {
  const [fovLon, fovLat] = drawInDisc(random, viewConeRadius);
  return nominalToAltAz({ fovLon, fovLat }, nominalToAltAz({ fovLon: 0, fovLat: sourceOffset }, pointing));
}

/** Draws from a power law between two limits. */
export function drawPowerLaw(random: RandomStream, min: number, max: number, index: number): number {
  const u = random.uniform();
  if (index === -1) return min * power(max / min, u);
  const [low, high] = [power(min, index + 1), power(max, index + 1)];
  return power(low + u * (high - low), 1 / (index + 1));
}

/** Draws a uniformly distributed point in a disc. */
export function drawInDisc(random: RandomStream, radius: number): [number, number] {
  const r = radius * Math.sqrt(random.uniform());
  const angle = 2 * Math.PI * random.uniform();
  return [r * Math.cos(angle), r * Math.sin(angle)];
}

/**
 * Cascade of a gamma ray. The depth of the first pair production shifts the whole cascade; Greisen's formula describes
 * the mean one.
 */
function gammaCascade(
  first: Grammage,
  energy: TeV,
  axis: Vector3,
  core: GroundPoint,
): [first: Grammage, cascades: Cascade[]] {
  return [first, [{ energy, axis, core, start: first - GAMMA_PATH }]];
}

/** Depth of the shower maximum: the energy-weighted mean of its cascades. */
function meanMaximum(cascades: readonly Cascade[]): Grammage {
  let sum = 0;
  let weights = 0;
  for (const { energy, start } of cascades) {
    sum += energy * (start + RADIATION_LENGTH * depthOfMaximum(energy));
    weights += energy;
  }
  return sum / weights;
}
