import { power } from '../numeric/index.js';

/**
 * Multiplies each charge by its calibration factor, in place.
 *
 * @param charge - one per gain channel and pixel
 * @param factor - likewise
 * @param exponent - 1 for charges, 2 for variances of the samples
 */
export function calibrateCharge(charge: Float32Array, factor: Float32Array, exponent: number): void {
  for (let i = 0; i < charge.length; i++) charge[i] *= Math.fround(power(factor[i], exponent));
}

/** Subtracts the time shift of each gain channel and pixel from its peak time, in place. */
export function subtractTimeShift(peakTime: Float32Array, shift: Float32Array | Float64Array): void {
  for (let i = 0; i < peakTime.length; i++) peakTime[i] -= shift[i];
}
