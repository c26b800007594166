import {
  Component,
  definePlugin,
  service,
  serviceToken,
  SUBARRAY,
  trait,
  LOGGER,
  type ComponentContext,
  type ComponentKind,
  type Logger,
  type SubarrayDescription,
  type TelescopeValues,
} from '@cherenkit/core';

// A minimal pipeline of kinds and components with names of ctapipe.

/** Selects the pixels of an image that contain signal. */
export abstract class ImageCleaner extends Component {
  static override readonly kind: string = 'ImageCleaner';

  /** @returns 1 for each pixel to keep */
  abstract clean(telId: number, image: Float32Array): Uint8Array;
}

export class TailcutsImageCleaner extends ImageCleaner.withTraits({
  pictureThresholdPe: trait.perTelescope(
    trait.number({ default: 10, minimum: 0, unit: 'pe', help: 'Pixels above this are kept.' }),
  ),
  keepIsolatedPixels: trait.boolean({ default: false, help: 'Keep pixels without bright neighbours.' }),
}) {
  override clean(telId: number, image: Float32Array): Uint8Array {
    const threshold = this.traits.pictureThresholdPe.for(telId);
    return Uint8Array.from(image, (charge) => Number(charge >= threshold));
  }
}

export class MARSImageCleaner extends TailcutsImageCleaner.withTraits({
  minNumberPictureNeighbors: trait.integer({ default: 1, minimum: 0, help: 'Bright neighbours that a pixel needs.' }),
}) {}

const criterion = trait.tuple([trait.string(), trait.expression()]);

/** A kind that is also a component. */
export class QualityQuery extends Component.withTraits({
  qualityCriteria: trait.list(criterion, { default: [], help: 'Pairs of a name and an expression.' }),
}) {
  static override readonly kind: string = 'QualityQuery';

  get names(): string[] {
    return this.traits.qualityCriteria.map(([name]) => name);
  }
}

export class StereoQualityQuery extends QualityQuery.withTraits({
  qualityCriteria: trait.list(criterion, {
    default: [['> 50 pe', 'parameters.hillas.intensity > 50']],
    help: 'Pairs of a name and an expression.',
  }),
}) {}

export class ImageProcessor extends Component.withTraits({
  imageCleanerType: trait.perTelescope(
    trait.componentName(ImageCleaner, { default: 'TailcutsImageCleaner', help: 'The cleaner to use.' }),
  ),
}) {
  static override readonly kind: string = 'ImageProcessor';
  readonly cleaners: TelescopeValues<ImageCleaner>;

  constructor(context: ComponentContext) {
    super(context);
    this.cleaners = this.traits.imageCleanerType.map((name) => context.create(ImageCleaner, name));
  }
}

export abstract class Reconstructor extends Component.withTraits({
  prefix: trait.string({ default: '', help: 'Begins the names of the output columns.' }),
}) {
  static override readonly kind: string = 'Reconstructor';
  static override readonly children: readonly ComponentKind[] = [StereoQualityQuery];
  readonly qualityQuery: QualityQuery;

  constructor(context: ComponentContext) {
    super(context);
    this.qualityQuery = context.create(QualityQuery, 'StereoQualityQuery');
  }

  /** Height of the shower maximum, m above sea level. */
  abstract reconstruct(): number;
}

export class HillasReconstructor extends Reconstructor.withTraits({
  minTelescopes: trait.integer({ default: 2, minimum: 2, help: 'Fewest images a fit needs.' }),
}) {
  override reconstruct(): number {
    return 10_000 / this.traits.minTelescopes;
  }
}

export class HillasIntersection extends Reconstructor.withTraits({
  weighting: trait.oneOf(['Konrad', 'hess'], { default: 'Konrad', help: 'Weight of each pair of images.' }),
}) {
  override reconstruct(): number {
    return this.traits.weighting === 'Konrad' ? 9_000 : 9_500;
  }
}

export class ShowerProcessor extends Component.withTraits({
  reconstructorTypes: trait.list(trait.componentName(Reconstructor), {
    default: ['HillasReconstructor'],
    help: 'Reconstructors, in order.',
  }),
}) {
  static override readonly kind: string = 'ShowerProcessor';
  readonly reconstructors: readonly Reconstructor[];

  constructor(context: ComponentContext) {
    super(context);
    this.reconstructors = this.traits.reconstructorTypes.map((name) => context.create(Reconstructor, name));
  }
}

export abstract class EventSource extends Component.withTraits({
  inputUrl: trait.optional(trait.path({ help: 'The file to read.' })),
  maxEvents: trait.optional(trait.integer({ minimum: 0, help: 'Stop after so many events.' })),
  allowedTels: trait.optional(trait.integerSet({ minimum: 0, help: 'Read these telescopes only.' })),
}) {
  static override readonly kind: string = 'EventSource';
}

export class ToySource extends EventSource.withTraits({
  focalLengthChoice: trait.oneOf(['EFFECTIVE', 'EQUIVALENT'], {
    default: 'EFFECTIVE',
    caseless: true,
    help: 'Which focal length gives the pixel positions.',
  }),
}) {
  static override readonly recognises = [{ scheme: 'toy' }];
}

/** The root of the composition. */
export class ProcessorTool extends Component.withTraits({
  overwrite: trait.boolean({ default: false, help: 'Replace an existing output.' }),
}) {
  static override readonly kind: string = 'Tool';
  static override readonly children: readonly ComponentKind[] = [EventSource, ImageProcessor, ShowerProcessor];
  readonly imageProcessor: ImageProcessor;
  readonly showerProcessor: ShowerProcessor;

  constructor(context: ComponentContext) {
    super(context);
    this.imageProcessor = context.create(ImageProcessor, 'ImageProcessor');
    this.showerProcessor = context.create(ShowerProcessor, 'ShowerProcessor');
  }
}

export const standardPlugin = definePlugin({
  name: 'standard',
  apiVersion: 1,
  kinds: [EventSource, ImageCleaner, ImageProcessor, ProcessorTool, QualityQuery, Reconstructor, ShowerProcessor],
  components: [
    HillasIntersection,
    HillasReconstructor,
    ImageProcessor,
    MARSImageCleaner,
    ProcessorTool,
    QualityQuery,
    ShowerProcessor,
    StereoQualityQuery,
    TailcutsImageCleaner,
    ToySource,
  ],
});

/** Converts atmospheric depth to height. */
export interface Atmosphere {
  /** Height above sea level (m) at a vertical depth (g/cm2). */
  height(depth: number): number;
}

export const ATMOSPHERE = serviceToken<Atmosphere>('example.Atmosphere');

/** Density decreases exponentially with a scale height of 8 km; the depth at sea level is 1036 g/cm2. */
class ExponentialAtmosphere implements Atmosphere {
  constructor(subarray: SubarrayDescription, logger: Logger) {
    logger.info(`atmosphere for ${subarray.nTels} telescopes`);
  }

  height(depth: number): number {
    return 8000 * Math.log(1036 / depth);
  }
}

/** A third-party reconstructor that uses a service of its own plugin. */
class DepthReconstructor extends Reconstructor.withTraits({
  depth: trait.number({ default: 300, minimum: 0, unit: 'g/cm2', help: 'Depth of the shower maximum.' }),
}) {
  static override readonly help = 'Takes the height of the shower maximum from a fixed depth.';
  readonly atmosphere: Atmosphere;

  constructor(context: ComponentContext) {
    super(context);
    this.atmosphere = context.service(ATMOSPHERE);
  }

  override reconstruct(): number {
    return this.atmosphere.height(this.traits.depth);
  }
}

export const examplePlugin = definePlugin({
  name: 'example',
  apiVersion: 1,
  components: [DepthReconstructor],
  services: [service(ATMOSPHERE, [SUBARRAY, LOGGER], ExponentialAtmosphere)],
});
