import type { CameraCalibrator } from '../calibration/index.js';
import type { ArrayEvent } from '../event/index.js';
import type { ImageProcessor } from '../image/index.js';
import type { ShowerProcessor } from '../reconstruction/index.js';

/** The steps from raw data to a shower, each present where its level is wanted. */
export interface Pipeline {
  readonly calibrator?: CameraCalibrator | undefined;
  readonly imageProcessor?: ImageProcessor | undefined;
  readonly showerProcessor?: ShowerProcessor | undefined;
}

/** Takes an event through the flow: each step reads the levels before it and adds its own. */
export function processEvent(event: ArrayEvent, { calibrator, imageProcessor, showerProcessor }: Pipeline): void {
  calibrator?.calibrate(event); // r0, r1 -> dl0, dl1 images
  imageProcessor?.process(event); // dl1 images -> dl1 parameters
  showerProcessor?.process(event); // dl1 parameters -> dl2
}
