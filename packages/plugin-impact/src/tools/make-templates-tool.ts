import {
  CameraCalibrator,
  CherenkitError,
  counted,
  EventSource,
  ExitCode,
  ImageProcessor,
  OUTPUT_FILES,
  processEvent,
  PROVENANCE,
  READING_FLAGS,
  Tool,
  trait,
  type ArrayEvent,
  type CommandDeclaration,
  type ComponentKind,
  type ToolOptions,
} from '@cherenkit/core';
import type { ByteSink } from '@cherenkit/io';
import { degrees } from '@cherenkit/kernels';
import { makeOutputFolder } from '@cherenkit/plugin-hdf5';
import { logarithmicValues, type TemplateGrid } from '../making/template-grid.js';
import { TemplateSums } from '../making/template-sums.js';
import { trueImagesOf } from '../making/true-image.js';
import { pointingOfArray } from '../event-images.js';
import { templateFileName } from '../templates/find-templates.js';
import { writeNeutralTemplates } from '../templates/neutral-templates.js';
import { axesOfCtapipe, N_KEYS, X_RANGE, Y_RANGE, type Templates } from '../templates/templates.js';

const GAMMA = 0;
const TEMPLATES = 'TEMPLATES';
const OUTPUT = 'OUTPUT';

/** Directions within this distance, degrees, have the same templates. */
const DIRECTION_STEP = 1;

/** A file for the templates of a camera. */
interface TemplateOutput {
  readonly name: string;
  readonly path: string;
  readonly sink: ByteSink;
}

/** Multiples of a step from 0 to a highest value. */
const multiples = (step: number, highest: number): number[] =>
  Array.from({ length: Math.round(highest / step) + 1 }, (_, i) => i * step);

/** Averages images of simulated gamma rays to image templates for `ImPACTReconstructor`: `cherenkit make-templates`. */
export class MakeTemplatesTool extends Tool.withTraits({
  outdir: trait.path({
    default: '.',
    help: 'Directory of the output files, CAMERA.templates.h5; created if it does not exist.',
  }),
  overwrite: trait.boolean({ default: false, help: 'Replace existing files.' }),
  energyMin: trait.quantity({ default: 0.02, exclusiveMinimum: 0, unit: 'TeV', help: 'Lowest energy of templates.' }),
  energyMax: trait.quantity({ default: 20, exclusiveMinimum: 0, unit: 'TeV', help: 'Highest energy of templates.' }),
  energiesPerDecade: trait.integer({
    default: 3,
    minimum: 1,
    maximum: 100,
    help: 'Number of energies of templates per decade.',
  }),
  impacts: trait.list(trait.number({ minimum: 0, unit: 'm' }), {
    default: [...multiples(10, 200), 225, 250, 275, 300, 350, 400, 450, 500],
    minItems: 1,
    help: 'Impact distances of templates, m. Images move with the impact distance: steps above 10 m spoil the direction.',
  }),
  impactWindow: trait.quantity({
    default: 20,
    exclusiveMinimum: 0,
    unit: 'm',
    help: 'Images contribute to templates within this difference of the impact distances, and at least to those next to it.',
  }),
  depthDifferences: trait.list(trait.number({ unit: 'g.cm**-2' }), {
    default: [-150, -100, -50, 0, 50, 100, 150, 200],
    minItems: 1,
    help: 'Depths of the maximum, relative to that expected of the energy, at which templates are made, g/cm2.',
  }),
  nodeDistance: trait.quantity({
    default: 0.05,
    minimum: 0.01, // templates of closer nodes need gigabytes, and pixels are larger
    unit: 'deg',
    help: 'Distance of the nodes of a template; at most half a pixel.',
  }),
  minImages: trait.number({ default: 5, minimum: 0, help: 'Number of images of a template, at least.' }),
}) {
  static override readonly help = 'Averages images of simulated gamma rays to image templates for ImPACTReconstructor.';
  static override readonly children: readonly ComponentKind[] = [EventSource, CameraCalibrator, ImageProcessor];
  static override readonly command: CommandDeclaration = {
    name: 'make-templates',
    description:
      'The input is a simulation of gamma rays with images or waveforms: a sim_telarray file, an HDF5 file, or toymodel:. Each telescope event contributes to the templates next to its true energy, impact distance and depth of maximum. One file per camera is written.',
    examples: [
      "make-templates -i 'toymodel:?array=north&events=5000&view_cone_radius=0' -o templates",
      'make-templates -i gamma.dl1.h5 -o templates --energies-per-decade 4 --min-images 20',
    ],
    flags: {
      ...READING_FLAGS,
      'energy-min': { trait: 'MakeTemplatesTool.energy_min', group: TEMPLATES },
      'energy-max': { trait: 'MakeTemplatesTool.energy_max', group: TEMPLATES },
      'energies-per-decade': { trait: 'MakeTemplatesTool.energies_per_decade', group: TEMPLATES },
      impacts: { trait: 'MakeTemplatesTool.impacts', group: TEMPLATES },
      'impact-window': { trait: 'MakeTemplatesTool.impact_window', group: TEMPLATES },
      'depth-differences': { trait: 'MakeTemplatesTool.depth_differences', group: TEMPLATES },
      'node-distance': { trait: 'MakeTemplatesTool.node_distance', group: TEMPLATES },
      'min-images': { trait: 'MakeTemplatesTool.min_images', group: TEMPLATES },
      outdir: { trait: 'MakeTemplatesTool.outdir', letter: 'o', group: OUTPUT },
      overwrite: { trait: 'MakeTemplatesTool.overwrite', group: OUTPUT },
    },
  };

  readonly #calibrator = this.context.create(CameraCalibrator, 'CameraCalibrator');
  readonly #imageProcessor = this.context.create(ImageProcessor, 'ImageProcessor');

  /** @throws CherenkitError TEMPLATE_IMAGES_MISSING, TEMPLATE_GRID_INVALID (2); those of the source and of the output */
  override async run(source: EventSource, { signal, events = source, onEvents }: ToolOptions = {}): Promise<string> {
    const grid = this.#grid;
    using _folder = makeOutputFolder(this.traits.outdir, '--outdir');
    await using files = this.#openFiles(); // before the events are read, which may take long
    source.reusesWaveforms = true; // the images of each event are added before the next one is read
    /** By camera and direction. */
    const sums = new Map<string, Map<string, TemplateSums>>();
    let nImages = 0;
    for await (const event of events) {
      signal?.throwIfAborted();
      const isGamma = event.simulation?.shower?.showerPrimaryId === GAMMA;
      if (isGamma) nImages += this.#add(event, sums, grid);
      await onEvents?.(1);
    }
    if (nImages === 0) throw this.#noImages(source);
    let nTemplates = 0;
    let nFiles = 0;
    for (const { name, path, sink } of files.all) {
      const templates = this.#average(name, sums.get(name) ?? new Map<string, TemplateSums>());
      if (!templates) continue;
      await writeNeutralTemplates(sink, templates);
      this.context.service(PROVENANCE).addOutput({ url: path, role: 'image templates' });
      nTemplates += templates.images.length;
      nFiles++;
    }
    if (nFiles === 0) throw this.#tooFewImages(source, nImages);
    return `${counted(nFiles, 'file')}, ${counted(nTemplates, 'template')} of ${counted(nImages, 'image')}`;
  }

  /** Adds the images of an event. @returns their number */
  #add(event: ArrayEvent, sums: Map<string, Map<string, TemplateSums>>, grid: TemplateGrid): number {
    const { subarray } = this.context;
    const cameras = [...event.dl1.tel.values()];
    const calibrates = cameras.length === 0 || cameras.some(({ image }) => image === undefined);
    const cleans = calibrates || cameras.some(({ imageMask, parameters }) => !imageMask || !parameters);
    processEvent(event, {
      calibrator: calibrates ? this.#calibrator : undefined,
      imageProcessor: cleans ? this.#imageProcessor : undefined,
    });
    const { alt, az } = pointingOfArray(event);
    // 0 is added so that -0 becomes 0.
    const rounded = (angle: number): number => DIRECTION_STEP * Math.round(angle / DIRECTION_STEP) + 0;
    const direction = [rounded(90 - degrees(alt)), rounded(degrees(az))] as const;
    const key = direction.join();
    let count = 0;
    for (const [telId, image] of trueImagesOf(event, subarray)) {
      const camera = subarray.telescope(telId).camera.name;
      const ofCamera = sums.get(camera) ?? new Map<string, TemplateSums>();
      sums.set(camera, ofCamera);
      const ofDirection = ofCamera.get(key) ?? new TemplateSums(grid, direction);
      ofCamera.set(key, ofDirection);
      if (ofDirection.add(image)) count++;
    }
    return count;
  }

  /** Opens a file for each camera. Those that are not published are removed when they are disposed. */
  #openFiles(): AsyncDisposable & { readonly all: readonly TemplateOutput[] } {
    const { outdir, overwrite } = this.traits;
    const names = new Set(this.context.subarray.cameraTypes.map(({ name }) => name));
    const all = Array.from(names, (name): TemplateOutput => {
      const path = `${outdir.replace(/\/$/, '')}/${templateFileName(name)}`;
      return { name, path, sink: this.context.service(OUTPUT_FILES).create(path, { overwrite }) };
    });
    return {
      all,
      async [Symbol.asyncDispose]() {
        for (const { sink } of all) await sink[Symbol.asyncDispose]();
      },
    };
  }

  /** Templates of a camera; undefined, with a warning, if there are too few images. */
  #average(camera: string, byDirection: ReadonlyMap<string, TemplateSums>): Templates | undefined {
    const { minImages } = this.traits;
    const templates = joined(Array.from(byDirection.values(), (sums) => sums.templates(minImages, camera)));
    if (templates && templates.images.length > 0) return templates;
    this.context.logger.warning(
      `${camera}: no template has ${minImages} images, so that no file is written. Simulate more showers, or choose larger steps.`,
    );
    return undefined;
  }

  /** @throws CherenkitError TEMPLATE_GRID_INVALID (2) */
  get #grid(): TemplateGrid {
    const { energyMin, energyMax, energiesPerDecade, impacts, impactWindow, depthDifferences, nodeDistance } =
      this.traits;
    if (energyMin > energyMax) {
      const message = `${this.context.path}: energy_min is ${energyMin} TeV, above energy_max, ${energyMax} TeV; expected a lower energy. Set --energy-min or --energy-max.`;
      throw new CherenkitError('TEMPLATE_GRID_INVALID', ExitCode.USAGE, message);
    }
    const nodes = ([from, to]: readonly [number, number]): number =>
      Math.max(2, Math.round((to - from) / nodeDistance) + 1);
    return {
      energies: logarithmicValues(energyMin, energyMax, energiesPerDecade),
      impacts: ascending(impacts),
      impactWindow,
      depths: ascending(depthDifferences),
      axes: axesOfCtapipe(nodes(X_RANGE), nodes(Y_RANGE)),
    };
  }

  #tooFewImages({ traits }: EventSource, nImages: number): CherenkitError {
    const message = `${traits.inputUrl}: none of the templates has ${this.traits.minImages} images, of ${nImages} images in their range. Simulate more showers, choose larger steps, or lower --min-images.`;
    return new CherenkitError('TEMPLATE_IMAGES_MISSING', ExitCode.USAGE, message);
  }

  #noImages({ traits }: EventSource): CherenkitError {
    const message = `${traits.inputUrl}: no image of a gamma ray with its true properties was found within the range of the templates. Give simulated gamma rays with images or waveforms, or other energies and impact distances.`;
    return new CherenkitError('TEMPLATE_IMAGES_MISSING', ExitCode.USAGE, message);
  }
}

/** Different values in ascending order. */
function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** Templates of several directions in one. */
function joined(parts: readonly Templates[]): Templates | undefined {
  const [first] = parts;
  if (first === undefined) return undefined;
  const images = parts.flatMap((part) => part.images);
  const keys = new Float64Array(N_KEYS * images.length);
  const gradients = new Float32Array(2 * images.length);
  let at = 0;
  for (const part of parts) {
    keys.set(part.keys, N_KEYS * at);
    if (part.timeGradients) gradients.set(part.timeGradients, 2 * at);
    at += part.images.length;
  }
  const hasGradients = parts.every(({ timeGradients }) => timeGradients);
  return { ...first, keys, images, timeGradients: hasGradients ? gradients : undefined };
}
