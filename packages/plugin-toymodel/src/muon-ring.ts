import {
  altAzToCartesian,
  heightFromOverburden,
  mirrorChord,
  muonConeAngle,
  muonPhotons,
  refractivity,
  type Metres,
  type Radians,
  type RandomStream,
} from '@cherenkit/kernels';

import { perpendicularVectors } from './perpendicular-vectors.js';
import type { CameraView } from './camera-view.js';
import { PhotoElectronList } from './photo-electrons.js';
import type { PlacedTelescope } from './toy-array.js';
import { drawDirection, drawInDisc, drawPowerLaw, type ToyShower, type ToyShowerOptions } from './toy-shower.js';

/** Maximum distance of a muon from the mirror's centre, in units of the mirror's radius. */
const LARGEST_IMPACT = 1.3;

/** Slant depth at which muons are produced, g/cm2. */
const ORIGIN_DEPTH = 200;

/** Scattering angle of a 1 TeV muon along the last few hundred metres; inversely proportional to the energy. */
const SCATTERING: Radians = 8e-6;

/** Spread of the arrival times, ns: the light is nearly simultaneous. */
const TIME_SPREAD = 0.2;

/** Draws a muon that passes near the mirror of a randomly chosen telescope. */
export function drawMuon(
  random: RandomStream,
  options: ToyShowerOptions,
  telescopes: readonly PlacedTelescope[],
): ToyShower {
  const energy = drawPowerLaw(random, options.energyMin, options.energyMax, options.spectralIndex);
  const direction = drawDirection(random, options);
  const axis = altAzToCartesian(direction);
  const { position, description } = telescopes[Math.floor(random.uniform() * telescopes.length)];
  const [u, v] = perpendicularVectors(axis);
  const [a, b] = drawInDisc(random, LARGEST_IMPACT * mirrorRadius(description.optics.mirrorArea));
  const down = (position.z + a * u.z + b * v.z) / axis.z;
  const core = {
    x: position.x + a * u.x + b * v.x - down * axis.x,
    y: position.y + a * u.y + b * v.y - down * axis.y,
    z: 0,
  };
  return {
    particle: 'muon',
    energy,
    direction,
    axis,
    core,
    hFirstInt: heightFromOverburden(ORIGIN_DEPTH * axis.z),
    xMax: NaN,
    cascades: [],
  };
}

/** Draws the photo-electrons of a muon in a camera: a ring, or the part of it whose light hits the mirror. */
export function drawMuonPhotons(
  random: RandomStream,
  { energy, axis, core }: ToyShower,
  { position, description, efficiency }: PlacedTelescope,
  view: CameraView,
  siteHeight: Metres,
): PhotoElectronList {
  const list = new PhotoElectronList();
  const radius = mirrorRadius(description.optics.mirrorArea);
  const [u, v] = perpendicularVectors(axis);
  const [x, y, z] = [core.x - position.x, core.y - position.y, core.z - position.z];
  const [a, b] = [x * u.x + y * u.y + z * u.z, x * v.x + y * v.y + z * v.z];
  const impact = Math.hypot(a, b) / radius;
  const coneAngle = muonConeAngle(energy, refractivity(siteHeight + position.z));
  if (coneAngle === 0 || impact > 2 * LARGEST_IMPACT) return list;
  const toCentre = Math.atan2(-b, -a);
  const most = 2 * Math.PI * 2 * radius * muonPhotons(coneAngle) * efficiency;
  const spread = SCATTERING / energy;
  const n = random.poisson(most);
  for (let i = 0; i < n; i++) {
    const angle = 2 * Math.PI * random.uniform();
    // Light emitted at this azimuth crosses the mirror along the chord in that direction.
    if (2 * random.uniform() > mirrorChord(angle - toCentre, impact)) continue;
    const openingAngle = coneAngle + spread * random.normal();
    // Seen from the telescope, it comes from the opposite side of the axis.
    const [s, t] = [-Math.tan(openingAngle) * Math.cos(angle), -Math.tan(openingAngle) * Math.sin(angle)];
    const pixel = view.pixelAt(
      axis.x + s * u.x + t * v.x,
      axis.y + s * u.y + t * v.y,
      axis.z + s * u.z + t * v.z,
      random,
    );
    if (pixel >= 0) list.add(pixel, TIME_SPREAD * random.normal(), 1);
  }
  return list;
}

function mirrorRadius(area: number): Metres {
  return Math.sqrt(area / Math.PI);
}
