import { CameraCalibrator, WaveformModifier } from '../calibration/index.js';
import { trait, type ComponentContext, type ComponentKind } from '../framework/component/index.js';
import { ImageProcessor } from '../image/index.js';
import { MuonAnalysis } from '../muon/index.js';
import { DataWriter } from '../output/index.js';
import { ShowerProcessor } from '../reconstruction/index.js';
import { EventTypeFilter, SoftwareTrigger } from '../selection/index.js';
import { EventSource } from '../source/index.js';
import { checkGains } from './check-gains.js';
import { processEvent, type Pipeline } from './process-event.js';
import { Tool, type RunOptions } from './tool.js';

/** The main program: from raw data to reconstructed showers. Source: ctapipe 0.32 `ProcessorTool`. */
export class ProcessorTool extends Tool.withTraits({
  dataWriterType: trait.componentName(DataWriter, { default: 'HDF5DataWriter', help: 'What writes the output.' }),
  addNsbInWaveforms: trait.boolean({ default: false, help: 'Add noise to the calibrated waveforms.' }),
  waveformModifierType: trait.componentName(WaveformModifier, {
    default: 'NoiseWaveformModifier',
    help: 'What changes the waveforms, where `add_nsb_in_waveforms` says so.',
  }),
  muonProcessorType: trait.componentName(MuonAnalysis, { default: 'MuonProcessor', help: 'What finds muons.' }),
  eventSourceType: trait.optional(
    trait.componentName(EventSource, { help: 'What reads the input, where several event sources could.' }),
  ),
  forceRecomputeDl1: trait.boolean({ default: false, help: 'Compute image parameters also where nothing needs them.' }),
  forceRecomputeDl2: trait.boolean({ default: false, help: 'Reconstruct showers also where they are not written.' }),
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

  readonly #pipeline: Pipeline;
  readonly #writer: DataWriter;

  constructor(context: ComponentContext) {
    super(context);
    const { dataWriterType, addNsbInWaveforms, waveformModifierType, muonProcessorType } = this.traits;
    const { forceRecomputeDl1, forceRecomputeDl2 } = this.traits;
    this.#writer = context.create(DataWriter, dataWriterType);
    const { writeDl1Images, writeDl1Parameters, writeDl2, writeMuonParameters } = this.#writer.traits;
    const needsShowers = writeDl2 || forceRecomputeDl2;
    const needsParameters = writeDl1Parameters || needsShowers || writeMuonParameters || forceRecomputeDl1;
    const needsImages = writeDl1Images || needsParameters;
    this.#pipeline = {
      eventTypeFilter: context.create(EventTypeFilter, 'EventTypeFilter'),
      waveformModifier: addNsbInWaveforms ? context.create(WaveformModifier, waveformModifierType) : undefined,
      softwareTrigger: context.create(SoftwareTrigger, 'SoftwareTrigger'),
      calibrator: needsImages ? context.create(CameraCalibrator, 'CameraCalibrator') : undefined,
      imageProcessor: needsParameters ? context.create(ImageProcessor, 'ImageProcessor') : undefined,
      muonProcessor: writeMuonParameters ? context.create(MuonAnalysis, muonProcessorType) : undefined,
      showerProcessor: needsShowers ? context.create(ShowerProcessor, 'ShowerProcessor') : undefined,
    };
  }

  get outputPath(): string {
    return this.#writer.traits.outputPath;
  }

  /** Takes all events of an open source to the writer's output, which is there when this is done and not before. */
  override async run(source: EventSource, { signal, onEvent }: RunOptions = {}): Promise<void> {
    await using writer = this.#writer;
    if (source.keepsAllGains) checkGains(source.subarray, this.#pipeline);
    await this.#pipeline.waveformModifier?.prepare();
    await writer.open(source);
    source.reusesWaveforms = true; // each event is written before the next is asked for
    for await (const event of source) {
      signal?.throwIfAborted();
      const isKept = processEvent(event, this.#pipeline);
      await (isKept ? writer.write(event) : writer.writeDropped(event));
      await onEvent?.(event, isKept);
    }
    signal?.throwIfAborted();
    const { imageProcessor, muonProcessor, showerProcessor } = this.#pipeline;
    if (imageProcessor) writer.writeImageStatistics(imageProcessor.statistics);
    for (const [name, statistics] of muonProcessor?.statistics ?? []) writer.writeMuonStatistics(name, statistics);
    for (const [name, statistics] of showerProcessor?.statistics ?? []) {
      writer.writeReconstructorStatistics(name, statistics);
    }
    await writer.finish();
  }
}
