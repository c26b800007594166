import {
  counted,
  Tool,
  trait,
  type CommandDeclaration,
  type ComponentKind,
  type EventSource,
  type ToolOptions,
} from '@cherenkit/core';
import { SPECTRA } from '@cherenkit/kernels';
import { Table } from '@cherenkit/tables';
import { CutOptimizerBase } from '../cuts/cut-optimizer-base.js';
import { writeCuts } from '../cuts/selection-cuts.js';
import { DL2EventLoader, weightedEvents, WEIGHTING_COLUMNS, type LoadedEvents } from '../events/dl2-event-loader.js';
import { FitsOutput } from './fits-output.js';
import {
  inputsTable,
  checkLoaded,
  PARTICLE_TRAITS,
  requiredFile,
  SECONDS_PER_HOUR,
  type Particle,
} from './particle-inputs.js';

/** Finds cuts for instrument responses: `cherenkit optimize-event-selection`. Source: ctapipe 0.32 `EventSelectionOptimizer`. */
export class EventSelectionOptimizer extends Tool.withTraits({
  ...PARTICLE_TRAITS,
  outputPath: trait.path({ default: './Selection_Cuts.fits', help: 'Output file of the cuts.' }),
  optimizationAlgorithm: trait.componentName(CutOptimizerBase, {
    default: 'PointSourceSensitivityOptimizer',
    help: 'Component that finds the cuts.',
  }),
}) {
  static override readonly help = 'Finds cuts on gammaness, direction and multiplicity for instrument responses.';
  static override readonly children: readonly ComponentKind[] = [DL2EventLoader];
  static override readonly command: CommandDeclaration = {
    name: 'optimize-event-selection',
    description:
      'Reads DL2 files of simulated gammas and, for cuts of best sensitivity, of protons and electrons, and writes the cuts to a FITS file for compute-irf, as ctapipe-optimize-event-selection does. PercentileCuts reads gammas only.',
    examples: [
      'optimize-event-selection -g gamma.dl2.h5 -p proton.dl2.h5 -e electron.dl2.h5 -o cuts.fits',
      'optimize-event-selection -g gamma.dl2.h5 --optimization-algorithm PercentileCuts -o cuts.fits',
    ],
    flags: {
      'gamma-file': { trait: 'EventSelectionOptimizer.gamma_file', letter: 'g' },
      'proton-file': { trait: 'EventSelectionOptimizer.proton_file', letter: 'p' },
      'electron-file': { trait: 'EventSelectionOptimizer.electron_file', letter: 'e' },
      output: { trait: 'EventSelectionOptimizer.output_path', letter: 'o' },
    },
  };

  readonly #optimizer = this.context.create(CutOptimizerBase, this.traits.optimizationAlgorithm);

  override async run(_source: EventSource | undefined, { signal, onProgress }: ToolOptions = {}): Promise<string> {
    const { traits, context } = this;
    const optimizer = this.#optimizer;
    const seconds = traits.obsTime * SECONDS_PER_HOUR;
    const files = this.#files();
    const { backgroundOffsets } = optimizer;
    void optimizer.recoEnergyBins;
    await using output = FitsOutput.create(context, traits.outputPath, traits.overwrite, 'Optimization Result');
    const loaders = [...files.keys()].map(() => context.create(DL2EventLoader, 'DL2EventLoader'));
    const { eventColumns } = optimizer;
    const columns = eventColumns && [...new Set([...eventColumns, ...WEIGHTING_COLUMNS])];
    const loaded = new Map<Particle, LoadedEvents>();
    for (const [i, [particle, file]] of [...files].entries()) {
      const events = await loaders[i].loadPreselectedEvents(file, {
        chunkSize: traits.chunkSize,
        columns,
        signal,
      });
      checkLoaded(context.logger, particle, events);
      const target = SPECTRA[this.#spectrumOf(particle)];
      const weighted = optimizer.needsBackground
        ? weightedEvents(events, { target, seconds, offsetEdges: backgroundOffsets })
        : events;
      const used = eventColumns ? weighted.events.select(...eventColumns) : weighted.events;
      loaded.set(particle, { ...weighted, events: used });
      onProgress?.({ fraction: (i + 1) / (files.size + 1), text: `${particle} read` });
    }
    const [gammas, ...background] = [...loaded.values()];
    const { preprocessor } = loaders[0];
    const cuts = optimizer.optimize({
      signal: gammas.events,
      background: background.length > 0 ? Table.stack(background.map(({ events }) => events)) : undefined,
      qualityCriteria: preprocessor.qualityQuery.traits.qualityCriteria,
      classifier: preprocessor.traits.gammanessClassifier,
    });
    writeCuts(output.writer, cuts);
    output.writer.writeTable(inputsTable(loaded, seconds), { name: 'CHERENKIT INPUTS', header: output.origin });
    await output.publish();
    return `cuts in ${counted(cuts.gh.nRows, 'bin')} of energy, ${counted(gammas.events.nRows, 'gamma')}`;
  }

  /** Files to read, in ctapipe's order. @throws CherenkitError INPUT_NOT_NAMED (2) */
  #files(): Map<Particle, string> {
    const { gammaFile, protonFile, electronFile, optimizationAlgorithm } = this.traits;
    const files = new Map<Particle, string>([
      ['gammas', requiredFile(gammaFile, '--gamma-file', 'The optimization of cuts')],
    ]);
    if (!this.#optimizer.needsBackground) return files;
    files.set('protons', requiredFile(protonFile, '--proton-file', optimizationAlgorithm));
    if (electronFile) files.set('electrons', electronFile);
    else
      this.context.logger.warning(
        'The cuts are optimized without electrons. Give --electron-file FILE to include them.',
      );
    return files;
  }

  #spectrumOf(particle: Particle): keyof typeof SPECTRA {
    const {
      gammaTargetSpectrum: gammas,
      protonTargetSpectrum: protons,
      electronTargetSpectrum: electrons,
    } = this.traits;
    return { gammas, protons, electrons }[particle];
  }
}
