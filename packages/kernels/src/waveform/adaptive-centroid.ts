/**
 * The centre of a pulse: the mean sample number, weighted with the samples, of those about the peak that lie above a
 * part of the peak's height. The peak itself where that is negative or nothing lies above.
 *
 * Source: ctapipe 0.32 `adaptive_centroid`.
 *
 * @param waveform - the samples `first` to `first + nSamples - 1` of it are used
 * @param peak - sample at which to begin, from 0 to nSamples - 1
 * @param relativeLimit - where to end, as a part of the height of the peak
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
