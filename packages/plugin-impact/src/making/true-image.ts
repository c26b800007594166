import type { ArrayEvent, SubarrayDescription } from '@cherenkit/core';
import {
  altAzToNominal,
  expectedDepth,
  groundToTilted,
  type AltAz,
  type Metres,
  type NominalPoint,
} from '@cherenkit/kernels';
import { centroidInNominal, enlargedMask, nominalPixels, pointingOf, pointingOfArray } from '../event-images.js';
import type { TrueImage } from './template-sums.js';

/** What the images of an event have in common. */
interface TrueShower {
  readonly arrayPointing: AltAz;
  readonly source: NominalPoint;
  readonly core: { readonly x: Metres; readonly y: Metres };
}

/**
 * Converts the images of an event to the axes of templates, with the true direction, core, energy and depth of the maximum.
 *
 * @returns by telescope id; telescopes without an image, and events without truth, have none
 */
export function trueImagesOf(event: ArrayEvent, subarray: SubarrayDescription): Map<number, TrueImage> {
  const { shower } = event.simulation ?? {};
  const images = new Map<number, TrueImage>();
  if (!shower) return images;
  const arrayPointing = pointingOfArray(event);
  const trueShower = {
    arrayPointing,
    source: altAzToNominal(shower, arrayPointing),
    core: groundToTilted({ x: shower.coreX, y: shower.coreY, z: 0 }, arrayPointing),
  };
  const distanceOfMaximum = distanceOfLight(event, subarray, trueShower);
  const depth = shower.xMax - expectedDepth(shower.energy);
  for (const [telId, { image, imageMask, peakTime, isValid }] of event.dl1.tel) {
    if (!image || !imageMask || !isValid || !(distanceOfMaximum > 0)) continue;
    const [dx, dy] = offsetOf(subarray, telId, trueShower);
    const impact = Math.hypot(dx, dy);
    const [cos, sin] = impact > 0 ? [dx / impact, dy / impact] : [1, 0];
    const telescope = subarray.telescope(telId);
    const { x: lon, y: lat } = nominalPixels(telescope, pointingOf(event, telId), arrayPointing);
    const { source } = trueShower;
    images.set(telId, {
      energy: shower.energy,
      impact,
      depth,
      distanceOfMaximum,
      x: lat.map((each, i) => (source.fovLat - each) * cos + (source.fovLon - lon[i]) * sin),
      y: lat.map((each, i) => (source.fovLat - each) * sin - (source.fovLon - lon[i]) * cos),
      charge: image,
      peakTime,
      isNearImage: enlargedMask(telescope, imageMask),
    });
  }
  return images;
}

/**
 * Distance of the light of a shower, from all images: the sum of the impact distances over that of the angles between the source
 * and the centroids, along the direction from the core. That of the depth of maximum is larger, since light from below is nearer.
 */
function distanceOfLight(event: ArrayEvent, subarray: SubarrayDescription, shower: TrueShower): Metres {
  let sumOfImpacts = 0;
  let sumOfAngles = 0;
  for (const [telId, { parameters }] of event.dl1.tel) {
    if (!parameters || !(parameters.hillas.intensity > 0)) continue;
    const [dx, dy] = offsetOf(subarray, telId, shower);
    const { fovLon, fovLat } = centroidInNominal(
      parameters,
      subarray.telescope(telId),
      pointingOf(event, telId),
      shower.arrayPointing,
    );
    const impact = Math.hypot(dx, dy);
    if (impact === 0) continue;
    sumOfImpacts += impact;
    sumOfAngles += ((fovLat - shower.source.fovLat) * dx + (fovLon - shower.source.fovLon) * dy) / impact;
  }
  return sumOfImpacts / sumOfAngles;
}

/** Position of a telescope relative to the core, in the tilted frame. */
function offsetOf(subarray: SubarrayDescription, telId: number, { arrayPointing, core }: TrueShower): [Metres, Metres] {
  const { x, y } = groundToTilted(subarray.position(telId), arrayPointing);
  return [x - core.x, y - core.y];
}
