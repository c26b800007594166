import {
  ReconstructedGeometryContainer,
  Reconstructor,
  StereoQualityQuery,
  trait,
  type ArrayEvent,
  type ComponentContext,
  type ComponentKind,
  type QualityStatistics,
  type ResultClasses,
} from '@cherenkit/core';

import { propagatedUncertainties } from './propagated-uncertainties.js';
import { reasonToReject, selectImages, storeImpact, type ImagesByTelescope } from './stereo-images.js';

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
    const images = selectImages(event, this.#query, this.name);
    const reason = reasonToReject(images);
    const geometry = reason === undefined ? checked(this.reconstructFrom(images, event)) : invalidGeometry(reason);
    if (geometry.isValid && this.traits.errorEstimate === 'propagated') {
      const reconstruct = (moved: ImagesByTelescope) => this.reconstructFrom(moved, event);
      Object.assign(geometry, propagatedUncertainties(images, geometry, reconstruct));
    }
    event.dl2.stereo.geometry.set(this.name, geometry);
    storeImpact(event, this.context.subarray, this.name, geometry);
  }

  override get statistics(): QualityStatistics {
    return this.#query.statistics;
  }

  /** Reconstructs the geometry from two or more images, all with a nonzero width; undefined quantities are NaN. */
  protected abstract reconstructFrom(images: ImagesByTelescope, event: ArrayEvent): ReconstructedGeometryContainer;
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
