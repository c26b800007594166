import {
  CherenkitError,
  counted,
  EventSource,
  ExitCode,
  nameSome,
  trait,
  type CommandDeclaration,
  type ComponentKind,
} from '@cherenkit/core';
import { TableLoader } from '@cherenkit/plugin-hdf5';
import { Table } from '@cherenkit/tables';
import { ParticleClassifier } from '../reconstruction/particle-classifier.js';
import { CrossValidator } from '../training/cross-validator.js';
import { sampleRows } from '../training/training-events.js';
import { INPUT, openTrainingFile, TRAINING, trainingFlags, TrainTool, type TrainingFile } from './train-tool.js';

/** Trains particle types: `cherenkit train particle`. Source: ctapipe 0.32 `TrainParticleClassifier`. */
export class TrainParticleClassifier extends TrainTool.withTraits({
  inputUrlSignal: trait.path({
    default: '',
    help: 'Events of the signal. Default: EventSource.input_url.',
  }),
  inputUrlBackground: trait.path({ default: '', help: 'Events of the background.' }),
  signalFraction: trait.number({
    default: 0.5,
    minimum: 0,
    maximum: 1,
    help: 'Fraction of the signal among all events for training.',
  }),
}) {
  static override readonly help = 'Trains models of the particle type, one per telescope type.';
  static override readonly children: readonly ComponentKind[] = [
    EventSource,
    TableLoader,
    ParticleClassifier,
    CrossValidator,
  ];
  static override readonly modelClass = 'ParticleClassifier';
  static override readonly command: CommandDeclaration = {
    name: 'train particle',
    description:
      'Reads simulated signal and background events with image parameters and showers, and writes one ONNX file with the models of all telescope types. Configuration files are those of ctapipe-train-particle-classifier.',
    examples: [
      'train particle --signal gamma.dl2.h5 --background proton.dl2.h5 -c train_particle_classifier.yaml -o classifier.onnx',
    ],
    input: 'TrainParticleClassifier.input_url_signal',
    flags: {
      signal: { trait: 'TrainParticleClassifier.input_url_signal', group: INPUT },
      background: { trait: 'TrainParticleClassifier.input_url_background', group: INPUT },
      'signal-fraction': { trait: 'TrainParticleClassifier.signal_fraction', group: TRAINING },
      ...trainingFlags('TrainParticleClassifier'),
    },
  };

  protected override async open({ traits }: EventSource): Promise<TrainingFile[]> {
    const { inputUrlSignal, inputUrlBackground } = this.traits;
    if (inputUrlBackground === '') {
      throw new CherenkitError('INPUT_NOT_NAMED', ExitCode.USAGE, 'No background: give --background FILE.');
    }
    const signal = await openTrainingFile(this.context, inputUrlSignal === '' ? traits.inputUrl : inputUrlSignal);
    const background = await openTrainingFile(this.context, inputUrlBackground);
    if (signal.loader.subarray.equals(background.loader.subarray)) return [signal, background];
    const message = `${signal.path} and ${background.path} have different telescope arrays, expected the same. Select events of one array.`;
    throw new CherenkitError('ARRAYS_DIFFER', ExitCode.USAGE, message);
  }

  /** As many events as possible in the wanted fraction, or the wanted number. */
  protected override async select(
    read: (file: TrainingFile) => Promise<Table>,
    [signalFile, backgroundFile]: readonly TrainingFile[],
    nEvents: number | undefined,
    index: number,
  ): Promise<Table> {
    const { signalFraction, randomSeed } = this.traits;
    const signal = await read(signalFile);
    const background = await read(backgroundFile);
    this.#checkParticles(signal, signalFile.path, true);
    this.#checkParticles(background, backgroundFile.path, false);
    const all = signal.nRows + background.nRows;
    let [nSignal, nBackground] = [signal.nRows, background.nRows];
    if (nEvents !== undefined) {
      nSignal = Math.floor(signalFraction * nEvents);
      nBackground = nEvents - nSignal;
    } else if (nSignal < all * signalFraction) nBackground = Math.floor(nSignal * (1 / signalFraction - 1));
    else nSignal = Math.floor(nBackground / (1 / signalFraction - 1));
    const parts = [
      sampleRows(signal, nSignal, randomSeed, index, 0),
      sampleRows(background, nBackground, randomSeed, index, 1),
    ].filter(({ nRows }) => nRows > 0);
    return parts.length === 0 ? signal : Table.stack(parts);
  }

  /** Warns of signal events that are not of the positive class, and of background events that are. */
  #checkParticles(table: Table, path: string, isSignal: boolean): void {
    const { positiveClass } = (this.reconstructor as ParticleClassifier).traits;
    const wrong = table.numbers('true_shower_primary_id').filter((id) => (id === positiveClass) !== isSignal);
    if (wrong.length === 0) return;
    const ids = nameSome([...new Set(wrong)].sort((a, b) => a - b));
    const message =
      `${path}: ${counted(wrong.length, 'telescope event')} of the ${isSignal ? 'signal' : 'background'} ${wrong.length === 1 ? 'has' : 'have'} the particle id ${ids}, and ` +
      `${isSignal ? 'count as background' : 'count as signal'}, since ParticleClassifier.positive_class is ${positiveClass}. Give the file of the other particles, or set positive_class.`;
    this.context.logger.warning(message);
  }
}
