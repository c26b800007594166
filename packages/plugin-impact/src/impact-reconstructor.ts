import {
  CherenkitError,
  ExitCode,
  PROVENANCE,
  ReconstructedEnergyContainer,
  ReconstructedGeometryContainer,
  Reconstructor,
  StereoQualityQuery,
  trait,
  type ArrayEvent,
  type AtmosphereDensityProfile,
  type ComponentContext,
  type ComponentKind,
  type QualityStatistics,
  type ResultClasses,
} from '@cherenkit/core';
import { fitShower, mostLikelyEnergy, power, ShowerLikelihood, type TemplateImage, type TeV } from '@cherenkit/kernels';
import { reasonToReject, selectImages, storeImpact, type ImagesByTelescope } from '@cherenkit/plugin-hillas';
import { eventImages, pointingOfArray, type TelescopeTemplates } from './event-images.js';
import { invalidResult, seedOf, showerResult, type ShowerResult } from './shower-result.js';
import { findTemplates, missingTemplates, type TemplatePaths } from './templates/find-templates.js';
import { corruptTemplates } from './templates/template-defect.js';
import { readTemplateFile, type TemplateFile } from './templates/template-file.js';

/** Widths of the charge without light, p.e., by size class, for templates that contain none. Those of ctapipe's cameras. */
const PEDESTAL_WIDTHS = { LST: 1.4, MST: 1.3, SST: 0.5, UNKNOWN: 1 } as const;
const SPE_WIDTH = 0.5;

/** Energies per decade that are tried if there is no estimate. */
const ENERGIES_PER_DECADE = 8;

/**
 * Reconstructs direction, core, energy and height of maximum of gamma-ray showers by a likelihood fit of templates of their
 * images. It starts from the results of the reconstructors before it.
 *
 * Source: R. D. Parsons and J. A. Hinton, Astropart. Phys. 56 (2014) 26; ctapipe 0.32 `ImPACTReconstructor`.
 */
export class ImPACTReconstructor extends Reconstructor.withTraits({
  rootDir: trait.path({
    default: '.',
    help: 'Folder of the image templates: CAMERA.templates.h5, or those of ctapipe, CAMERA.template.gz.',
  }),
  useTimeGradient: trait.boolean({
    default: false,
    help: 'Use the time gradient along the images as well. Requires templates with time gradients.',
  }),
  templatePath: trait.perTelescope(
    trait.optional(trait.path({ help: 'File of image templates; overrides `root_dir` and the name of the camera.' })),
  ),
  timeTemplatePath: trait.perTelescope(
    trait.optional(trait.path({ help: 'File of time gradients for image templates of ctapipe in `template_path`.' })),
  ),
  pedestalWidth: trait.perTelescope(
    trait.optional(
      trait.number({
        exclusiveMinimum: 0,
        unit: 'pe',
        help: 'Standard deviation of the charge of a pixel without light. None: that of the templates, else by the size of the telescope.',
      }),
    ),
  ),
  depthScaleMin: trait.number({
    default: 0.8,
    exclusiveMinimum: 0,
    maximum: 1,
    help: 'Lowest factor between the depth of the maximum and that which follows from the geometry of the images.',
  }),
  depthScaleMax: trait.number({
    default: 1.2,
    minimum: 1,
    help: 'Highest factor between the depth of the maximum and that which follows from the geometry of the images.',
  }),
  speWidth: trait.perTelescope(
    trait.optional(
      trait.number({
        minimum: 0,
        unit: 'pe',
        help: 'Standard deviation of the charge of a single photo-electron. None: that of the templates, else 0.5.',
      }),
    ),
  ),
}) {
  static override readonly help = 'Direction, core, energy and height of maximum by a fit of image templates (ImPACT).';
  static override readonly children: readonly ComponentKind[] = [StereoQualityQuery];

  override readonly resultClasses: ResultClasses = {
    GEOMETRY: ReconstructedGeometryContainer,
    ENERGY: ReconstructedEnergyContainer,
  };

  readonly #query: StereoQualityQuery;
  readonly #templates = new Map<number, TelescopeTemplates>();

  constructor(context: ComponentContext) {
    super(context);
    this.#query = context.create(StereoQualityQuery, 'StereoQualityQuery');
  }

  override get statistics(): QualityStatistics {
    return this.#query.statistics;
  }

  /** @throws CherenkitError ATMOSPHERE_MISSING (2) */
  override checkReady(): void {
    if (this.context.atmosphere) return;
    const message =
      `${this.name} requires the density profile of the atmosphere, which the input does not contain. ` +
      'Process the simulation itself or a file made of it; in scripts, give createPipeline the atmosphere.';
    throw new CherenkitError('ATMOSPHERE_MISSING', ExitCode.USAGE, message);
  }

  /**
   * Reads the templates of all cameras.
   *
   * @throws CherenkitError TEMPLATES_MISSING (66) naming the cameras; INPUT_MISSING (66); TEMPLATES_CORRUPT (65)
   */
  override async prepare(): Promise<void> {
    const { subarray, telIds } = this.context;
    const { rootDir, templatePath, timeTemplatePath, useTimeGradient } = this.traits;
    const paths = new Map<number, TemplatePaths>();
    const missing = new Set<string>();
    const found = new Map<string, TemplatePaths | undefined>();
    for (const telId of telIds) {
      const camera = subarray.telescope(telId).camera.name;
      const path = templatePath.for(telId);
      if (path !== undefined) {
        paths.set(telId, { path, timePath: useTimeGradient ? timeTemplatePath.for(telId) : undefined });
        continue;
      }
      if (!found.has(camera)) found.set(camera, await findTemplates(rootDir, camera, useTimeGradient));
      const ofCamera = found.get(camera);
      if (ofCamera) paths.set(telId, ofCamera);
      else missing.add(camera);
    }
    if (missing.size > 0) throw missingTemplates(rootDir, [...missing]);
    const files = new Map<string, TemplateFile>();
    for (const [telId, { path, timePath }] of paths) {
      const key = JSON.stringify([path, timePath]);
      const file = files.get(key) ?? (await this.#read(path, timePath));
      files.set(key, file);
      this.#checkCamera(telId, file);
      this.#templates.set(telId, { file, ...this.#widths(telId, file) });
    }
  }

  override reconstruct(event: ArrayEvent): void {
    const selected = selectImages(event, this.#query, this.name);
    const result = this.#fit(event, selected);
    const { geometry, energy } = typeof result === 'string' ? invalidResult(result) : result;
    event.dl2.stereo.geometry.set(this.name, geometry);
    event.dl2.stereo.energy.set(this.name, energy);
    storeImpact(event, this.context.subarray, this.name, geometry);
  }

  /** @returns text: why the event cannot be reconstructed */
  #fit(event: ArrayEvent, selected: ImagesByTelescope): ShowerResult | string {
    const { subarray, atmosphere } = this.context;
    const reason = reasonToReject(selected);
    if (reason !== undefined) return reason;
    if (!atmosphere) return 'the atmosphere is unknown';
    const images = eventImages(event, selected, subarray, this.#templates);
    if (typeof images === 'string') return images;
    const likelihood = this.#likelihood(event, images, atmosphere);
    const seeds = this.#seeds(event, likelihood, images);
    if (seeds.length === 0) return 'no other reconstructor gave a valid geometry to start from';
    const intensities = Array.from(selected.values(), ({ hillas }) => hillas.intensity);
    return showerResult({
      fit: fitShower(likelihood, seeds, this.#scaleRange),
      likelihood,
      arrayPointing: pointingOfArray(event),
      atmosphere,
      telescopes: [...selected.keys()],
      averageIntensity: intensities.reduce((sum, each) => sum + each, 0) / intensities.length,
    });
  }

  get #scaleRange(): [number, number] {
    return [this.traits.depthScaleMin, this.traits.depthScaleMax];
  }

  #likelihood(
    event: ArrayEvent,
    images: readonly TemplateImage[],
    atmosphere: AtmosphereDensityProfile,
  ): ShowerLikelihood {
    const { alt, az } = pointingOfArray(event);
    const site = {
      zenith: Math.PI / 2 - alt,
      azimuth: az,
      height: this.context.subarray.referenceLocation.height,
      atmosphere,
    };
    return new ShowerLikelihood(images, site, { usesTimes: this.traits.useTimeGradient });
  }

  /** Each valid geometry with each valid energy of other reconstructors; with the most likely energy if there is none. */
  #seeds(event: ArrayEvent, likelihood: ShowerLikelihood, images: readonly TemplateImage[]): Float64Array[] {
    const { dl2 } = event;
    const arrayPointing = pointingOfArray(event);
    const isOther = ([name, { isValid }]: readonly [string, { readonly isValid: boolean }]): boolean =>
      isValid && name !== this.name;
    const geometries = [...dl2.stereo.geometry]
      .filter(isOther)
      .map(([, geometry]) => geometry)
      .filter(({ alt, az, coreX, coreY }) => [alt, az, coreX, coreY].every(Number.isFinite));
    const energies = [...dl2.stereo.energy]
      .filter(isOther)
      .map(([, { energy }]) => energy)
      .filter((energy) => energy > 0 && energy < Infinity);
    const tried = energies.length === 0 ? energiesOf(images) : [];
    return geometries.flatMap((geometry) => {
      if (energies.length > 0) return energies.map((energy) => seedOf(geometry, energy, arrayPointing));
      const seed = seedOf(geometry, NaN, arrayPointing);
      return [seed.with(4, mostLikelyEnergy(likelihood, seed, tried, this.#scaleRange))];
    });
  }

  async #read(path: string, timePath: string | undefined): Promise<TemplateFile> {
    const { useTimeGradient } = this.traits;
    const provenance = this.context.service(PROVENANCE);
    const file = await readTemplateFile(path, timePath);
    if (useTimeGradient && !file.library.timeGradients) {
      throw corruptTemplates(path, 'it has no time gradients, which use_time_gradient needs');
    }
    const gradients = useTimeGradient ? file.library.timeGradients : undefined;
    if (gradients && !gradients.every(Number.isFinite)) {
      throw corruptTemplates(timePath ?? path, 'a time gradient is no number');
    }
    for (const warning of file.warnings) this.context.logger.warning(`${path}: ${warning}.`);
    provenance.addInput({ url: path, role: 'image templates' });
    if (timePath !== undefined) provenance.addInput({ url: timePath, role: 'time gradient templates' });
    return file;
  }

  /** Warns, since cameras have different names in different simulations. */
  #checkCamera(telId: number, { path, cameraName = '' }: TemplateFile): void {
    const camera = this.context.subarray.telescope(telId).camera.name;
    if (cameraName === '' || cameraName === camera) return;
    const message = `${path}: the templates are of the camera ${cameraName}, and are used for ${camera}. If these are different cameras, set ${this.name}.template_path of their telescopes.`;
    this.context.warnOnce(message);
  }

  #widths(telId: number, { pedestalWidth, speWidth }: TemplateFile): Omit<TelescopeTemplates, 'file'> {
    const { type } = this.context.subarray.telescope(telId);
    return {
      pedestalWidth: this.traits.pedestalWidth.for(telId) ?? pedestalWidth ?? PEDESTAL_WIDTHS[type],
      speWidth: this.traits.speWidth.for(telId) ?? speWidth ?? SPE_WIDTH,
    };
  }
}

/** Energies in the range that all templates of an event cover, in equal steps of the logarithm. */
function energiesOf(images: readonly TemplateImage[]): TeV[] {
  const lowest = Math.max(...images.map(({ templates }) => templates.energies[0]));
  const highest = Math.min(...images.map(({ templates }) => templates.energies[templates.energies.length - 1]));
  const nSteps = Math.max(0, Math.ceil(ENERGIES_PER_DECADE * Math.log10(highest / lowest)));
  return Array.from({ length: nSteps + 1 }, (_, i) => lowest * power(10, i / ENERGIES_PER_DECADE));
}
