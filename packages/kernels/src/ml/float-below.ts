const bits = new DataView(new ArrayBuffer(4));

/** Largest float32 that is smaller than a float32. */
function previousFloat32(value: number): number {
  if (value === -Infinity) return value;
  bits.setFloat32(0, value);
  const pattern = bits.getInt32(0);
  if (value === 0) return -(2 ** -149);
  bits.setInt32(0, value > 0 ? pattern - 1 : pattern + 1);
  return bits.getFloat32(0);
}

/**
 * Largest float32 that is not above a number. For each float32 x, `x <= threshold` and `x <= floatBelow(threshold)` are equal,
 * which does not hold for the nearest float32.
 */
export function floatBelow(threshold: number): number {
  const nearest = Math.fround(threshold);
  return nearest > threshold ? previousFloat32(nearest) : nearest;
}
