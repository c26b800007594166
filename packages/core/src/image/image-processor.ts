import { hasInfinite, litPixelMask, selectedPixels, valuesOf } from '@cherenkit/kernels';

import {
  Component,
  type ComponentContext,
  type ComponentKind,
  EVENT_FAILURES,
  type TelescopeValues,
  trait,
} from '../framework/component/index.js';
import { attributeErrors } from '../framework/component/event-failures.js';
import {
  CameraHillasParametersContainer,
  CameraTimingParametersContainer,
  ImageParametersContainer,
  TrueIntensityStatisticsContainer,
  TrueLeakageContainer,
  type ArrayEvent,
  type DL1CameraContainer,
  type Rejection,
} from '../event/index.js';
import { checkArray, checkMask, checkNotInfinite } from '../event/check-array.js';
import { checkContainer } from '../event/check-container.js';
import { leavingUnchanged } from '../event/event-fingerprint.js';
import { isImageRejected } from '../event/rejection.js';
import type { CameraGeometry } from '../instrument/index.js';
import { ImageCleaner, ImageModifier, ImageParametrizer } from './image-kinds.js';
import { ImageQualityQuery, type QualityStatistics } from './quality-query.js';

/**
 * Cleans and parametrizes images. True images of simulations are parametrized as well.
 *
 * An image that fails the `ImageQualityQuery` has default parameters: NaN, and -1 for counts.
 * Source: ctapipe 0.32 `ImageProcessor`.
 */
export class ImageProcessor extends Component.withTraits({
  imageCleanerType: trait.perTelescope(
    trait.componentName(ImageCleaner, {
      default: 'TailcutsImageCleaner',
      help: 'The image cleaner, which selects the pixels with Cherenkov light.',
    }),
  ),
  imageParametrizerType: trait.componentName(ImageParametrizer, {
    default: 'HillasParametrizer',
    help: 'The image parametrizer, which computes the parameters of cleaned images.',
  }),
  imageModifierType: trait.componentName(ImageModifier, {
    default: 'NoiseImageModifier',
    help: 'The image modifier, used before cleaning where `apply_image_modifier` is set.',
  }),
  useTelescopeFrame: trait.boolean({
    default: true,
    help: 'Compute parameters in the telescope frame (angles) instead of the camera frame (lengths).',
  }),
  applyImageModifier: trait.perTelescope(
    trait.boolean({
      default: false,
      help: 'Modify the images before they are cleaned, to add noise or widen the point spread function.',
    }),
  ),
}) {
  static override readonly kind: string = 'ImageProcessor';
  static override readonly help = 'Cleans and parametrizes images.';
  static override readonly children: readonly ComponentKind[] = [ImageQualityQuery];

  readonly #cleaners: TelescopeValues<ImageCleaner>;
  readonly #parametrizer: ImageParametrizer;
  readonly #modifier: ImageModifier;
  readonly #query: ImageQualityQuery;
  readonly #geometries: ReadonlyMap<number, CameraGeometry>;

  readonly #failures = this.context.service(EVENT_FAILURES);

  constructor(context: ComponentContext) {
    super(context);
    const { imageCleanerType, imageParametrizerType, imageModifierType, useTelescopeFrame } = this.traits;
    this.#cleaners = imageCleanerType.map((name) => context.create(ImageCleaner, name));
    this.#parametrizer = context.create(ImageParametrizer, imageParametrizerType);
    this.#modifier = context.create(ImageModifier, imageModifierType);
    this.#query = context.create(ImageQualityQuery, 'ImageQualityQuery');
    this.#geometries = new Map(
      [...context.subarray.tel].map(([telId, { camera }]) => [
        telId,
        useTelescopeFrame ? camera.geometry.toTelescopeFrame() : camera.geometry,
      ]),
    );
  }

  /**
   * Fills `imageMask` and `parameters` in `dl1`, and `trueParameters` in `simulation`. Images with both gain channels are rejected and
   * have default parameters.
   */
  process(event: ArrayEvent): void {
    for (const [telId, dl1] of event.dl1.tel) {
      const geometry = this.#geometries.get(telId);
      if (geometry === undefined || dl1.image === undefined) continue;
      if (dl1.image.length !== geometry.nPixels) {
        this.#warnAboutBothGains(telId, event);
        event.rejections.push({ level: 'image', telId, component: this.name, reason: 'both gain channels' });
        this.#fillDefaults(event, telId, dl1, geometry);
        continue;
      }
      if (isImageRejected(event, telId)) {
        this.#fillDefaults(event, telId, dl1, geometry);
        continue;
      }
      const failed = this.#failures.catchFailure(event, telId, () =>
        this.#processTelescope(event, telId, dl1, geometry),
      );
      if (!failed) continue;
      event.rejections.push({ level: 'image', telId, ...failed });
      this.#fillDefaults(event, telId, dl1, geometry);
    }
  }

  #processTelescope(event: ArrayEvent, telId: number, dl1: DL1CameraContainer, geometry: CameraGeometry): void {
    if (this.traits.applyImageModifier.for(telId)) {
      const { image } = dl1;
      if (image === undefined) return;
      const modify = (): Float32Array =>
        leavingUnchanged(this.#failures.checksChanges, { image, index: event.index }, () =>
          this.#modifier.modify(telId, image, event.index),
        );
      dl1.image = attributeErrors(this.#modifier, modify, (modified) => {
        checkArray('image', modified, 'Float32Array', geometry.nPixels);
        checkNotInfinite('image', modified, () => hasInfinite(image));
      });
    }
    const { image, peakTime } = dl1;
    if (image === undefined) return;
    const cleaner = this.#cleaners.for(telId);
    const monitoring = event.monitoring.tel.get(telId)?.camera;
    const { selectedGainChannel: selected } = event.dl0.tel.get(telId) ?? event.r1.tel.get(telId) ?? {};
    const { checksChanges } = this.#failures;
    const clean = (): Uint8Array =>
      leavingUnchanged(checksChanges, { image, peakTime, monitoring, selected }, () =>
        cleaner.clean(telId, image, peakTime, monitoring, selected),
      );
    dl1.imageMask = attributeErrors(cleaner, clean, (mask) => {
      checkMask(mask, geometry.nPixels);
    });
    const parameters = this.#parametrize(geometry, image, dl1.imageMask, peakTime);
    if (parameters === undefined) event.rejections.push(this.#describeRejection(telId, dl1.imageMask));
    dl1.parameters = parameters ?? this.#defaultParameters({});

    const simulated = event.simulation?.tel.get(telId);
    if (simulated?.trueImage === undefined) return;
    const { trueImage } = simulated;
    const trueMask = litPixelMask(trueImage);
    simulated.trueParameters = this.#parametrize(geometry, trueImage, trueMask) ?? this.#defaultTrueParameters();
  }

  /** Fills default parameters: tables of images and of parameters must have the same rows. */
  #fillDefaults(event: ArrayEvent, telId: number, dl1: DL1CameraContainer, geometry: CameraGeometry): void {
    dl1.imageMask ??= new Uint8Array(geometry.nPixels);
    dl1.parameters = this.#defaultParameters({});
    const simulated = event.simulation?.tel.get(telId);
    if (simulated?.trueImage !== undefined) simulated.trueParameters ??= this.#defaultTrueParameters();
  }

  /** Warns for the first such event only. */
  #warnAboutBothGains(telId: number, { index }: ArrayEvent): void {
    this.context.warnOnce(
      `Event ${index.eventId} has images of both gain channels for telescope ${telId}: such images are neither cleaned nor ` +
        'parametrized. Gain channels are selected by the event source, where it can: select_gain of SimTelEventSource; of ' +
        'LSTR0Corrections and NectarCAMR0Corrections with a calibration_path. This warning is given once.',
      'both gains',
    );
  }

  /** Number of images that passed each quality criterion so far, including true images. */
  get statistics(): QualityStatistics {
    return this.#query.statistics;
  }

  /** Computes the parameters of an image; undefined if it fails the quality criteria. */
  #parametrize(
    geometry: CameraGeometry,
    image: Float32Array | Int32Array,
    mask: Uint8Array,
    peakTime?: Float32Array,
  ): ImageParametersContainer | undefined {
    const selected = selectedPixels(mask);
    const isGood = this.#query.passesImage(valuesOf(image, selected)) && selected.length > 0;
    if (!isGood) return undefined;
    const parametrizer = this.#parametrizer;
    const parametrize = (): ImageParametersContainer =>
      leavingUnchanged(this.#failures.checksChanges, { image, mask, peakTime, geometry }, () =>
        parametrizer.parametrize(geometry, image, mask, peakTime),
      );
    return attributeErrors(parametrizer, parametrize, (parameters) => {
      checkContainer('the result', parameters, ImageParametersContainer);
    });
  }

  #describeRejection(telId: number, mask: Uint8Array): Rejection {
    if (mask.includes(1)) {
      return { level: 'image', telId, component: this.#query.name, reason: String(this.#query.failed) };
    }
    return { level: 'image', telId, component: this.#cleaners.for(telId).name, reason: 'no pixel is left' };
  }

  #defaultTrueParameters(): ImageParametersContainer {
    return this.#defaultParameters({
      leakage: new TrueLeakageContainer(),
      intensityStatistics: new TrueIntensityStatisticsContainer(),
    });
  }

  #defaultParameters(defaults: Partial<ImageParametersContainer>): ImageParametersContainer {
    const frame = this.traits.useTelescopeFrame
      ? {}
      : { hillas: new CameraHillasParametersContainer(), timing: new CameraTimingParametersContainer() };
    return new ImageParametersContainer({ ...frame, ...defaults });
  }
}
