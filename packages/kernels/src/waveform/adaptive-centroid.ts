/**
 * Position of a pulse: the mean sample number, weighted with the samples, over the samples around the peak that are
 * above a fraction of its height. The peak itself if it is negative or no sample is above the limit.
 *
 * Source: ctapipe 0.32 `adaptive_centroid`.
 *
 * @param waveform - its samples `first` to `first + nSamples - 1` are used
 * @param peak - sample at which to start, from 0 to nSamples - 1
 * @param relativeLimit - lower limit of the samples, as a fraction of the peak's height
 * @returns sample number, in single precision
 */
export function adaptiveCentroid(
  waveform: Float64Array,
  first: number,
  nSamples: number,
  peak: number,
  relativeLimit: number,
): number {
  const height = waveform[first + peak];
  if (height < 0) return peak;
  const limit = relativeLimit * height;
  let sum = 0;
  let weighted = 0;
  for (let i = peak; i >= 0 && waveform[first + i] > limit; i--) {
    sum += waveform[first + i];
    weighted += i * waveform[first + i];
  }
  for (let i = peak + 1; i < nSamples && waveform[first + i] > limit; i++) {
    sum += waveform[first + i];
    weighted += i * waveform[first + i];
  }
  return sum === 0 ? peak : Math.fround(weighted / sum);
}
