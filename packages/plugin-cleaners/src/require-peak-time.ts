import { CherenkitError, ExitCode, type ImageCleaner } from '@cherenkit/core';

/** @throws CherenkitError PEAK_TIME_MISSING where the extractor has not found any */
export function requirePeakTime(
  { name }: ImageCleaner,
  telId: number,
  peakTime: Float32Array | undefined,
): Float32Array {
  if (peakTime) return peakTime;
  const message =
    `${name} looks at peak times, and the images of telescope ${telId} have none. Choose an image extractor that finds ` +
    'them (image_extractor_type of CameraCalibrator), or a cleaner that does without.';
  throw new CherenkitError('PEAK_TIME_MISSING', ExitCode.USAGE, message);
}
