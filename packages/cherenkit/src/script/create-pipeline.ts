import { disposeTogether } from '@cherenkit/core/internal';
import {
  CameraCalibrator,
  EventTypeFilter,
  ImageProcessor,
  ShowerProcessor,
  SoftwareTrigger,
  type AtmosphereDensityProfile,
  type SubarrayDescription,
} from '@cherenkit/core';
import { configurationLayers, type Configuration } from '../configuration/configuration-layers.js';
import { prepareRun } from '../run/run-request.js';

/** Processing steps from waveforms to reconstructed showers. Disposing it disposes the services of plugins. */
export interface CreatedPipeline extends AsyncDisposable {
  readonly eventTypeFilter: EventTypeFilter;
  readonly softwareTrigger: SoftwareTrigger;
  readonly calibrator: CameraCalibrator;
  readonly imageProcessor: ImageProcessor;
  readonly showerProcessor: ShowerProcessor;
}

/**
 * Creates the processing steps for an array: calibration, image processing and shower reconstruction, configured as in
 * `cherenkit process`.
 *
 * @example
 * ```ts
 * await using pipeline = await createPipeline({ subarray: source.subarray, config: 'mine.yaml' });
 * for await (const event of source) processEvent(event, pipeline);
 * ```
 *
 * @param options - `atmosphere`: that of the simulation, `source.run.atmosphereDensityProfile`, for reconstructors that use it
 * @throws ConfigurationError with all problems of the configuration, or all problems for this array
 */
export async function createPipeline({
  subarray,
  config,
  atmosphere,
}: {
  readonly subarray: SubarrayDescription;
  readonly config?: Configuration | undefined;
  readonly atmosphere?: AtmosphereDensityProfile | undefined;
}): Promise<CreatedPipeline> {
  const components = ['EventTypeFilter', 'SoftwareTrigger', 'CameraCalibrator', 'ImageProcessor', 'ShowerProcessor'];
  const run = await prepareRun({ layers: await configurationLayers(config), tool: 'ProcessorTool', components });
  await run.openFor(subarray, atmosphere);
  const steps = {
    eventTypeFilter: run.create(EventTypeFilter, 'EventTypeFilter'),
    softwareTrigger: run.create(SoftwareTrigger, 'SoftwareTrigger'),
    calibrator: run.create(CameraCalibrator, 'CameraCalibrator'),
    imageProcessor: run.create(ImageProcessor, 'ImageProcessor'),
    showerProcessor: run.create(ShowerProcessor, 'ShowerProcessor'),
  };
  await steps.showerProcessor.prepare();
  return disposeTogether(steps, run);
}
