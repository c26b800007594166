import { CherenkitError, ExitCode } from '@cherenkit/errors';
import { CameraCalibrator, WaveformModifier } from '../calibration/index.js';
import type { ArrayEvent } from '../event/index.js';
import { nameErrors } from '../framework/component/event-failures.js';
import {
  EVENT_FAILURES,
  LOGGER,
  trait,
  type ComponentContext,
  type ComponentKind,
  type CommandDeclaration,
} from '../framework/component/index.js';
import { ImageProcessor } from '../image/index.js';
import type { SubarrayDescription } from '../instrument/index.js';
import { monitoringTypesOf } from '../monitoring/check-monitoring.js';
import { MonitoringSource } from '../monitoring/index.js';
import { MuonAnalysis } from '../muon/index.js';
import { DataWriter, type RunOutcome } from '../output/index.js';
import { ShowerProcessor } from '../reconstruction/index.js';
import { EventTypeFilter, SoftwareTrigger } from '../selection/index.js';
import { EventSource, hasRawImages, type DataLevel, type EventBlocks, type RunDescription } from '../source/index.js';
import { DuplicateEvents } from './duplicate-events.js';
import { EventLoop } from './event-loop.js';
import type { Pipeline } from './process-event.js';
import type { EventWorkers, LoggedPart } from './event-part.js';
import { READING_FLAGS, Tool, WRITING_FLAGS, type BlockProcessor, type ToolOptions } from './tool.js';

const DATA = 'DATA';
const OUTPUT = 'OUTPUT';
const ALGORITHM = 'ALGORITHM';

/** Conditions under which a kind of component is not used. */
const PURPOSES: ReadonlyMap<string, string> = new Map([
  ['CameraCalibrator', 'neither images nor parameters or showers are written (see --write-images)'],
  ['ImageProcessor', 'neither image parameters nor showers are written (see --write-parameters, --recompute-dl1)'],
  ['ShowerProcessor', 'no showers are written (see --write-showers, --recompute-dl2)'],
  ['MuonAnalysis', 'no muon parameters are written (see --write-muon-parameters)'],
  ['WaveformModifier', 'no noise is added to waveforms (see --add-nsb-in-waveforms)'],
]);

/** Processes events from raw data to reconstructed showers: `cherenkit process`. Source: ctapipe 0.32 `ProcessorTool`. */
export class ProcessorTool extends Tool.withTraits({
  dataWriterType: trait.componentName(DataWriter, { default: 'HDF5DataWriter', help: 'The data writer.' }),
  addNsbInWaveforms: trait.boolean({
    default: false,
    help: 'Add night-sky background noise to the calibrated waveforms.',
  }),
  waveformModifierType: trait.componentName(WaveformModifier, {
    default: 'NoiseWaveformModifier',
    help: 'The waveform modifier, used where `add_nsb_in_waveforms` is set.',
  }),
  muonProcessorType: trait.componentName(MuonAnalysis, { default: 'MuonProcessor', help: 'The muon analysis.' }),
  monitoringSourceList: trait.list(trait.componentName(MonitoringSource), {
    default: [],
    help: 'Monitoring sources, which add calibration coefficients, pixel statistics and pointings to each event, in this order: data of later sources replace those of earlier ones.',
  }),
  eventSourceType: trait.optional(
    trait.componentName(EventSource, { help: 'The event source. Default: the one that recognises the input.' }),
  ),
  forceRecomputeDl1: trait.boolean({
    default: false,
    help: 'Compute images and image parameters even if the input has them or no output needs them.',
  }),
  forceRecomputeDl2: trait.boolean({ default: false, help: 'Reconstruct showers even if they are not written.' }),
  refuseDuplicates: trait.boolean({
    default: false,
    help: 'End with an error if two events of the input have the same ids, instead of a warning.',
  }),
}) {
  static override readonly help = 'Processes events from raw data to reconstructed showers.';
  static override readonly children: readonly ComponentKind[] = [
    EventSource,
    EventTypeFilter,
    SoftwareTrigger,
    CameraCalibrator,
    ImageProcessor,
    ShowerProcessor,
  ];
  static override readonly command: CommandDeclaration = {
    name: 'process',
    usesThreads: true,
    processesRanges: true,
    description:
      'Calibrates, cleans and parametrizes images, reconstructs showers, and writes HDF5. Flags set traits of components and override configuration files. The output file is created atomically: a run that fails or is interrupted leaves none.',
    examples: [
      'process -i gamma.simtel.zst -o gamma.dl2.h5 --write-showers',
      'process -i gamma.simtel.zst -c site.yaml -c mine.yaml --TailcutsImageCleaner.min_picture_neighbors=1',
    ],
    flags: {
      ...READING_FLAGS,
      ...WRITING_FLAGS,
      'write-images': { trait: 'DataWriter.write_dl1_images', group: OUTPUT },
      'write-parameters': { trait: 'DataWriter.write_dl1_parameters', group: OUTPUT },
      'write-muon-parameters': { trait: 'DataWriter.write_muon_parameters', group: OUTPUT },
      'write-showers': { trait: 'DataWriter.write_dl2', group: OUTPUT },
      'monitoring-source': { trait: 'ProcessorTool.monitoring_source_list', group: DATA },
      'image-cleaner-type': { trait: 'ImageProcessor.image_cleaner_type', group: ALGORITHM },
      reconstructor: { trait: 'ShowerProcessor.reconstructor_types', group: ALGORITHM },
      'camera-frame': {
        trait: 'ImageProcessor.use_telescope_frame',
        value: false,
        group: ALGORITHM,
        help: 'Parametrize images in the camera frame (metres) instead of the telescope frame (degrees).',
      },
      'refuse-duplicates': { trait: 'ProcessorTool.refuse_duplicates', group: DATA },
      'recompute-dl1': { trait: 'ProcessorTool.force_recompute_dl1', group: ALGORITHM },
      'recompute-dl2': { trait: 'ProcessorTool.force_recompute_dl2', group: ALGORITHM },
    },
  };

  /** All steps that the options may need. */
  readonly #steps: Pipeline;
  readonly #writer: DataWriter;
  readonly #failures = this.context.service(EVENT_FAILURES);
  readonly #logger = this.context.service(LOGGER);

  constructor(context: ComponentContext) {
    super(context);
    const { dataWriterType, addNsbInWaveforms, waveformModifierType, muonProcessorType } = this.traits;
    const { monitoringSourceList } = this.traits;
    this.#writer = context.create(DataWriter, dataWriterType);
    const { writeDl1Images, writeMuonParameters } = this.#writer.traits;
    const { needsShowers, needsParameters } = this;
    this.#steps = {
      eventTypeFilter: context.create(EventTypeFilter, 'EventTypeFilter'),
      waveformModifier: addNsbInWaveforms ? context.create(WaveformModifier, waveformModifierType) : undefined,
      softwareTrigger: context.create(SoftwareTrigger, 'SoftwareTrigger'),
      monitoringSources: monitoringSourceList.map((name) => context.create(MonitoringSource, name)),
      calibrator: writeDl1Images || needsParameters ? context.create(CameraCalibrator, 'CameraCalibrator') : undefined,
      imageProcessor: needsParameters ? context.create(ImageProcessor, 'ImageProcessor') : undefined,
      muonProcessor: writeMuonParameters ? context.create(MuonAnalysis, muonProcessorType) : undefined,
      showerProcessor: needsShowers ? context.create(ShowerProcessor, 'ShowerProcessor') : undefined,
      failures: this.#failures,
    };
  }

  override reasonUnused(kind: string): string | undefined {
    const purpose = PURPOSES.get(kind);
    return purpose && `is not used, since ${purpose}`;
  }

  override reasonIdle(kind: string, source: EventSource): string | undefined {
    const { needsImages, calibrates, parametrizes } = this.#computedLevels(source);
    const isIdle = (kind === 'CameraCalibrator' && !calibrates) || (kind === 'ImageProcessor' && !parametrizes);
    if (!isIdle) return undefined;
    const used = kind === 'CameraCalibrator' && needsImages ? 'images' : 'image parameters';
    return `is not used, since ${used} of the input are used (see --recompute-dl1)`;
  }

  override reasonForAllEvents(): string | undefined {
    const [unknown] = this.#steps.showerProcessor?.withoutResults ?? [];
    return unknown && `${unknown} declares no resultClasses`;
  }

  private get needsShowers(): boolean {
    return this.#writer.traits.writeDl2 || this.traits.forceRecomputeDl2;
  }

  private get needsParameters(): boolean {
    const { writeDl1Parameters, writeMuonParameters } = this.#writer.traits;
    return writeDl1Parameters || this.needsShowers || writeMuonParameters || this.traits.forceRecomputeDl1;
  }

  /**
   * Selects the steps for the data levels of an input: images and parameters that it has are not computed again, unless
   * `force_recompute_dl1` is set. Source: ctapipe 0.32 `ProcessorTool.should_calibrate`, `should_compute_dl1`.
   *
   * @throws CherenkitError DATA_LEVEL_MISSING (2) if the input has neither waveforms nor images, and a step requires them
   */
  #pipelineFor(source: EventSource): Pipeline {
    const { run, nEvents, traits } = source;
    const { dataLevels } = run;
    const { inputUrl } = traits;
    const { needsImages, calibrates, parametrizes } = this.#computedLevels(source);
    const has = (...levels: readonly DataLevel[]): boolean => levels.some((level) => dataLevels.includes(level));
    const isWithoutImages = dataLevels.length > 0 && nEvents !== 0 && !has('R0', 'R1', 'DL0', 'DL1_IMAGES');
    if (needsImages && isWithoutImages) throw missingImages(inputUrl, dataLevels);
    const kept = [...(calibrates ? [] : ['DL1_IMAGES']), ...(parametrizes ? [] : ['DL1_PARAMETERS'])] as DataLevel[];
    const used = kept.filter((level) => has(level));
    if (used.length > 0) {
      this.context.logger.info(
        `${inputUrl}: ${used.join(' and ')} of the input are used; --recompute-dl1 computes them again.`,
      );
    }
    const isRaw = hasRawImages(run, calibrates && this.traits.monitoringSourceList.length > 0);
    if (isRaw && parametrizes) {
      this.context.logger.warning(
        `${inputUrl}: the images are in ADC counts, and neither cleaned nor parametrized. --write-images writes them; ` +
          'calibrate the waveforms for parameters and showers.',
      );
    }
    return {
      ...this.#steps,
      subarray: run.subarray,
      calibrator: calibrates ? this.#steps.calibrator : undefined,
      completesEvents: true,
      imageProcessor: parametrizes ? this.#steps.imageProcessor : undefined,
      isRaw,
    };
  }

  /** Returns which data levels are computed for an input. */
  #computedLevels({
    run: { dataLevels },
  }: EventSource): Record<'needsImages' | 'calibrates' | 'parametrizes', boolean> {
    const { forceRecomputeDl1 } = this.traits;
    const { writeDl1Images, writeMuonParameters } = this.#writer.traits;
    const needsNewParameters = this.needsParameters && (forceRecomputeDl1 || !dataLevels.includes('DL1_PARAMETERS'));
    const needsImages = writeDl1Images || writeMuonParameters || needsNewParameters;
    const calibrates = needsImages && (forceRecomputeDl1 || !dataLevels.includes('DL1_IMAGES'));
    // Parameters of the input do not belong to images that are computed again.
    const parametrizes = needsNewParameters || (calibrates && this.needsParameters);
    return { needsImages, calibrates, parametrizes };
  }

  /**
   * Processes the events of an open source and writes them.
   *
   * @throws CherenkitError DATA_LEVEL_MISSING, GAIN_NOT_SELECTED, EVENT_DUPLICATE; those of the source and the writer
   */
  override async run(source: EventSource, options: ToolOptions = {}): Promise<RunOutcome> {
    const { signal, onEvents, workers } = options;
    await using writer = this.#writer;
    const loop = await this.#begin(source);
    await nameErrors(writer, () => writer.open(this.#runWithMonitoring(source)));
    const duplicates = new DuplicateEvents(source.traits.inputUrl, this.traits.refuseDuplicates, this.context.logger);
    const process = async (events: Iterable<ArrayEvent> | AsyncIterable<ArrayEvent>): Promise<void> => {
      for await (const event of events) {
        signal?.throwIfAborted();
        duplicates.check(event.index);
        await loop.process(event);
        await onEvents?.(1);
      }
      signal?.throwIfAborted();
    };
    const blocks = workers && this.#blocksFor(workers, source);
    if (workers && blocks) {
      for await (const [block, made] of workers.process(blocks.cut({ bytes: workers.blockBytes }))) {
        signal?.throwIfAborted();
        if (made && (await loop.addPart(made.part))) {
          this.#report(made, duplicates);
          await onEvents?.(block.nEvents);
        } else {
          await process(blocks.read(block));
        }
        if (source.outcome.truncated) break;
        blocks.done?.(block);
      }
    } else {
      await process(options.events ?? source);
    }
    signal?.throwIfAborted();
    if (loop.removed.size > 0) {
      this.context.logger.warning(
        `${source.traits.inputUrl}: results of ${[...loop.removed].join(', ')} are not kept, since image parameters were ` +
          'computed again; select these reconstructors to apply them to the new parameters (--reconstructor).',
      );
    }
    const outcome = { ...loop.outcome, duplicates: duplicates.count };
    await nameErrors(writer, () => writer.finish(outcome));
    return outcome;
  }

  /** Prepares to process blocks of the events of an open source, for the thread that runs the tool on the same input. */
  override async blockProcessor(source: EventSource): Promise<BlockProcessor> {
    const loop = await this.#begin(source);
    this.#writer.openForParts?.(this.#runWithMonitoring(source));
    return (block, onEvent) => loop.makePart(block, onEvent);
  }

  /** The blocks of events for several threads; undefined, and declined, if one thread has to process the events. */
  #blocksFor(workers: EventWorkers, source: EventSource): EventBlocks | undefined {
    const reason = this.#reasonForOneThread(source);
    if (reason === undefined) return source.blocks;
    workers.decline(reason);
    return undefined;
  }

  /** Why one thread has to process the events; undefined if several can. */
  #reasonForOneThread(source: EventSource): string | undefined {
    if (!source.blocks) return `${source.name} reads its events with one thread`;
    if (!this.#writer.addPart) return `${this.#writer.name} writes events of one thread`;
    return this.reasonForAllEvents();
  }

  /** Checks ids and logs messages of a part in the order of its events. */
  #report({ part: { ids }, log }: LoggedPart, duplicates: DuplicateEvents): void {
    const last = ids.length / 2 - 1;
    for (let event = 0; event <= last; event++) {
      const [obsId = NaN, eventId = NaN] = ids.subarray(2 * event, 2 * event + 2);
      duplicates.check({ obsId, eventId });
      for (const { level, message, name } of log.filter((record) => Math.min(record.event, last) === event)) {
        this.#logger.child(name)[level](message);
      }
    }
  }

  /**
   * The description of a run, for the writer. Measured pointings have more digits than those of simulations; coefficients make p.e. of
   * ADC counts.
   */
  #runWithMonitoring({ run }: EventSource): RunDescription {
    const { monitoringSources = [] } = this.#steps;
    const types = monitoringSources.flatMap(monitoringTypesOf);
    const [isMeasured, isCalibrated] = [types.includes('TELESCOPE_POINTINGS'), types.includes('CAMERA_COEFFICIENTS')];
    if (!isMeasured && !isCalibrated) return run;
    return {
      ...run,
      ...(isMeasured && { pointingType: 'float64' }),
      ...(isCalibrated && { waveformUnit: 'p.e.' }),
      rawDataCalibration: (telId) => run.rawDataCalibration?.(telId),
    };
  }

  /** Prepares the steps for a source. */
  async #begin(source: EventSource): Promise<EventLoop> {
    const pipeline = this.#pipelineFor(source);
    if (source.run.keepsAllGains) checkGains(source.run.subarray, pipeline);
    await pipeline.waveformModifier?.prepare();
    for (const each of pipeline.monitoringSources ?? []) await nameErrors(each, async () => each.prepare?.());
    await pipeline.showerProcessor?.prepare();
    source.reusesWaveforms = true; // each event is written before the next one is read
    return new EventLoop({ source, pipeline, writer: this.#writer, failures: this.#failures });
  }
}

function missingImages(input: string, levels: readonly DataLevel[]): CherenkitError {
  return new CherenkitError(
    'DATA_LEVEL_MISSING',
    ExitCode.USAGE,
    `${input} has only ${levels.join(', ')}; images or waveforms (DL1_IMAGES, R1) are required to write images, to find muons and to compute image ` +
      'parameters, also those of which showers are reconstructed. Process an input that has them, or use what the input has ' +
      '(without --write-images, --write-muon-parameters and --recompute-dl1, and without --write-showers if it has no DL1_PARAMETERS).',
  );
}

/**
 * Checks before the first event that no step requires selected gains, for a source that keeps all gain channels.
 *
 * @throws CherenkitError GAIN_NOT_SELECTED naming the steps
 */
function checkGains(subarray: SubarrayDescription, { calibrator, imageProcessor }: Pipeline): void {
  const telIds = subarray.telIds.filter((telId) => subarray.telescope(telId).camera.readout.nChannels > 1);
  const steps = [...(calibrator?.singleGainComponents ?? []), ...(imageProcessor ? [imageProcessor.name] : [])];
  if (telIds.length === 0 || steps.length === 0) return;
  const images = imageProcessor ? ', or write images only (--write-images --no-write-parameters)' : '';
  throw new CherenkitError(
    'GAIN_NOT_SELECTED',
    ExitCode.USAGE,
    `select_gain is false, so ${telIds.length} telescopes (the first is ${telIds[0]}) have waveforms of both gain channels, ` +
      `but ${steps.join(' and ')} require one gain channel per pixel. Set select_gain to true${images}.`,
  );
}
