/** Whether all values are finite; true for none. NaN and infinities carry over to the sum, which is computed without branches. */
export function areFinite(values: Float32Array): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return Number.isFinite(sum);
}

/** Whether any value is infinite; NaN is not. */
export function hasInfinite(values: Float32Array): boolean {
  return !areFinite(values) && values.some(isInfinite);
}

function isInfinite(value: number): boolean {
  return Math.abs(value) === Infinity;
}
