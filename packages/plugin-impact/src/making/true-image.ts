import type { ArrayEvent, SubarrayDescription } from '@cherenkit/core';
import { altAzToNominal, expectedDepth, groundToTilted, type Atmosphere } from '@cherenkit/kernels';
import { enlargedMask, nominalPixels, pointingOf, pointingOfArray } from '../event-images.js';
import type { TrueImage } from './template-sums.js';

/**
 * Converts the image of a telescope to the axes of templates, with the true direction, core, energy and depth of the maximum.
 *
 * @returns undefined without image or without truth
 */
export function trueImageOf(
  event: ArrayEvent,
  telId: number,
  subarray: SubarrayDescription,
  atmosphere: Atmosphere,
): TrueImage | undefined {
  const { shower } = event.simulation ?? {};
  const { image, imageMask, peakTime, isValid } = event.dl1.tel.get(telId) ?? {};
  if (!shower || !image || !imageMask || isValid !== true) return undefined;
  const arrayPointing = pointingOfArray(event);
  const { alt, az, coreX, coreY, energy, xMax } = shower;
  const source = altAzToNominal({ alt, az }, arrayPointing);
  const core = groundToTilted({ x: coreX, y: coreY, z: 0 }, arrayPointing);
  const position = groundToTilted(subarray.position(telId), arrayPointing);
  const [dx, dy] = [position.x - core.x, position.y - core.y];
  const impact = Math.hypot(dx, dy);
  const [cos, sin] = impact > 0 ? [dx / impact, dy / impact] : [1, 0];
  const telescope = subarray.telescope(telId);
  const { x: lon, y: lat } = nominalPixels(telescope, pointingOf(event, telId), arrayPointing);
  const x = lat.map((each, i) => (source.fovLat - each) * cos + (source.fovLon - lon[i]) * sin);
  const y = lat.map((each, i) => (source.fovLat - each) * sin - (source.fovLon - lon[i]) * cos);
  const cosZenith = Math.sin(arrayPointing.alt);
  const height = atmosphere.heightFromOverburden(xMax * cosZenith);
  return {
    energy,
    impact,
    depth: xMax - expectedDepth(energy),
    distanceOfMaximum: (height - subarray.referenceLocation.height) / cosZenith,
    x,
    y,
    charge: image,
    peakTime,
    isNearImage: enlargedMask(telescope, imageMask),
  };
}
