import {
  MuonAnalysis,
  MuonParametersContainer,
  MuonTelescopeContainer,
  trait,
  type ArrayEvent,
  type CameraGeometry,
  type ComponentContext,
  type ComponentKind,
  type DL1CameraContainer,
  type MuonRingContainer,
  type QualityQuery,
  type QualityStatistics,
} from '@cherenkit/core';
import {
  intensityRatioInsideRing,
  meanSquaredError,
  pixelsNearRing,
  radialLightDistribution,
  ringCompleteness,
  ringContainment,
  ringIntensity,
  selectedPixels,
} from '@cherenkit/kernels';

import { MuonIntensityFitter } from './muon-intensity-fitter.js';
import { ImageParameterQuery, RingQuery } from './muon-queries.js';
import { MuonRingFitter } from './muon-ring-fitter.js';

/** Number of ring fits, each to the pixels near the preceding ring. */
const ITERATIONS = 3;
/** Maximum distance of these pixels from the ring, in units of its radius. */
const NEAR = 0.4;

/**
 * Searches cleaned images for muon rings, parametrizes the rings, and fits the light along those that pass quality
 * criteria.
 *
 * Images without a ring have the containers' defaults and a reason. Source: ctapipe 0.32 `MuonProcessor`.
 */
export class MuonProcessor extends MuonAnalysis.withTraits({
  completenessThreshold: trait.perTelescope(
    trait.number({ default: 30, unit: 'pe', help: 'Charge above which a sector of a ring counts as lit.' }),
  ),
  ratioWidth: trait.perTelescope(
    trait.number({ default: 1.5, help: 'Width of the band around the ring for the intensity ratio, in pixel widths.' }),
  ),
  pedestal: trait.perTelescope(
    trait.number({ default: 1.1, unit: 'pe', help: 'Standard deviation of the charge of a pixel without light.' }),
  ),
  ringIntegrationWidth: trait.perTelescope(
    trait.number({ default: 0.25, help: 'Half-width of the band of the ring, in units of its radius.' }),
  ),
  outerRingWidth: trait.perTelescope(
    trait.number({ default: 0.2, help: 'Width of the two adjacent bands, in units of the radius of the ring.' }),
  ),
}) {
  static override readonly help = 'Muon ring analysis: ring parameters and optical efficiency.';
  static override readonly children: readonly ComponentKind[] = [
    ImageParameterQuery,
    RingQuery,
    MuonRingFitter,
    MuonIntensityFitter,
  ];

  readonly #imageQuery: ImageParameterQuery;
  readonly #ringQuery: RingQuery;
  readonly #ringFitter: MuonRingFitter;
  readonly #intensityFitter: MuonIntensityFitter;

  constructor(context: ComponentContext) {
    super(context);
    this.#imageQuery = context.create(ImageParameterQuery, 'ImageParameterQuery');
    this.#ringQuery = context.create(RingQuery, 'RingQuery');
    this.#ringFitter = context.create(MuonRingFitter, 'MuonRingFitter');
    this.#intensityFitter = context.create(MuonIntensityFitter, 'MuonIntensityFitter');
  }

  override process(event: ArrayEvent): void {
    for (const [telId, dl1] of event.dl1.tel) {
      event.muon.tel.set(
        telId,
        this.#muonOf(telId, dl1, (component, reason) => {
          event.rejections.push({ level: 'muon ring', telId, component, reason });
          return `${component}: ${reason}`;
        }),
      );
    }
  }

  /** Number of images and rings that passed each criterion so far. */
  override get statistics(): ReadonlyMap<string, QualityStatistics> {
    return new Map([this.#imageQuery, this.#ringQuery].map(({ name, statistics }) => [name, statistics]));
  }

  /** @param reject - records a rejection and returns its reason as text */
  #muonOf(
    telId: number,
    { image, imageMask, parameters }: DL1CameraContainer,
    reject: (component: string, reason: string) => string,
  ): MuonTelescopeContainer {
    const { optics, camera } = this.context.subarray.telescope(telId);
    if (optics.nMirrors !== 1) {
      this.#warnOfMirrors(telId);
      return new MuonTelescopeContainer({ reason: reject(this.name, 'the telescope has two mirrors') });
    }
    const geometry = camera.geometry.toTelescopeFrame();
    if (image?.length !== geometry.nPixels || !imageMask || !parameters) {
      return new MuonTelescopeContainer({ reason: reject(this.name, 'there are no image parameters') });
    }
    if (!this.#imageQuery.passesParameters(parameters)) {
      return new MuonTelescopeContainer({ reason: reject(...this.#failureOf(this.#imageQuery)) });
    }
    const view = { fovLon: geometry.pixX, fovLat: geometry.pixY, image };
    let mask = imageMask;
    let ring = this.#ringFitter.fit(geometry, image, selectedPixels(mask));
    for (let i = 0; i < ITERATIONS; i++) {
      if (i > 0) ring = this.#ringFitter.fit(geometry, image, selectedPixels(mask));
      mask = pixelsNearRing(view, ring, NEAR);
    }
    const muon = new MuonTelescopeContainer({
      ring,
      parameters: this.#parametersOf(telId, geometry, image, imageMask, ring),
    });
    if (this.#ringQuery.passesRing(ring, muon.parameters, mask)) {
      const pedestal = this.traits.pedestal.for(telId);
      muon.efficiency = this.#intensityFitter.fit(telId, geometry, image, selectedPixels(mask), ring, pedestal);
      if (!muon.efficiency.isValid) muon.reason = reject(this.#intensityFitter.name, 'the likelihood has no minimum');
    } else {
      muon.reason = reject(...this.#failureOf(this.#ringQuery));
    }
    return muon;
  }

  #parametersOf(
    telId: number,
    geometry: CameraGeometry,
    image: Float32Array,
    mask: Uint8Array,
    ring: MuonRingContainer,
  ): MuonParametersContainer {
    if (Number.isNaN(ring.radius)) return new MuonParametersContainer();
    const { completenessThreshold, ratioWidth, ringIntegrationWidth, outerRingWidth } = this.traits;
    const view = { fovLon: geometry.pixX, fovLat: geometry.pixY, image };
    const cleaned = selectedPixels(mask);
    return new MuonParametersContainer({
      containment: ringContainment(ring, geometry.guessRadius()),
      completeness: ringCompleteness(view, ring, completenessThreshold.for(telId)),
      intensityRatio: intensityRatioInsideRing(view, cleaned, ring, geometry.pixelWidth, ratioWidth.for(telId)),
      meanSquaredError: meanSquaredError(view, cleaned, ring),
      ...ringIntensity(view, mask, ring, ringIntegrationWidth.for(telId), outerRingWidth.for(telId)),
      ...radialLightDistribution(view, ring),
    });
  }

  #failureOf({ name, failed }: QualityQuery): [component: string, criterion: string] {
    return [`${this.name}.${name}`, String(failed)];
  }

  #warnOfMirrors(telId: number): void {
    this.context.warnOnce(
      `Telescope ${telId} has two mirrors and is skipped: the muon analysis supports telescopes with one mirror. ` +
        'Exclude it by EventSource.allowed_tels.',
    );
  }
}
