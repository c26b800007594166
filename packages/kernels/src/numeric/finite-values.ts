/**
 * Whether all values are finite; true for none. NaN and infinities carry over to the sums, which are computed without branches;
 * four of them do not wait for each other.
 */
export function areFinite(values: Float32Array): boolean {
  const nInFours = values.length - (values.length % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < nInFours; i += 4) {
    a += values[i];
    b += values[i + 1];
    c += values[i + 2];
    d += values[i + 3];
  }
  for (let i = nInFours; i < values.length; i++) a += values[i];
  return Number.isFinite(a + b + c + d);
}

/** Whether any value is infinite; NaN is not. */
export function hasInfinite(values: Float32Array): boolean {
  return !areFinite(values) && values.some(isInfinite);
}

function isInfinite(value: number): boolean {
  return Math.abs(value) === Infinity;
}
