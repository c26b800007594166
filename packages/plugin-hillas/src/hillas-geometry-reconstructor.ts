import {
  ReconstructedGeometryContainer,
  Reconstructor,
  StereoQualityQuery,
  TelescopeImpactParameterContainer,
  TelescopeReconstructedContainer,
  trait,
  type ArrayEvent,
  type ComponentContext,
  type ComponentKind,
  type ImageParametersContainer,
  type QualityStatistics,
  type ResultClasses,
} from '@cherenkit/core';
import { altAzToCartesian, impactDistance } from '@cherenkit/kernels';

import { propagatedUncertainties } from './propagated-uncertainties.js';

/** Parameters of the selected images, by telescope id. */
export type ImagesByTelescope = ReadonlyMap<number, ImageParametersContainer>;

const MIN_IMAGES = 2;

/**
 * Base of reconstructors of direction and core position from the Hillas parameters of several images.
 *
 * Selects images by quality criteria and stores the result and the impact distances in `dl2`. Source: ctapipe 0.32
 * `HillasGeometryReconstructor`.
 */
export abstract class HillasGeometryReconstructor extends Reconstructor.withTraits({
  errorEstimate: trait.oneOf(['spread', 'propagated'], {
    default: 'spread',
    caseless: true,
    help:
      'Error estimate: the spread of the pairwise intersections of the image axes, which is 0 for two images and gives no error of ' +
      'the height; or the uncertainties of the images, propagated to direction, core and height.',
  }),
}) {
  static override readonly help: string = 'Direction and core position from the Hillas parameters of several images.';
  static override readonly children: readonly ComponentKind[] = [StereoQualityQuery];

  override readonly resultClasses: ResultClasses = { GEOMETRY: ReconstructedGeometryContainer };

  readonly #query: StereoQualityQuery;

  constructor(context: ComponentContext) {
    super(context);
    this.#query = context.create(StereoQualityQuery, 'StereoQualityQuery');
  }

  override reconstruct(event: ArrayEvent): void {
    const images = this.#selectImages(event);
    const reason = reasonToReject(images);
    const geometry = reason === undefined ? checked(this.reconstructFrom(images, event)) : invalidGeometry(reason);
    if (geometry.isValid && this.traits.errorEstimate === 'propagated') {
      const reconstruct = (moved: ImagesByTelescope) => this.reconstructFrom(moved, event);
      Object.assign(geometry, propagatedUncertainties(images, geometry, reconstruct));
    }
    event.dl2.stereo.geometry.set(this.name, geometry);
    this.#storeImpact(event, geometry);
  }

  override get statistics(): QualityStatistics {
    return this.#query.statistics;
  }

  /** Reconstructs the geometry from two or more images, all with a nonzero width; undefined quantities are NaN. */
  protected abstract reconstructFrom(images: ImagesByTelescope, event: ArrayEvent): ReconstructedGeometryContainer;

  #selectImages(event: ArrayEvent): ImagesByTelescope {
    const selected = new Map<number, ImageParametersContainer>();
    for (const [telId, { parameters }] of event.dl1.tel) {
      if (parameters === undefined) continue;
      if (this.#query.passesParameters(parameters)) selected.set(telId, parameters);
      else if (parameters.morphology.nPixels >= 0) this.#reject(event, telId);
    }
    return selected;
  }

  /** Records the reason why an image with parameters is rejected. */
  #reject({ rejections }: ArrayEvent, telId: number): void {
    const component = `${this.name}.${this.#query.name}`;
    rejections.push({ level: 'image', telId, component, reason: String(this.#query.failed) });
  }

  #storeImpact(event: ArrayEvent, { isValid, coreX, coreY, alt, az }: ReconstructedGeometryContainer): void {
    const core = { x: coreX, y: coreY, z: 0 };
    const axis = altAzToCartesian({ alt, az });
    for (const telId of event.trigger.telsWithTrigger) {
      const position = this.context.subarray.positions.get(telId);
      const distance = isValid && position !== undefined ? impactDistance(position, core, axis) : NaN;
      let telescope = event.dl2.tel.get(telId);
      if (telescope === undefined) event.dl2.tel.set(telId, (telescope = new TelescopeReconstructedContainer()));
      telescope.impact.set(this.name, new TelescopeImpactParameterContainer({ distance }));
    }
  }
}

function reasonToReject(images: ImagesByTelescope): string | undefined {
  if (images.size < MIN_IMAGES) {
    return `${images.size} of at least ${MIN_IMAGES} images passed the quality criteria`;
  }
  for (const [telId, { hillas }] of images) {
    // The width is the denominator of the weight. Written so that NaN is rejected, too.
    if (!(hillas.width > 0)) return `the image of telescope ${telId} has no width`;
  }
  return undefined;
}

/** Invalid result with a reason. */
export function invalidGeometry(reason: string): ReconstructedGeometryContainer {
  return new ReconstructedGeometryContainer({ isValid: false, reason });
}

/** Rejects a result without a direction or a core position. */
function checked(geometry: ReconstructedGeometryContainer): ReconstructedGeometryContainer {
  if (!geometry.isValid) return geometry;
  if (!Number.isFinite(geometry.alt) || !Number.isFinite(geometry.az)) {
    return invalidGeometry('the image axes give no direction: they are parallel, or a pointing is unknown');
  }
  if (!Number.isFinite(geometry.coreX) || !Number.isFinite(geometry.coreY)) {
    return invalidGeometry('the image axes give no core: they are parallel on the ground');
  }
  return geometry;
}
