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
} from '@cherenkit/kernels';

import { protonCascades } from './proton-cascades.js';

/** What there is, the first one being the default. */
export const PARTICLES = ['gamma', 'proton', 'muon'] as const;
export type Particle = (typeof PARTICLES)[number];

/** Primary particles as CORSIKA's users number them in sim_telarray files. */
export const PRIMARY_IDS: Readonly<Record<Particle, number>> = { gamma: 0, proton: 101, muon: 2 };

/** What showers are drawn from. */
export interface ToyShowerOptions {
  readonly particle: Particle;
  readonly energyMin: TeV;
  readonly energyMax: TeV;
  /** Of the power law of the energies. */
  readonly spectralIndex: number;
  readonly pointing: AltAz;
  /** The centre of the view cone, this much above the pointing. */
  readonly sourceOffset: Radians;
  /** Largest angle between shower and the centre of the view cone. */
  readonly viewConeRadius: Radians;
  /** Largest distance of a core from the centre of the array. */
  readonly coreRadius: Metres;
}

/** What comes in. */
export interface Primary {
  readonly energy: TeV;
  readonly direction: AltAz;
  /** Unit vector to where it comes from. */
  readonly axis: Vector3;
  /** Where the axis meets the ground. */
  readonly core: GroundPoint;
}

/** The truth about one shower, or about a muon, which has no light of cascades; heights are above sea level. */
export interface ToyShower extends Primary {
  readonly particle: Particle;
  readonly hFirstInt: Metres;
  /** NaN for a muon. */
  readonly xMax: Grammage;
  readonly cascades: readonly CascadeLight[];
}

/** Mean path of a gamma in air until it makes a pair. */
export const GAMMA_PATH: Grammage = (9 / 7) * RADIATION_LENGTH;

/** A gamma or proton, before it meets the air. */
export function drawPrimary(random: RandomStream, options: ToyShowerOptions): Primary {
  const energy = drawPowerLaw(random, options.energyMin, options.energyMax, options.spectralIndex);
  const direction = drawDirection(random, options);
  const [x, y] = drawInDisc(random, options.coreRadius);
  return { energy, direction, axis: altAzToCartesian(direction), core: { x, y, z: 0 } };
}

/** The shower of a gamma or of a proton. */
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

/** Where a particle comes from. */
export function drawDirection(
  random: RandomStream,
  { pointing, sourceOffset, viewConeRadius }: ToyShowerOptions,
): AltAz {
  const [fovLon, fovLat] = drawInDisc(random, viewConeRadius);
  return nominalToAltAz({ fovLon, fovLat }, nominalToAltAz({ fovLon: 0, fovLat: sourceOffset }, pointing));
}

export function drawPowerLaw(random: RandomStream, min: number, max: number, index: number): number {
  const u = random.uniform();
  if (index === -1) return min * (max / min) ** u;
  const [low, high] = [min ** (index + 1), max ** (index + 1)];
  return (low + u * (high - low)) ** (1 / (index + 1));
}

/** A place in a disc, all parts of it being equally likely. */
export function drawInDisc(random: RandomStream, radius: number): [number, number] {
  const r = radius * Math.sqrt(random.uniform());
  const angle = 2 * Math.PI * random.uniform();
  return [r * Math.cos(angle), r * Math.sin(angle)];
}

/** A gamma that makes its first pair early or late shifts the whole cascade; Greisen's formula is of the mean one. */
function gammaCascade(
  first: Grammage,
  energy: TeV,
  axis: Vector3,
  core: GroundPoint,
): [first: Grammage, cascades: Cascade[]] {
  return [first, [{ energy, axis, core, start: first - GAMMA_PATH }]];
}

/** Depth of the maximum, that of the cascades by their energy. */
function meanMaximum(cascades: readonly Cascade[]): Grammage {
  let sum = 0;
  let weights = 0;
  for (const { energy, start } of cascades) {
    sum += energy * (start + RADIATION_LENGTH * depthOfMaximum(energy));
    weights += energy;
  }
  return sum / weights;
}
