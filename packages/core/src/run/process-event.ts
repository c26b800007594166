import type { CameraCalibrator, WaveformModifier } from '../calibration/index.js';
import type { ArrayEvent } from '../event/index.js';
import type { ImageProcessor } from '../image/index.js';
import type { MuonAnalysis } from '../muon/index.js';
import type { ShowerProcessor } from '../reconstruction/index.js';
import type { EventTypeFilter, SoftwareTrigger } from '../selection/index.js';

/** The steps from raw data to reconstructed showers. Steps that are undefined are skipped. */
export interface Pipeline {
  readonly eventTypeFilter?: EventTypeFilter | undefined;
  readonly waveformModifier?: WaveformModifier | undefined;
  readonly softwareTrigger?: SoftwareTrigger | undefined;
  readonly calibrator?: CameraCalibrator | undefined;
  readonly imageProcessor?: ImageProcessor | undefined;
  readonly muonProcessor?: MuonAnalysis | undefined;
  readonly showerProcessor?: ShowerProcessor | undefined;
}

/**
 * Processes an event with all steps of a pipeline. Each step reads the data levels before it and adds its own.
 *
 * @returns false for a rejected event; `event.rejections` has the reason
 * @example
 * ```ts
 * for await (const event of source) {
 *   if (processEvent(event, pipeline)) console.log(event.dl2.stereo.geometry.get('HillasReconstructor'));
 *   else console.log(event.rejections);
 * }
 * ```
 */
export function processEvent(event: ArrayEvent, pipeline: Pipeline): boolean {
  const { eventTypeFilter, waveformModifier, softwareTrigger, calibrator } = pipeline;
  const { imageProcessor, muonProcessor, showerProcessor } = pipeline;
  if (eventTypeFilter?.keep(event) === false) return false;
  waveformModifier?.modify(event); // r1
  if (softwareTrigger?.keep(event) === false) return false; // removes telescopes as well
  calibrator?.calibrate(event); // r0, r1 -> dl0, dl1 images
  imageProcessor?.process(event); // dl1 images -> dl1 parameters
  muonProcessor?.process(event); // dl1 images and parameters -> muon
  showerProcessor?.process(event); // dl1 parameters -> dl2
  return true;
}
