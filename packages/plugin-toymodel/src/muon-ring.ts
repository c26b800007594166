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

import { acrossAxis } from './across-axis.js';
import type { CameraView } from './camera-view.js';
import { PhotoElectronList } from './photo-electrons.js';
import type { PlacedTelescope } from './toy-array.js';
import { drawDirection, drawInDisc, drawPowerLaw, type ToyShower, type ToyShowerOptions } from './toy-shower.js';

/** How far beside the mirror's centre a muon may pass, in radii of the mirror. */
const LARGEST_IMPACT = 1.3;

/** Where muons are made, as a depth of air. */
const ORIGIN_DEPTH = 200;

/** Directions of a muon of 1 TeV scatter so much on the last few hundred metres; less with more energy. */
const SCATTERING: Radians = 8e-6;

/** Its light comes almost at once. */
const TIME_SPREAD = 0.2;

/** A muon that passes near the mirror of one of the telescopes, any of them. */
export function drawMuon(
  random: RandomStream,
  options: ToyShowerOptions,
  telescopes: readonly PlacedTelescope[],
): ToyShower {
  const energy = drawPowerLaw(random, options.energyMin, options.energyMax, options.spectralIndex);
  const direction = drawDirection(random, options);
  const axis = altAzToCartesian(direction);
  const { position, description } = telescopes[Math.floor(random.uniform() * telescopes.length)];
  const [u, v] = acrossAxis(axis);
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

/** The photo-electrons that a muon makes in a camera: a ring, or the part of one for which its light meets the mirror. */
export function drawMuonPhotons(
  random: RandomStream,
  { energy, axis, core }: ToyShower,
  { position, description, efficiency }: PlacedTelescope,
  view: CameraView,
  siteHeight: Metres,
): PhotoElectronList {
  const list = new PhotoElectronList();
  const radius = mirrorRadius(description.optics.mirrorArea);
  const [u, v] = acrossAxis(axis);
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
    // Light that runs down at this angle crosses the mirror along the chord in that direction.
    if (2 * random.uniform() > mirrorChord(angle - toCentre, impact)) continue;
    const openingAngle = coneAngle + spread * random.normal();
    // It comes from the other side of the axis.
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
