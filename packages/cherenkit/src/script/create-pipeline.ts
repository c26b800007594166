import { disposedWith } from '@cherenkit/core/internal';
import {
  CameraCalibrator,
  EventTypeFilter,
  ImageProcessor,
  ShowerProcessor,
  SoftwareTrigger,
  type SubarrayDescription,
} from '@cherenkit/core';
import { configurationLayers, type Configuration } from '../configuration/configuration-layers.js';
import { prepareRun } from '../run/run-request.js';

/** The steps from waveforms to showers. Disposing it disposes the services of their plugins. */
export interface CreatedPipeline extends AsyncDisposable {
  readonly eventTypeFilter: EventTypeFilter;
  readonly softwareTrigger: SoftwareTrigger;
  readonly calibrator: CameraCalibrator;
  readonly imageProcessor: ImageProcessor;
  readonly showerProcessor: ShowerProcessor;
}

/**
 * Makes the steps from waveforms to showers for an array, as `cherenkit process` would with this configuration.
 *
 * ```ts
 * await using steps = await createPipeline({ subarray: source.subarray, config: 'mine.yaml' });
 * for await (const event of source) processEvent(event, steps);
 * ```
 *
 * @throws ConfigurationError with all mistakes of the configuration, or all that does not fit the array
 */
export async function createPipeline({
  subarray,
  config,
}: {
  readonly subarray: SubarrayDescription;
  readonly config?: Configuration | undefined;
}): Promise<CreatedPipeline> {
  const components = ['EventTypeFilter', 'SoftwareTrigger', 'CameraCalibrator', 'ImageProcessor', 'ShowerProcessor'];
  const run = await prepareRun({ layers: await configurationLayers(config), tool: 'ProcessorTool', components });
  await run.openFor(subarray);
  const steps = {
    eventTypeFilter: run.create(EventTypeFilter, 'EventTypeFilter'),
    softwareTrigger: run.create(SoftwareTrigger, 'SoftwareTrigger'),
    calibrator: run.create(CameraCalibrator, 'CameraCalibrator'),
    imageProcessor: run.create(ImageProcessor, 'ImageProcessor'),
    showerProcessor: run.create(ShowerProcessor, 'ShowerProcessor'),
  };
  return disposedWith(steps, run);
}
