/**
 * Multiplies each charge with its calibration factor, in place.
 *
 * @param charge - one per channel and pixel
 * @param factor - likewise
 * @param power - 1 for charges, 2 for variances of the samples
 */
export function calibrateCharge(charge: Float32Array, factor: Float32Array, power: number): void {
  for (let i = 0; i < charge.length; i++) charge[i] *= Math.fround(factor[i] ** power);
}

/**
 * Subtracts from each peak time the shift of its channel and pixel, in place.
 *
 * @param peakTime - ns
 * @param shift - ns
 */
export function subtractTimeShift(peakTime: Float32Array, shift: Float32Array | Float64Array): void {
  for (let i = 0; i < peakTime.length; i++) peakTime[i] -= shift[i];
}
