import type { CameraCalibrator, WaveformModifier } from '../calibration/index.js';
import type { ArrayEvent } from '../event/index.js';
import type { ImageProcessor } from '../image/index.js';
import type { MuonAnalysis } from '../muon/index.js';
import type { ShowerProcessor } from '../reconstruction/index.js';
import type { EventTypeFilter, SoftwareTrigger } from '../selection/index.js';

/** The steps from raw data to a shower, each present where its level is wanted. */
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
 * Takes an event through the flow: each step reads the levels before it and adds its own.
 *
 * @returns false for an event that was rejected; `event.rejections` has the reason
 */
export function processEvent(event: ArrayEvent, pipeline: Pipeline): boolean {
  const { eventTypeFilter, waveformModifier, softwareTrigger, calibrator } = pipeline;
  const { imageProcessor, muonProcessor, showerProcessor } = pipeline;
  if (eventTypeFilter?.keep(event) === false) return false;
  waveformModifier?.modify(event); // r1
  if (softwareTrigger?.keep(event) === false) return false; // takes telescopes out, too
  calibrator?.calibrate(event); // r0, r1 -> dl0, dl1 images
  imageProcessor?.process(event); // dl1 images -> dl1 parameters
  muonProcessor?.process(event); // dl1 images and parameters -> muon
  showerProcessor?.process(event); // dl1 parameters -> dl2
  return true;
}
