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

/** How often the circle is fitted, each time to the pixels near the one before. */
const ITERATIONS = 3;
/** Which pixels are near a ring: up to this part of its radius. */
const NEAR = 0.4;

/**
 * Finds muon rings in cleaned images, describes them, and fits the light along those that are good enough.
 *
 * An image without one has the containers' defaults, and a reason. Source: ctapipe 0.32 `MuonProcessor`.
 */
export class MuonProcessor extends MuonAnalysis.withTraits({
  completenessThreshold: trait.perTelescope(
    trait.number({ default: 30, unit: 'pe', help: 'Charge above which a sector of a ring has light.' }),
  ),
  ratioWidth: trait.perTelescope(
    trait.number({ default: 1.5, help: 'Width of the band whose part of the light is told, in widths of a pixel.' }),
  ),
  pedestal: trait.perTelescope(
    trait.number({ default: 1.1, unit: 'pe', help: 'Standard deviation of the charge of a pixel without light.' }),
  ),
  ringIntegrationWidth: trait.perTelescope(
    trait.number({ default: 0.25, help: 'Width of the band of a ring on either side, in its radii.' }),
  ),
  outerRingWidth: trait.perTelescope(
    trait.number({ default: 0.2, help: 'Width of the bands next to that of the ring, in its radii.' }),
  ),
}) {
  static override readonly help = 'Finds muon rings and the optical efficiency that they show.';
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
  readonly #warned = new Set<number>();

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

  /** How many images and rings passed each criterion so far. */
  override get statistics(): ReadonlyMap<string, QualityStatistics> {
    return new Map([this.#imageQuery, this.#ringQuery].map(({ name, statistics }) => [name, statistics]));
  }

  /** @param drop - keeps why, and gives it in words */
  #muonOf(
    telId: number,
    { image, imageMask, parameters }: DL1CameraContainer,
    drop: (component: string, reason: string) => string,
  ): MuonTelescopeContainer {
    const { optics, camera } = this.context.subarray.telescope(telId);
    if (optics.nMirrors !== 1) {
      this.#warnOfMirrors(telId);
      return new MuonTelescopeContainer({ reason: drop(this.name, 'the telescope has two mirrors') });
    }
    const geometry = camera.geometry.toTelescopeFrame();
    if (image?.length !== geometry.nPixels || !imageMask || !parameters) {
      return new MuonTelescopeContainer({ reason: drop(this.name, 'there are no image parameters') });
    }
    if (!this.#imageQuery.passesParameters(parameters)) {
      return new MuonTelescopeContainer({ reason: drop(...this.#failureOf(this.#imageQuery)) });
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
      if (!muon.efficiency.isValid) muon.reason = drop(this.#intensityFitter.name, 'the likelihood has no minimum');
    } else {
      muon.reason = drop(...this.#failureOf(this.#ringQuery));
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
    if (this.#warned.has(telId)) return;
    this.#warned.add(telId);
    this.context.logger.warning(
      `Telescope ${telId} has two mirrors; the muon analysis is made for one, and leaves it out. ` +
        'EventSource.allowed_tels can exclude it.',
    );
  }
}
