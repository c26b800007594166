import {
  TelescopeImpactParameterContainer,
  TelescopeReconstructedContainer,
  type ArrayEvent,
  type ImageParametersContainer,
  type ReconstructedGeometryContainer,
  type StereoQualityQuery,
  type SubarrayDescription,
} from '@cherenkit/core';
import { altAzToCartesian, impactDistance } from '@cherenkit/kernels';

/** Parameters of the selected images, by telescope id. */
export type ImagesByTelescope = ReadonlyMap<number, ImageParametersContainer>;

const MIN_IMAGES = 2;

/**
 * Selects the images of an event that pass quality criteria, and records why others are rejected.
 *
 * @param component - name of the reconstructor, for the record
 */
export function selectImages(event: ArrayEvent, query: StereoQualityQuery, component: string): ImagesByTelescope {
  const selected = new Map<number, ImageParametersContainer>();
  for (const [telId, { parameters }] of event.dl1.tel) {
    if (parameters === undefined) continue;
    if (query.passesParameters(parameters)) selected.set(telId, parameters);
    else if (parameters.morphology.nPixels >= 0) {
      const reason = String(query.failed);
      event.rejections.push({ level: 'image', telId, component: `${component}.${query.name}`, reason });
    }
  }
  return selected;
}

/** Why selected images cannot be used for a stereo reconstruction; undefined if they can. */
export function reasonToReject(images: ImagesByTelescope): string | undefined {
  if (images.size < MIN_IMAGES) {
    return `${images.size} of at least ${MIN_IMAGES} images passed the quality criteria`;
  }
  for (const [telId, { hillas }] of images) {
    // The width is the denominator of the weight. Written so that NaN is rejected, too.
    if (!(hillas.width > 0)) return `the image of telescope ${telId} has no width`;
  }
  return undefined;
}

/** Stores the distances of all triggered telescopes from the axis of a shower in `event.dl2.tel`; NaN if it is not valid. */
export function storeImpact(
  event: ArrayEvent,
  subarray: SubarrayDescription,
  reconstructor: string,
  { isValid, coreX, coreY, alt, az }: ReconstructedGeometryContainer,
): void {
  const core = { x: coreX, y: coreY, z: 0 };
  const axis = altAzToCartesian({ alt, az });
  for (const telId of event.trigger.telsWithTrigger) {
    const position = subarray.positions.get(telId);
    const distance = isValid && position !== undefined ? impactDistance(position, core, axis) : NaN;
    let telescope = event.dl2.tel.get(telId);
    if (telescope === undefined) event.dl2.tel.set(telId, (telescope = new TelescopeReconstructedContainer()));
    telescope.impact.set(reconstructor, new TelescopeImpactParameterContainer({ distance }));
  }
}
