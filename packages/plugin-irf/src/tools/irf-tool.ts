import {
  counted,
  Tool,
  trait,
  type CherenkitError,
  type CommandDeclaration,
  type ComponentKind,
  type EventSource,
  type ToolOptions,
} from '@cherenkit/core';
import { isPointLike, SPECTRA } from '@cherenkit/kernels';
import { Table } from '@cherenkit/tables';
import { AngularResolutionMakerBase } from '../benchmarks/angular-resolution.js';
import { EnergyBiasResolutionMakerBase } from '../benchmarks/energy-bias-resolution.js';
import { SensitivityMakerBase } from '../benchmarks/sensitivity.js';
import { passesCut, passesParticleCuts, readCuts, type SelectionCuts } from '../cuts/selection-cuts.js';
import { DL2EventLoader, weightedEvents, type LoadedEvents } from '../events/dl2-event-loader.js';
import { refusedIrf, unsupportedDl2 } from '../irf-error.js';
import { BackgroundRateMakerBase } from '../responses/background-rate.js';
import type { BinnedResult } from '../responses/binned-result.js';
import { EffectiveAreaMakerBase } from '../responses/effective-area.js';
import { EnergyDispersionMakerBase } from '../responses/energy-dispersion.js';
import { PSFMakerBase } from '../responses/point-spread.js';
import { radMax } from '../responses/rad-max.js';
import { checkBins, requireEventsInBins, warnOfEmptyBins } from './bin-checks.js';
import { FitsOutput } from './fits-output.js';
import {
  inputsTable,
  checkLoaded,
  PARTICLE_TRAITS,
  requiredFile,
  SECONDS_PER_HOUR,
  type Particle,
} from './particle-inputs.js';

/** Events of a particle that pass the cuts on gammaness and multiplicity. */
interface SelectedEvents extends LoadedEvents {
  /** Those that pass the cut on the direction as well, if it applies to the particle. */
  readonly selected: Table;
}

/** Makes instrument responses and benchmarks: `cherenkit compute-irf`. Source: ctapipe 0.32 `IrfTool`. */
export class IrfTool extends Tool.withTraits({
  doBackground: trait.boolean({ default: true, help: 'Make the background rate, from protons and electrons.' }),
  rangeCheckError: trait.boolean({
    default: false,
    help: 'Refuse bins of energy outside the range in which the cuts are valid, instead of a warning.',
  }),
  cutsFile: trait.optional(trait.path({ help: 'File of cuts, of optimize-event-selection.' })),
  ...PARTICLE_TRAITS,
  outputPath: trait.optional(trait.path({ help: 'Output file of the responses.' })),
  benchmarksOutputPath: trait.optional(trait.path({ help: 'Output file of benchmarks: resolutions and sensitivity.' })),
  energyDispersionMakerName: trait.componentName(EnergyDispersionMakerBase, {
    default: 'EnergyDispersion2dMaker',
    help: 'Component that makes the energy dispersion.',
  }),
  effectiveAreaMakerName: trait.componentName(EffectiveAreaMakerBase, {
    default: 'EffectiveArea2dMaker',
    help: 'Component that makes the effective area.',
  }),
  psfMakerName: trait.componentName(PSFMakerBase, {
    default: 'PSF3DMaker',
    help: 'Component that makes the point spread function.',
  }),
  backgroundMakerName: trait.componentName(BackgroundRateMakerBase, {
    default: 'BackgroundRate2dMaker',
    help: 'Component that makes the background rate.',
  }),
  energyBiasResolutionMakerName: trait.componentName(EnergyBiasResolutionMakerBase, {
    default: 'EnergyBiasResolution2dMaker',
    help: 'Component that makes the bias and the resolution of the energy.',
  }),
  angularResolutionMakerName: trait.componentName(AngularResolutionMakerBase, {
    default: 'AngularResolution2dMaker',
    help: 'Component that makes the angular resolution.',
  }),
  sensitivityMakerName: trait.componentName(SensitivityMakerBase, {
    default: 'Sensitivity2dMaker',
    help: 'Component that makes the sensitivity.',
  }),
  spatialSelectionApplied: trait.boolean({
    default: false,
    help: 'Apply the cut on the direction to the gammas: point-like responses with the table RAD_MAX.',
  }),
}) {
  static override readonly help = 'Makes instrument responses and benchmarks from DL2 files and cuts.';
  static override readonly children: readonly ComponentKind[] = [DL2EventLoader];
  static override readonly command: CommandDeclaration = {
    name: 'compute-irf',
    description:
      'Reads DL2 files of simulated gammas, protons and electrons and writes effective area, energy dispersion, point spread function and background rate in the format GADF, as ctapipe-compute-irf does. The quality criteria are those of the cuts.',
    examples: [
      'compute-irf --cuts cuts.fits --gamma-file gamma.dl2.h5 --proton-file proton.dl2.h5 --electron-file electron.dl2.h5 -o irf.fits.gz',
      'compute-irf --cuts cuts.fits --gamma-file gamma.dl2.h5 --no-do-background -o irf.fits.gz --benchmark-output benchmarks.fits.gz',
    ],
    flags: {
      cuts: { trait: 'IrfTool.cuts_file' },
      output: { trait: 'IrfTool.output_path', letter: 'o' },
      'benchmark-output': { trait: 'IrfTool.benchmarks_output_path' },
    },
  };

  readonly #area = this.context.create(EffectiveAreaMakerBase, this.traits.effectiveAreaMakerName);
  readonly #dispersion = this.context.create(EnergyDispersionMakerBase, this.traits.energyDispersionMakerName);
  readonly #spread = this.context.create(PSFMakerBase, this.traits.psfMakerName);
  readonly #rate = this.context.create(BackgroundRateMakerBase, this.traits.backgroundMakerName);
  readonly #bias = this.context.create(EnergyBiasResolutionMakerBase, this.traits.energyBiasResolutionMakerName);
  readonly #resolution = this.context.create(AngularResolutionMakerBase, this.traits.angularResolutionMakerName);
  readonly #sensitivity = this.context.create(SensitivityMakerBase, this.traits.sensitivityMakerName);

  override async run(_source: EventSource | undefined, { signal, onProgress }: ToolOptions = {}): Promise<string> {
    const { traits, context } = this;
    const cutsFile = requiredFile(traits.cutsFile, '--cuts', 'The selection of events');
    const files = this.#files();
    const path = requiredFile(traits.outputPath, '--output', 'The output');
    const cuts = await readCuts(cutsFile);
    this.#checkCuts(cuts, cutsFile);
    await using output = FitsOutput.create(context, path, traits.overwrite, 'IRF');
    await using benchmarks = this.#benchmarksOutput();
    const loaded = new Map<Particle, SelectedEvents>();
    for (const [i, [particle, file]] of [...files].entries()) {
      loaded.set(particle, this.#select(particle, await this.#load(particle, file, cuts, signal), cuts));
      onProgress?.({ fraction: (i + 1) / (files.size + 1), text: `${particle} read` });
    }
    const gammas = loaded.get('gammas') as SelectedEvents;
    if (isPointLike(gammas.showers)) this.#checkOneDirection(gammas.file);
    if (gammas.selected.nRows === 0) throw noneSelected(gammas, cuts, cutsFile);
    const background = traits.doBackground ? backgroundOf(loaded) : undefined;
    const results = this.#responses(loaded, cuts, background);
    warnOfEmptyBins(results, gammas.showers, context.logger);
    requireEventsInBins(results, gammas.events);
    for (const result of results) output.write(result, true);
    output.writer.writeTable(inputsTable(loaded, this.#seconds), {
      name: 'CHERENKIT INPUTS',
      header: { ...output.origin, CUTS: cutsFile.replace(/[^\x20-\x7e]+/g, encodeURIComponent) },
    });
    if (benchmarks !== undefined) {
      for (const result of this.#benchmarks(loaded, cuts, background)) benchmarks.write(result, false);
      await benchmarks.publish();
    }
    await output.publish();
    const counts = Array.from(
      loaded,
      ([particle, { selected, nPreselected }]) => `${selected.nRows} of ${nPreselected} ${particle}`,
    );
    return `${counted(results.length, 'response')} of ${counts.join(', ')}`;
  }

  get #seconds(): number {
    return this.traits.obsTime * SECONDS_PER_HOUR;
  }

  #benchmarksOutput(): FitsOutput | undefined {
    const { benchmarksOutputPath: path, overwrite } = this.traits;
    return path ? FitsOutput.create(this.context, path, overwrite, 'Benchmark') : undefined;
  }

  /** Files to read, in ctapipe's order. @throws CherenkitError INPUT_NOT_NAMED (2) */
  #files(): Map<Particle, string> {
    const { gammaFile, protonFile, electronFile, doBackground } = this.traits;
    const files = new Map<Particle, string>([['gammas', requiredFile(gammaFile, '--gamma-file', 'The responses')]]);
    if (!doBackground) return files;
    files.set('protons', requiredFile(protonFile, '--proton-file', 'The background rate (see --no-do-background)'));
    if (electronFile) files.set('electrons', electronFile);
    else
      this.context.logger.warning(
        'The background is that of protons only. Give --electron-file FILE to include electrons.',
      );
    return files;
  }

  /** Compares the configuration with the cuts. @throws CherenkitError IRF_REFUSED (2) */
  #checkCuts(cuts: SelectionCuts, file: string): void {
    const { spatialSelectionApplied, doBackground, benchmarksOutputPath, rangeCheckError } = this.traits;
    const check = (what: string, bins: Float64Array | undefined): void =>
      checkBins(what, bins, cuts.validEnergy, rangeCheckError ? undefined : this.context.logger);
    if (cuts.theta === undefined && spatialSelectionApplied) {
      throw refusedIrf(
        `${file}: there is no cut on the direction, RAD_MAX. Remove --spatial-selection-applied, or choose other cuts.`,
      );
    }
    if (doBackground) check(`${this.#rate.name}.reco_energy`, this.#rate.recoEnergyBins);
    if (!benchmarksOutputPath) return;
    check(`${this.#resolution.name}.reco_energy`, this.#resolution.recoEnergyBins);
    check(`${this.#sensitivity.name}.reco_energy`, this.#sensitivity.recoEnergyBins);
    if (!doBackground) return;
    if (cuts.theta === undefined) {
      throw refusedIrf(
        `${file}: there is no cut on the direction, RAD_MAX, which the sensitivity needs. Remove --benchmark-output, or choose other cuts.`,
      );
    }
    if (spatialSelectionApplied) return;
    this.context.logger.warning(
      'SENSITIVITY counts gammas of all directions, against the background within the cut on the direction, as in ctapipe: it is too good. Give --spatial-selection-applied for a sensitivity with that cut.',
    );
  }

  async #load(particle: Particle, file: string, cuts: SelectionCuts, signal?: AbortSignal): Promise<LoadedEvents> {
    const loader = this.context.create(DL2EventLoader, 'DL2EventLoader');
    const { gammanessClassifier } = loader.preprocessor.traits;
    if (gammanessClassifier !== cuts.classifier) {
      throw refusedIrf(
        `The cuts are those of the classifier ${cuts.classifier}, but DL2EventPreprocessor.gammaness_classifier is ${gammanessClassifier}. Use the same one for both.`,
      );
    }
    const { qualityCriteria } = loader.preprocessor.qualityQuery.traits;
    if (particle === 'gammas' && JSON.stringify(qualityCriteria) !== JSON.stringify(cuts.qualityCriteria)) {
      const listed = cuts.qualityCriteria.map(([name, expression]) => `${name}: ${expression}`).join('; ');
      this.context.logger.warning(
        `The quality criteria are those of the cuts, not the configured ones: ${listed || 'none'}.`,
      );
    }
    const { chunkSize, doBackground, benchmarksOutputPath } = this.traits;
    const events = await loader.loadPreselectedEvents(file, {
      chunkSize,
      criteria: cuts.qualityCriteria,
      select: (preselected) => preselected.filter(passesParticleCuts(preselected, cuts)),
      signal,
    });
    checkLoaded(this.context.logger, particle, events);
    // Gammas have weights for the sensitivity only.
    if (!doBackground || (particle === 'gammas' && !benchmarksOutputPath)) return events;
    const offsetEdges = benchmarksOutputPath ? this.#sensitivity.fovOffsetBins : undefined;
    return weightedEvents(events, { target: SPECTRA[this.#spectrumOf(particle)], seconds: this.#seconds, offsetEdges });
  }

  #spectrumOf(particle: Particle): keyof typeof SPECTRA {
    const {
      gammaTargetSpectrum: gammas,
      protonTargetSpectrum: protons,
      electronTargetSpectrum: electrons,
    } = this.traits;
    return { gammas, protons, electrons }[particle];
  }

  #select(particle: Particle, loaded: LoadedEvents, cuts: SelectionCuts): SelectedEvents {
    const { events } = loaded;
    const isCut = particle === 'gammas' && this.traits.spatialSelectionApplied;
    if (!isCut || cuts.theta === undefined) return { ...loaded, selected: events };
    return { ...loaded, selected: events.filter(passesCut(events, 'theta', cuts.theta, false, 'deg')) };
  }

  /** Gammas from one direction fill one bin of the field of view. @throws CherenkitError IRF_REFUSED (2) */
  #checkOneDirection(file: string): void {
    const { doBackground, benchmarksOutputPath, spatialSelectionApplied } = this.traits;
    const makers = [
      this.#dispersion,
      this.#area,
      ...(spatialSelectionApplied ? [] : [this.#spread]),
      ...(doBackground ? [this.#rate] : []),
      ...(benchmarksOutputPath ? [this.#resolution, this.#bias, this.#sensitivity] : []),
    ];
    const [several] = makers.filter(({ nFovBins }) => nFovBins > 1);
    if (several === undefined) return;
    throw refusedIrf(
      `${file}: the gammas come from one direction, but ${several.name} has ${several.nFovBins} bins in the field of view. Set fov_offset_n_bins to 1, or give diffuse gammas.`,
    );
  }

  #responses(
    loaded: ReadonlyMap<Particle, SelectedEvents>,
    cuts: SelectionCuts,
    background: Table | undefined,
  ): BinnedResult[] {
    const { spatialSelectionApplied: isPointLikeResponse } = this.traits;
    const area = (particle: Particle, name: string): BinnedResult[] => {
      const found = loaded.get(particle);
      if (found === undefined) return [];
      const { selected, showers } = found;
      return [this.#area.makeEffectiveArea({ events: selected, showers, isPointLike: isPointLikeResponse, name })];
    };
    const gammas = loaded.get('gammas') as SelectedEvents;
    const results = [
      ...area('gammas', 'EFFECTIVE AREA'),
      this.#dispersion.makeEnergyDispersion({ events: gammas.selected, isPointLike: isPointLikeResponse }),
      this.#spread.makePointSpread(gammas.events),
    ];
    if (isPointLikeResponse && cuts.theta !== undefined) results.push(radMax(cuts.theta, cuts.validOffset));
    if (background === undefined) return results;
    results.push(this.#rate.makeBackgroundRate(background, this.#seconds));
    return [...results, ...area('protons', 'EFFECTIVE AREA PROTONS'), ...area('electrons', 'EFFECTIVE AREA ELECTRONS')];
  }

  #benchmarks(
    loaded: ReadonlyMap<Particle, SelectedEvents>,
    { theta }: SelectionCuts,
    background: Table | undefined,
  ): BinnedResult[] {
    const gammas = loaded.get('gammas') as SelectedEvents;
    const results = [
      this.#bias.makeBiasResolution(gammas.selected),
      this.#resolution.makeAngularResolution(gammas.events),
    ];
    if (background === undefined || theta === undefined) return results;
    const spectrum = SPECTRA[this.traits.gammaTargetSpectrum];
    const input = { signal: gammas.selected, background, thetaCuts: theta, spectrum };
    return [...results, this.#sensitivity.makeSensitivity(input)];
  }
}

function noneSelected(
  { file, nPreselected }: SelectedEvents,
  { gh, validEnergy }: SelectionCuts,
  cuts: string,
): CherenkitError {
  const least = gh.numbers('cut').reduce((low, cut) => Math.min(low, cut), Infinity);
  return unsupportedDl2(
    `${file}: none of ${counted(nPreselected, 'gamma')} passes the cuts of ${cuts}: gammaness of at least ${least.toPrecision(3)}, energies of ${validEnergy.min.toPrecision(3)} to ${validEnergy.max.toPrecision(3)} TeV. Optimize cuts with these gammas, or give more of them.`,
  );
}

/** Selected protons, then electrons. */
function backgroundOf(loaded: ReadonlyMap<Particle, SelectedEvents>): Table {
  const particles = [...loaded].filter(([particle]) => particle !== 'gammas');
  return Table.stack(particles.map(([, { selected }]) => selected));
}
