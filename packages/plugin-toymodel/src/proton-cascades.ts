import {
  heightFromOverburden,
  RADIATION_LENGTH,
  type Cascade,
  type Grammage,
  type GroundPoint,
  type Metres,
  type RandomStream,
  type TeV,
  type Vector3,
} from '@cherenkit/kernels';

import { perpendicularVectors } from './perpendicular-vectors.js';

/** Interaction length of hadrons in air at 1 TeV; it decreases with energy. */
const HADRON_PATH: Grammage = 85;

/** Mean fraction of the energy lost per interaction, and fraction of it that goes into neutral pions. */
const INELASTICITY = 0.5;
const NEUTRAL_PART = 1 / 3;
const MAX_INTERACTIONS = 6;

/** Mean transverse momentum of a gamma ray, as an energy. */
const TRANSVERSE_MOMENTUM: TeV = 0.4e-3;
const LARGEST_ANGLE = 0.1;

/** Minimum energy of a cascade: less energetic ones emit negligible light. */
const LEAST_ENERGY: TeV = 1e-3;

/**
 * Simplified proton shower: in each of a few interactions the leading hadron loses half of its energy, of which a third
 * goes into electromagnetic cascades. Cascades of lower energy deviate more from the shower axis. The images of such
 * showers are irregular and wide, and contain half the light of gamma-ray images of the same energy.
 *
 * @param first - depth of the first interaction, in interaction lengths
 */
export function protonCascades(
  random: RandomStream,
  first: number,
  energy: TeV,
  axis: Vector3,
  core: GroundPoint,
  siteHeight: Metres,
): [first: Grammage, cascades: Cascade[]] {
  const cascades: Cascade[] = [];
  const path = HADRON_PATH * energy ** -0.05;
  const firstDepth = first * path;
  let depth = firstDepth;
  let leading = energy;
  for (let interaction = 0; interaction < MAX_INTERACTIONS && leading > LEAST_ENERGY; interaction++) {
    const lost = leading * Math.min(0.95, Math.max(0.1, INELASTICITY + 0.2 * random.normal()));
    leading -= lost;
    // Charged pions interact again and produce neutral ones: in total, half of the energy goes into gamma rays.
    addInteraction(random, lost * NEUTRAL_PART * 1.5, depth, axis, core, siteHeight, cascades);
    depth += path * random.exponential();
  }
  return [firstDepth, cascades];
}

/** Gamma rays of one interaction: their number increases with the energy, which is distributed randomly among them. */
function addInteraction(
  random: RandomStream,
  energy: TeV,
  depth: Grammage,
  axis: Vector3,
  core: GroundPoint,
  siteHeight: Metres,
  cascades: Cascade[],
): void {
  const count = 3 + random.poisson(4 + 2 * Math.max(0, Math.log10(energy / 0.01)));
  const shares = Float64Array.from({ length: count }, () => random.exponential());
  const sum = shares.reduce((total, share) => total + share, 0);
  const height = heightFromOverburden(depth * axis.z) - siteHeight;
  const distance = height / axis.z;
  const origin = { x: core.x + distance * axis.x, y: core.y + distance * axis.y, z: height };
  for (const share of shares) {
    const own = (energy * share) / sum;
    const size = Math.min(
      LARGEST_ANGLE,
      (TRANSVERSE_MOMENTUM * (random.exponential() + random.exponential())) / (2 * own),
    );
    const angle = 2 * Math.PI * random.uniform();
    const start = depth + (9 / 7) * RADIATION_LENGTH * (random.exponential() - 1);
    if (own < LEAST_ENERGY || height <= 0) continue;
    const tilted = rotated(axis, size * Math.cos(angle), size * Math.sin(angle));
    const toGround = height / tilted.z;
    const ownCore = { x: origin.x - toGround * tilted.x, y: origin.y - toGround * tilted.y, z: 0 };
    cascades.push({ energy: own, axis: tilted, core: ownCore, start });
  }
}

/** Unit vector rotated by small angles in two directions perpendicular to it. */
function rotated(axis: Vector3, first: number, second: number): Vector3 {
  const [u, v] = perpendicularVectors(axis);
  const x = axis.x + first * u.x + second * v.x;
  const y = axis.y + first * u.y + second * v.y;
  const z = axis.z + first * u.z + second * v.z;
  const length = Math.hypot(x, y, z);
  return { x: x / length, y: y / length, z: z / length };
}
