import {
  nominalToAltAz,
  type AltAz,
  type Grammage,
  type GroundPoint,
  type Metres,
  type Radians,
  type RandomStream,
  type TeV,
} from '@cherenkit/kernels';

/** What showers are drawn from. */
export interface ToyShowerOptions {
  readonly energyMin: TeV;
  readonly energyMax: TeV;
  /** Of the power law of the energies. */
  readonly spectralIndex: number;
  readonly pointing: AltAz;
  /** Largest angle between shower and pointing. */
  readonly viewConeRadius: Radians;
  /** Largest distance of a core from the centre of the array. */
  readonly coreRadius: Metres;
}

/** The truth about one shower; heights are above sea level. */
export interface ToyShower {
  readonly energy: TeV;
  readonly direction: AltAz;
  /** Where the axis meets the ground. */
  readonly core: GroundPoint;
  readonly hFirstInt: Metres;
  readonly hMax: Metres;
  readonly xMax: Grammage;
}

/** An atmosphere of one temperature: all of it, and the height in which all but 1/e of it is below. */
const GROUND_GRAMMAGE: Grammage = 1030;
const SCALE_HEIGHT: Metres = 8400;

/** Mean free path of a gamma in air: 9/7 of a radiation length. */
const FREE_PATH: Grammage = (9 / 7) * 36.7;

/** A shower of a gamma. */
export function drawShower(random: RandomStream, options: ToyShowerOptions): ToyShower {
  const energy = drawPowerLaw(random, options.energyMin, options.energyMax, options.spectralIndex);
  const [fovLon = 0, fovLat = 0] = drawInDisc(random, options.viewConeRadius);
  const direction = nominalToAltAz({ fovLon, fovLat }, options.pointing);
  const [x = 0, y = 0] = drawInDisc(random, options.coreRadius);
  // The mean depth of the maximum of gammas, as ctapipe's ImPACT has it, and its scatter.
  const xMax = 300 + 93 * Math.log10(energy) + 30 * random.normal();
  return {
    energy,
    direction,
    core: { x, y, z: 0 },
    hFirstInt: heightOf(FREE_PATH * random.exponential(), direction.alt),
    hMax: heightOf(xMax, direction.alt),
    xMax,
  };
}

/** Where a shower that comes in at this altitude has crossed so much matter. */
function heightOf(depth: Grammage, alt: Radians): Metres {
  return SCALE_HEIGHT * Math.log(GROUND_GRAMMAGE / (depth * Math.sin(alt)));
}

function drawPowerLaw(random: RandomStream, min: number, max: number, index: number): number {
  const u = random.uniform();
  if (index === -1) return min * (max / min) ** u;
  const [low, high] = [min ** (index + 1), max ** (index + 1)];
  return (low + u * (high - low)) ** (1 / (index + 1));
}

function drawInDisc(random: RandomStream, radius: number): [number, number] {
  const r = radius * Math.sqrt(random.uniform());
  const angle = 2 * Math.PI * random.uniform();
  return [r * Math.cos(angle), r * Math.sin(angle)];
}
