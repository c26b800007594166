import { CherenkitError, ExitCode, type ImageCleaner } from '@cherenkit/core';

/** @throws CherenkitError PEAK_TIME_MISSING (2) if the image extractor provides no peak times */
export function requirePeakTime(
  { name }: ImageCleaner,
  telId: number,
  peakTime: Float32Array | undefined,
): Float32Array {
  if (peakTime) return peakTime;
  const message =
    `${name} requires peak times, but the images of telescope ${telId} have none. Choose an image extractor with peak ` +
    'times (image_extractor_type of CameraCalibrator), or a cleaner that does not need them.';
  throw new CherenkitError('PEAK_TIME_MISSING', ExitCode.USAGE, message);
}
