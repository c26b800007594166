/**
 * How the raw samples of a camera become calibrated ones: `r1 = (r0 - pedestal) * dcToPe`. One entry per channel and pixel,
 * channel by channel.
 */
export interface RawDataCalibration {
  /** ADC counts per sample. */
  readonly pedestal: Float32Array;
  /** p.e. per ADC count. */
  readonly dcToPe: Float32Array;
}
