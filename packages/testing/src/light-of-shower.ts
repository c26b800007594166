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

/** A shower as it was, in memory's units. */
export interface ShowerTruth {
  readonly energy: TeV;
  readonly alt: number;
  readonly az: number;
  /** Where its axis meets the ground. */
  readonly coreX: Metres;
  readonly coreY: Metres;
  /** Height of its maximum above sea level. */
  readonly hMax: Metres;
}

/** What a camera gets of a shower. */
export interface Light {
  /** Photo-electrons per pixel, as they are expected: no whole numbers. */
  readonly charge: Float64Array;
  /** Mean time of the light in each pixel; NaN without light. */
  readonly time: Float64Array;
  /** Mean time of all light, from when the front of the shower reached the core. */
  readonly meanTime: Nanoseconds;
}

/** Speed of light, m/ns. */
const LIGHT_SPEED = 0.299792458;

/** Photo-electrons per square metre of mirror and TeV in the pool of light, and how the pool ends. */
const LIGHT_YIELD = 10;
const POOL_RADIUS: Metres = 120;
const POOL_EDGE: Metres = 80;

/** How far light comes from the maximum, along the axis and across it. */
const SPREAD_ALONG: Metres = 1800;
const SPREAD_ACROSS: Metres = 14;

/** In units of the width of a pixel: narrower spots would fall between the pixels. */
const SPOT_WIDTH = 0.6;

/** No light is farther from the centre of its spot, in variances. */
const FARTHEST = 36;

const N_STEPS = 31;

/**
 * The light of a shower in one camera, without chance: points along the axis, each with its part of the light where and
 * when the telescope sees it.
 */
export function lightOfShower(
  truth: ShowerTruth,
  subarray: SubarrayDescription,
  telId: number,
  pointing: AltAz,
): Light {
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
    // Light from close to the ground would be spread over the whole camera.
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

/** @returns how much of the light the camera gets */
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
  if (frame.name === 'TelescopeFrame') throw new RangeError('the camera has to be in its own frame');
  const { x, y } = telescopeToCamera(seen, frame);
  let kept = 0;
  // All pixels of a camera are alike here.
  const variance =
    ((SPREAD_ACROSS * frame.focalLength) / distance) ** 2 + SPOT_WIDTH * SPOT_WIDTH * (pixArea[0] ?? NaN);
  const density = light / (2 * Math.PI * variance);
  for (let pixel = 0; pixel < charge.length; pixel++) {
    const squared = ((pixX[pixel] ?? 0) - x) ** 2 + ((pixY[pixel] ?? 0) - y) ** 2;
    if (squared > FARTHEST * variance) continue;
    const part = density * (pixArea[pixel] ?? 0) * Math.exp((-0.5 * squared) / variance);
    charge[pixel] = (charge[pixel] ?? 0) + part;
    time[pixel] = (time[pixel] ?? 0) + part * arrival;
    kept += part;
  }
  return kept;
}
