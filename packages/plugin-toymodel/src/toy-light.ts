import type { CameraGeometry } from '@cherenkit/core';
import {
  altAzToCartesian,
  altAzToTelescope,
  cartesianToAltAz,
  impactDistance,
  TELESCOPE_FRAME,
  telescopeToCamera,
  type AltAz,
  type GroundPoint,
  type Metres,
  type RandomStream,
  type SquareMetres,
  type Vector3,
} from '@cherenkit/kernels';

import type { ToyShower } from './toy-shower.js';

/** The photo-electrons of one telescope. */
export interface ToyLight {
  readonly pixel: Int32Array;
  /** When each came, ns, against the moment at which the shower's front reached the core. */
  readonly time: Float64Array;
}

/** Speed of light, m/ns. */
const LIGHT_SPEED = 0.299792458;

/** Photo-electrons per square metre of mirror and TeV within the pool of light, and how it ends. */
const LIGHT_YIELD = 10;
const POOL_RADIUS: Metres = 120;
const POOL_EDGE: Metres = 80;

/** How far the light's origins scatter about the maximum, along the axis and across it. */
const SCATTER_ALONG: Metres = 1800;
const SCATTER_ACROSS: Metres = 14;

/** Light that comes from nearer to the ground than this part of the way to the maximum is left out. */
const LOWEST_PART = 0.3;

/**
 * The photo-electrons that a shower makes in a camera.
 *
 * Light comes from points that scatter about the axis, most of it from the maximum. Each point is seen where the
 * frames of sky and camera put it, and when light has come from there, so place, direction, size and time gradient of
 * the image are those of the shower. Light beside the camera is lost.
 */
export function drawLight(
  random: RandomStream,
  shower: ToyShower,
  siteHeight: Metres,
  position: GroundPoint,
  pointing: AltAz,
  mirrorArea: SquareMetres,
  geometry: CameraGeometry,
): ToyLight {
  const { frame } = geometry;
  if (frame.name === TELESCOPE_FRAME.name) throw new RangeError('the camera has to be in its own frame');
  const axis = altAzToCartesian(shower.direction);
  const [across, other] = perpendicularTo(axis);
  const distanceOfMaximum = (shower.hMax - siteHeight) / axis.z;
  const impact = impactDistance(position, shower.core, axis);
  const nExpected = LIGHT_YIELD * shower.energy * mirrorArea * lightDensity(impact);

  const n = random.poisson(nExpected);
  const pixels = new Int32Array(n);
  const times = new Float64Array(n);
  let nSeen = 0;
  for (let i = 0; i < n; i++) {
    const along = distanceOfMaximum + SCATTER_ALONG * random.normal();
    const u = SCATTER_ACROSS * random.normal();
    const v = SCATTER_ACROSS * random.normal();
    if (along < LOWEST_PART * distanceOfMaximum) continue;
    const seen: Vector3 = {
      x: shower.core.x + along * axis.x + u * across.x + v * other.x - position.x,
      y: shower.core.y + along * axis.y + u * across.y + v * other.y - position.y,
      z: shower.core.z + along * axis.z + u * across.z + v * other.z - position.z,
    };
    const { x, y } = telescopeToCamera(altAzToTelescope(cartesianToAltAz(seen), pointing), frame);
    const pixel = geometry.positionToPixIndex(x, y);
    if (pixel < 0) continue;
    pixels[nSeen] = pixel;
    // The front of the shower is as fast as its light, and passes the point before it reaches the core.
    times[nSeen] = (Math.hypot(seen.x, seen.y, seen.z) - along) / LIGHT_SPEED;
    nSeen++;
  }
  return { pixel: pixels.slice(0, nSeen), time: times.slice(0, nSeen) };
}

/** Relative to that at the core. */
function lightDensity(impact: Metres): number {
  return impact < POOL_RADIUS ? 1 : Math.exp(-(impact - POOL_RADIUS) / POOL_EDGE);
}

/** Two unit vectors at right angles to a unit vector that is not horizontal, and to each other. */
function perpendicularTo({ x, y, z }: Vector3): [Vector3, Vector3] {
  const norm = Math.hypot(x, z);
  const first = { x: z / norm, y: 0, z: -x / norm };
  return [first, { x: y * first.z, y: z * first.x - x * first.z, z: -y * first.x }];
}
