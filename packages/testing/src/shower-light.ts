import {
  altAzToCartesian,
  altAzToTelescope,
  impactDistance,
  pointOnShowerAxis,
  telescopeToCamera,
  type AltAz,
  type GroundPoint,
  type Metres,
  type Nanoseconds,
  type TeV,
} from '@cherenkit/kernels';

import type { CameraGeometry, SubarrayDescription } from '@cherenkit/core';

/** True parameters of a simulated shower. */
export interface ShowerTruth {
  readonly energy: TeV;
  readonly alt: number;
  readonly az: number;
  /** Core position: intersection of the shower axis with the ground. */
  readonly coreX: Metres;
  readonly coreY: Metres;
  /** Height of the shower maximum above sea level. */
  readonly hMax: Metres;
}

/** Cherenkov light of a shower in a camera. */
export interface Light {
  /** Expected charge per pixel, p.e. */
  readonly charge: Float64Array;
  /** Mean arrival time of the light per pixel, ns; NaN for pixels without light. */
  readonly time: Float64Array;
  /** Mean arrival time of all light, relative to the arrival of the shower front at the core. */
  readonly meanTime: Nanoseconds;
}

/** Speed of light, m/ns. */
const LIGHT_SPEED = 0.299792458;

/** Light density in the light pool: p.e. per square metre of mirror and TeV. */
const LIGHT_YIELD = 10;
/** Radius of the light pool, and decay length of the density outside of it. */
const POOL_RADIUS: Metres = 120;
const POOL_EDGE: Metres = 80;

/** Standard deviations of the light emission around the shower maximum, along the axis and perpendicular to it. */
const SPREAD_ALONG: Metres = 1800;
const SPREAD_ACROSS: Metres = 14;

/** Minimum width of a spot, in pixel widths, so that narrow spots do not fall between pixels. */
const SPOT_WIDTH = 0.6;

/** Truncation of a spot: squared distance from its centre, in variances. */
const MAX_SQUARED_DISTANCE = 36;

const N_STEPS = 31;

/**
 * Computes the expected light of a shower in one camera. The shower is modelled by points along its axis, each of which
 * illuminates a spot in the camera at its arrival time.
 */
export function showerLight(truth: ShowerTruth, subarray: SubarrayDescription, telId: number, pointing: AltAz): Light {
  const { camera, optics } = subarray.telescope(telId);
  const { geometry } = camera;
  const position = subarray.position(telId);
  const direction = { alt: truth.alt, az: truth.az };
  const core: GroundPoint = { x: truth.coreX, y: truth.coreY, z: 0 };
  const axis = altAzToCartesian(direction);
  const toMaximum = (truth.hMax - subarray.referenceLocation.height) / axis.z;
  const impact = impactDistance(position, core, axis);
  const density = impact < POOL_RADIUS ? 1 : Math.exp((POOL_RADIUS - impact) / POOL_EDGE);
  const total = LIGHT_YIELD * truth.energy * optics.mirrorArea * density;

  const charge = new Float64Array(geometry.nPixels);
  const time = new Float64Array(geometry.nPixels);
  let sumOfCharges = 0;
  let sumOfTimes = 0;
  for (let step = 0; step < N_STEPS; step++) {
    const offset = (6 * step) / (N_STEPS - 1) - 3;
    const along = toMaximum + SPREAD_ALONG * offset;
    // Light emitted close to the ground would illuminate the whole camera.
    if (along < 0.3 * toMaximum) continue;
    const seen = pointOnShowerAxis(core, direction, position, along);
    const distance = Math.hypot(
      core.x + along * axis.x - position.x,
      core.y + along * axis.y - position.y,
      along * axis.z - position.z,
    );
    const arrival = (distance - along) / LIGHT_SPEED;
    const light = ((6 / (N_STEPS - 1)) * total * Math.exp(-0.5 * offset * offset)) / Math.sqrt(2 * Math.PI);
    const kept = addSpot(geometry, altAzToTelescope(seen, pointing), distance, light, arrival, charge, time);
    sumOfCharges += kept;
    sumOfTimes += kept * arrival;
  }
  for (let pixel = 0; pixel < charge.length; pixel++) time[pixel] = (time[pixel] ?? 0) / (charge[pixel] ?? 0);
  return { charge, time, meanTime: sumOfCharges > 0 ? sumOfTimes / sumOfCharges : 0 };
}

/** Adds the light of a spot to the pixels. @returns light inside of the camera, p.e. */
function addSpot(
  geometry: CameraGeometry,
  seen: { readonly fovLon: number; readonly fovLat: number },
  distance: Metres,
  light: number,
  arrival: Nanoseconds,
  charge: Float64Array,
  time: Float64Array,
): number {
  const { frame, pixX, pixY, pixArea } = geometry;
  if (frame.name === 'TelescopeFrame')
    throw new RangeError('Expected a geometry in the camera frame, found TelescopeFrame.');
  const { x, y } = telescopeToCamera(seen, frame);
  let kept = 0;
  // All pixels of a camera have the same area.
  const variance =
    ((SPREAD_ACROSS * frame.focalLength) / distance) ** 2 + SPOT_WIDTH * SPOT_WIDTH * (pixArea[0] ?? NaN);
  const density = light / (2 * Math.PI * variance);
  for (let pixel = 0; pixel < charge.length; pixel++) {
    const squared = ((pixX[pixel] ?? 0) - x) ** 2 + ((pixY[pixel] ?? 0) - y) ** 2;
    if (squared > MAX_SQUARED_DISTANCE * variance) continue;
    const part = density * (pixArea[pixel] ?? 0) * Math.exp((-0.5 * squared) / variance);
    charge[pixel] = (charge[pixel] ?? 0) + part;
    time[pixel] = (time[pixel] ?? 0) + part * arrival;
    kept += part;
  }
  return kept;
}
