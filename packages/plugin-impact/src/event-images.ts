import type { ArrayEvent, ImageParametersContainer, SubarrayDescription, TelescopeDescription } from '@cherenkit/core';
import {
  altAzToNominal,
  cameraToTelescope,
  dilate,
  groundToTilted,
  telescopeToAltAz,
  type AltAz,
  type ChargeWidths,
  type NominalPoint,
  type TelescopePoint,
  type TemplateImage,
} from '@cherenkit/kernels';
import type { ImagesByTelescope } from '@cherenkit/plugin-hillas';
import type { TemplateFile } from './templates/template-file.js';

/** Number of rows of pixels around the cleaned image that enter the likelihood. */
const ROWS_AROUND = 3;

/** Templates of a telescope, and the widths of its charges. */
export interface TelescopeTemplates extends ChargeWidths {
  readonly file: TemplateFile;
}

/**
 * Collects the pixels of the images of an event that enter the likelihood: those of the cleaned image and three rows around it,
 * with a positive charge. Source: ctapipe 0.32 `ImPACTReconstructor.set_event_properties`.
 *
 * Positions are converted with the focal length of the run, and centroids with the pointing of their telescope.
 *
 * @param templates - by telescope id
 * @returns the images, in the order of the telescopes; text: why an image cannot be used
 */
export function eventImages(
  event: ArrayEvent,
  selected: ImagesByTelescope,
  subarray: SubarrayDescription,
  templates: ReadonlyMap<number, TelescopeTemplates>,
): TemplateImage[] | string {
  const arrayPointing = pointingOfArray(event);
  const images: TemplateImage[] = [];
  for (const [telId, parameters] of selected) {
    const ofTelescope = templates.get(telId);
    if (ofTelescope === undefined) return `the templates of telescope ${telId} have not been read`;
    const telescope = subarray.telescope(telId);
    const camera = event.dl1.tel.get(telId);
    const { image, imageMask, peakTime } = camera ?? {};
    if (image === undefined || imageMask === undefined) return `there is no image of telescope ${telId}`;
    const pointing = pointingOf(event, telId);
    const used = usedPixels(telescope, image, imageMask);
    if (used.length === 0) return `no pixel of telescope ${telId} has a positive charge`;
    const { x: allX, y: allY } = nominalPixels(telescope, pointing, arrayPointing);
    const { x, y } = groundToTilted(subarray.position(telId), arrayPointing);
    const peak = centroidInNominal(parameters, telescope, pointing, arrayPointing);
    const { file, pedestalWidth, speWidth } = ofTelescope;
    images.push({
      x,
      y,
      peakX: peak.fovLon,
      peakY: peak.fovLat,
      pixelX: Float64Array.from(used, (pixel) => allX[pixel]),
      pixelY: Float64Array.from(used, (pixel) => allY[pixel]),
      charge: Float64Array.from(used, (pixel) => image[pixel]),
      peakTime: peakTime && Float64Array.from(used, (pixel) => peakTime[pixel]),
      pedestalWidth,
      speWidth,
      templates: file.library,
    });
  }
  return images;
}

/** Pointing of the array at an event. */
export function pointingOfArray({ monitoring }: ArrayEvent): AltAz {
  return { alt: monitoring.pointing.arrayAltitude, az: monitoring.pointing.arrayAzimuth };
}

/** Pointing of a telescope at an event; that of the array if it has none of its own. */
export function pointingOf(event: ArrayEvent, telId: number): AltAz {
  const pointing = event.monitoring.tel.get(telId)?.pointing;
  return pointing ? { alt: pointing.altitude, az: pointing.azimuth } : pointingOfArray(event);
}

/** Positions of all pixels of a telescope in the nominal frame of the array: fov_lon and fov_lat, rad. */
export function nominalPixels(
  { camera }: TelescopeDescription,
  pointing: AltAz,
  arrayPointing: AltAz,
): { readonly x: Float64Array; readonly y: Float64Array } {
  const { pixX, pixY } = camera.geometry.toTelescopeFrame();
  if (pointing.alt === arrayPointing.alt && pointing.az === arrayPointing.az) return { x: pixX, y: pixY };
  const [x, y] = [new Float64Array(pixX.length), new Float64Array(pixX.length)];
  pixX.forEach((fovLon, pixel) => {
    const point = toNominal({ fovLon, fovLat: pixY[pixel] }, pointing, arrayPointing);
    x[pixel] = point.fovLon;
    y[pixel] = point.fovLat;
  });
  return { x, y };
}

/** Converts a direction relative to a telescope into one relative to the array. */
function toNominal(point: TelescopePoint, pointing: AltAz, arrayPointing: AltAz): NominalPoint {
  return altAzToNominal(telescopeToAltAz(point, pointing), arrayPointing);
}

/** Mask of a cleaned image and three rows of pixels around it. */
export function enlargedMask({ camera }: TelescopeDescription, imageMask: Uint8Array): Uint8Array {
  let mask = imageMask;
  for (let row = 0; row < ROWS_AROUND; row++) {
    const dilated = new Uint8Array(mask.length);
    dilate(camera.geometry.neighbors, mask, dilated);
    mask = dilated;
  }
  return mask;
}

function usedPixels(telescope: TelescopeDescription, image: Float32Array, imageMask: Uint8Array): number[] {
  const mask = enlargedMask(telescope, imageMask);
  return [...mask.keys()].filter((pixel) => mask[pixel] !== 0 && image[pixel] > 0);
}

/** Centroid of an image in the nominal frame of the array. */
export function centroidInNominal(
  { hillas }: ImageParametersContainer,
  { camera }: TelescopeDescription,
  pointing: AltAz,
  arrayPointing: AltAz,
): NominalPoint {
  const point = hillas.frame === 'TelescopeFrame' ? hillas : cameraToTelescope(hillas, camera.frame);
  return toNominal(point, pointing, arrayPointing);
}
