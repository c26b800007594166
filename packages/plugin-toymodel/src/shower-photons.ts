import { photonsOnMirror, type CascadeLight, type RandomStream } from '@cherenkit/kernels';

import type { CameraView } from './camera-view.js';
import { PhotoElectronList } from './photo-electrons.js';
import type { PlacedTelescope } from './toy-array.js';

/** Speed of light, m/ns. */
const LIGHT_SPEED = 0.299792458;

/**
 * Above this number of photo-electrons per cascade they are drawn in bunches; the relative fluctuation, 0.4 %, is then
 * negligible.
 */
const MOST_BUNCHES = 60_000;

/**
 * Draws the photo-electrons of cascades in a camera.
 *
 * The emission point of each is drawn along the cascade's axis, by the light from each step that hits the mirror, and
 * laterally by the width of the cascade there. Pixel and arrival time follow from the emission point. Light outside the
 * camera is lost.
 */
export function drawShowerPhotons(
  random: RandomStream,
  cascades: readonly CascadeLight[],
  { position, description, efficiency }: PlacedTelescope,
  view: CameraView,
): PhotoElectronList {
  const list = new PhotoElectronList();
  for (const light of cascades) {
    const expected = new Float64Array(light.nSteps);
    const mean = efficiency * photonsOnMirror(light, position, description.optics.mirrorArea, expected);
    if (!(mean > 0)) continue;
    const count = Math.ceil(mean / MOST_BUNCHES);
    const n = random.poisson(mean / count);
    if (n > 0) drawCascadePhotons(random, light, cumulativeSum(expected), n, count, position, view, list);
  }
  return list;
}

function drawCascadePhotons(
  random: RandomStream,
  { cascade: { axis, core }, along, width, delay }: CascadeLight,
  cumulative: Float64Array,
  n: number,
  count: number,
  position: { readonly x: number; readonly y: number; readonly z: number },
  view: CameraView,
  list: PhotoElectronList,
): void {
  // Two unit vectors perpendicular to the axis, which is never horizontal.
  const norm = Math.hypot(axis.x, axis.z);
  const [ux, uz] = [axis.z / norm, -axis.x / norm];
  const [vx, vy, vz] = [axis.y * uz, axis.z * ux - axis.x * uz, -axis.y * ux];
  const [startX, startY, startZ] = [core.x - position.x, core.y - position.y, core.z - position.z];
  const total = cumulative[cumulative.length - 1];
  for (let i = 0; i < n; i++) {
    const place = random.uniform() * total;
    const step = indexOfFirstAbove(cumulative, place);
    const before = step > 0 ? cumulative[step - 1] : 0;
    const part = (place - before) / (cumulative[step] - before);
    const distance = along[step] + part * (along[step + 1] - along[step]);
    // The density falls exponentially with the distance from the axis; `width` is the standard deviation of each
    // coordinate.
    const r = (width[step] / Math.sqrt(3)) * -Math.log((1 - random.uniform()) * (1 - random.uniform()));
    const angle = 2 * Math.PI * random.uniform();
    const [u, v] = [r * Math.cos(angle), r * Math.sin(angle)];
    const x = startX + distance * axis.x + u * ux + v * vx;
    const y = startY + distance * axis.y + v * vy;
    const z = startZ + distance * axis.z + u * uz + v * vz;
    const pixel = view.pixelAt(x, y, z, random);
    if (pixel < 0) continue;
    // The shower front moves at the speed of light in vacuum and passes this point before it reaches the core.
    const path = Math.sqrt(x * x + y * y + z * z) + delay[step];
    list.add(pixel, (path - distance) / LIGHT_SPEED, count);
  }
}

function cumulativeSum(values: Float64Array): Float64Array {
  let sum = 0;
  return values.map((value) => (sum += value));
}

/** Index of the first entry of an ascending array that exceeds a value. */
function indexOfFirstAbove(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
