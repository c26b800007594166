import { Component, trait, type ComponentContext, type TelescopeValues } from '../component/index.js';
import {
  CameraHillasParametersContainer,
  CameraTimingParametersContainer,
  ImageParametersContainer,
  TrueIntensityStatisticsContainer,
  type ArrayEvent,
  type DL1CameraContainer,
  type SimulatedCameraContainer,
} from '../event/index.js';
import type { CameraGeometry } from '../instrument/index.js';
import { ImageCleaner } from './image-cleaner.js';
import { ImageParametrizer } from './image-parametrizer.js';
import { ImageQualityQuery } from './quality-query.js';
import type { QualityStatistics } from './quality-statistics.js';

/**
 * From images to parameters: cleans each image and describes what is left, and the true image beside it.
 *
 * An image that fails the `ImageQualityQuery` has the parameters' defaults: NaN, and -1 for counts.
 * Source: ctapipe 0.32 `ImageProcessor`.
 */
export class ImageProcessor extends Component.withTraits({
  imageCleanerType: trait.perTelescope(
    trait.componentName(ImageCleaner, {
      default: 'TailcutsImageCleaner',
      help: 'What finds the pixels of the shower.',
    }),
  ),
  imageParametrizerType: trait.componentName(ImageParametrizer, {
    default: 'HillasParametrizer',
    help: 'What describes a cleaned image.',
  }),
  useTelescopeFrame: trait.boolean({
    default: true,
    help: 'Compute parameters in the telescope frame, as angles; otherwise in the camera frame, as lengths.',
  }),
}) {
  static override readonly kind: string = 'ImageProcessor';
  static override readonly help = 'From images to parameters.';
  static override readonly children = [ImageQualityQuery];

  readonly #cleaners: TelescopeValues<ImageCleaner>;
  readonly #parametrizer: ImageParametrizer;
  readonly #query: ImageQualityQuery;
  readonly #geometries: ReadonlyMap<number, CameraGeometry>;

  constructor(context: ComponentContext) {
    super(context);
    const { imageCleanerType, imageParametrizerType, useTelescopeFrame } = this.traits;
    this.#cleaners = imageCleanerType.map((name) => context.create(ImageCleaner, name));
    this.#parametrizer = context.create(ImageParametrizer, imageParametrizerType);
    this.#query = context.create(ImageQualityQuery, 'ImageQualityQuery');
    this.#geometries = new Map(
      [...context.subarray.tel].map(([telId, { camera }]) => [
        telId,
        useTelescopeFrame ? camera.geometry.toTelescopeFrame() : camera.geometry,
      ]),
    );
  }

  /** Fills `imageMask` and `parameters` in `dl1`, and `trueParameters` in `simulation`. Images of both gains stay as they are. */
  process(event: ArrayEvent): void {
    for (const [telId, dl1] of event.dl1.tel) {
      const geometry = this.#geometries.get(telId);
      if (geometry === undefined || dl1.image?.length !== geometry.nPixels) continue;
      this.#parametrizeImage(event, telId, geometry, dl1, dl1.image);
      const simulated = event.simulation?.tel.get(telId);
      if (simulated?.trueImage !== undefined) this.#parametrizeTrueImage(geometry, simulated, simulated.trueImage);
    }
  }

  /** How many images, true ones included, passed each criterion so far. */
  get statistics(): QualityStatistics {
    return this.#query.statistics;
  }

  #parametrizeImage(
    event: ArrayEvent,
    telId: number,
    geometry: CameraGeometry,
    dl1: DL1CameraContainer,
    image: Float32Array,
  ): void {
    const { peakTime } = dl1;
    const mask = this.#cleaners.for(telId).clean(telId, image, peakTime, event.monitoring.tel.get(telId)?.camera);
    dl1.imageMask = mask;
    dl1.parameters = this.#query.passesImage(image.filter((_, pixel) => mask[pixel] !== 0))
      ? this.#parametrizer.parametrize(geometry, image, mask, peakTime)
      : this.#withoutImage();
  }

  #parametrizeTrueImage(geometry: CameraGeometry, simulated: SimulatedCameraContainer, trueImage: Int32Array): void {
    const mask = Uint8Array.from(trueImage, (charge) => Number(charge > 0));
    simulated.trueParameters = this.#query.passesImage(trueImage.filter((charge) => charge > 0))
      ? this.#parametrizer.parametrize(geometry, trueImage, mask)
      : this.#withoutImage(new TrueIntensityStatisticsContainer());
  }

  #withoutImage(intensityStatistics?: TrueIntensityStatisticsContainer): ImageParametersContainer {
    const frame = this.traits.useTelescopeFrame
      ? {}
      : { hillas: new CameraHillasParametersContainer(), timing: new CameraTimingParametersContainer() };
    return new ImageParametersContainer(intensityStatistics ? { ...frame, intensityStatistics } : frame);
  }
}
