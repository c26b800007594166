import { disposeTogether } from '@cherenkit/core/internal';
import {
  CameraCalibrator,
  EventTypeFilter,
  FunctionLogger,
  hasRawImages,
  ImageProcessor,
  LOGGER,
  MonitoringSource,
  provide,
  ShowerProcessor,
  SoftwareTrigger,
  type AtmosphereDensityProfile,
  type ConfigLayer,
  type RunDescription,
  type SubarrayDescription,
} from '@cherenkit/core';
import { configurationLayers, type Configuration } from '../configuration/configuration-layers.js';
import { prepareRun } from '../run/run-request.js';

const STEPS = ['EventTypeFilter', 'SoftwareTrigger', 'CameraCalibrator', 'ImageProcessor', 'ShowerProcessor'];

/** Processing steps from waveforms to reconstructed showers. Disposing it disposes the services of plugins. */
export interface CreatedPipeline extends AsyncDisposable {
  readonly subarray: SubarrayDescription;
  readonly eventTypeFilter: EventTypeFilter;
  readonly softwareTrigger: SoftwareTrigger;
  /** Those of `ProcessorTool.monitoring_source_list`. */
  readonly monitoringSources: readonly MonitoringSource[];
  readonly calibrator: CameraCalibrator;
  readonly imageProcessor: ImageProcessor;
  readonly showerProcessor: ShowerProcessor;
  /** Whether images are in ADC counts: they are neither cleaned nor parametrized. */
  readonly isRaw: boolean;
}

/** Options of {@link createPipeline}. */
export type PipelineOptions = {
  readonly config?: Configuration | undefined;
  readonly atmosphere?: AtmosphereDensityProfile | undefined;
} & ({ readonly run: RunDescription } | { readonly subarray: SubarrayDescription; readonly run?: undefined });

/**
 * Creates the processing steps for an array: calibration, image processing and shower reconstruction, configured as in
 * `cherenkit process`.
 *
 * @example
 * ```ts
 * await using pipeline = await createPipeline({ run: source.run, config: 'mine.yaml' });
 * for await (const event of source) processEvent(event, pipeline);
 * ```
 *
 * @param options - `run`: description of the input, `source.run`. Images in ADC counts are then neither cleaned nor parametrized, as
 *   by `cherenkit process`. Instead of it, `subarray` alone, and `atmosphere`: that of the simulation,
 *   `source.run.atmosphereDensityProfile`, for reconstructors that use it
 * @throws ConfigurationError with all problems of the configuration, or all problems for this array
 */
export async function createPipeline(options: PipelineOptions): Promise<CreatedPipeline> {
  const { run: description, config } = options;
  const { subarray } = options.run ?? options;
  const atmosphere = description?.atmosphereDensityProfile ?? options.atmosphere;
  const layers = await configurationLayers(config);
  const sourceNames = await monitoringSourcesOf(layers);
  const run = await prepareRun({ layers, tool: 'ProcessorTool', components: [...STEPS, ...sourceNames] });
  await run.openFor(subarray, atmosphere);
  const steps = {
    subarray,
    eventTypeFilter: run.create(EventTypeFilter, 'EventTypeFilter'),
    softwareTrigger: run.create(SoftwareTrigger, 'SoftwareTrigger'),
    monitoringSources: sourceNames.map((name) => run.create(MonitoringSource, name)),
    calibrator: run.create(CameraCalibrator, 'CameraCalibrator'),
    imageProcessor: run.create(ImageProcessor, 'ImageProcessor'),
    showerProcessor: run.create(ShowerProcessor, 'ShowerProcessor'),
    isRaw: description !== undefined && hasRawImages(description, sourceNames.length > 0),
  };
  for (const each of steps.monitoringSources) await each.prepare?.();
  await steps.showerProcessor.prepare();
  return disposeTogether(steps, run);
}

/** Names of the monitoring sources that a configuration selects. */
async function monitoringSourcesOf(layers: readonly ConfigLayer[]): Promise<string[]> {
  // Warnings are logged when the pipeline itself is prepared.
  const quiet = provide(LOGGER, new FunctionLogger(() => undefined));
  await using run = await prepareRun({ layers, components: ['ProcessorTool'] }, [quiet]);
  const [tool] = run.plan.children.values();
  const names = tool?.settings.get('monitoring_source_list')?.value;
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}
