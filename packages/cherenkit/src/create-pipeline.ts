import {
  CameraCalibrator,
  compose,
  EventTypeFilter,
  ImageProcessor,
  ShowerProcessor,
  SoftwareTrigger,
  type SubarrayDescription,
} from '@cherenkit/core';
import { configurationLayers, type Configuration } from './configuration-layers.js';
import { discoverPlugins } from './plugins/discover-plugins.js';

/** The steps of the flow, from waveforms to showers. */
export interface CreatedPipeline {
  readonly eventTypeFilter: EventTypeFilter;
  readonly softwareTrigger: SoftwareTrigger;
  readonly calibrator: CameraCalibrator;
  readonly imageProcessor: ImageProcessor;
  readonly showerProcessor: ShowerProcessor;
}

/**
 * Makes the steps of the flow for an array, as `cherenkit process` would with this configuration.
 *
 * @throws ConfigurationError with all that is wrong with the configuration or does not fit the array
 */
export async function createPipeline({
  subarray,
  config,
}: {
  readonly subarray: SubarrayDescription;
  readonly config?: Configuration | undefined;
}): Promise<CreatedPipeline> {
  const layers = await configurationLayers(config);
  const composition = await compose({
    plugins: discoverPlugins({ layers }),
    layers,
    root: 'ProcessorTool',
    components: ['EventTypeFilter', 'SoftwareTrigger', 'CameraCalibrator', 'ImageProcessor', 'ShowerProcessor'],
  });
  await composition.setSubarray(subarray);
  return {
    eventTypeFilter: composition.create(EventTypeFilter, 'EventTypeFilter'),
    softwareTrigger: composition.create(SoftwareTrigger, 'SoftwareTrigger'),
    calibrator: composition.create(CameraCalibrator, 'CameraCalibrator'),
    imageProcessor: composition.create(ImageProcessor, 'ImageProcessor'),
    showerProcessor: composition.create(ShowerProcessor, 'ShowerProcessor'),
  };
}
