/** Width of the filter, in standard deviations. */
const TRUNCATE = 4;

/**
 * Smooths values with a Gaussian; values beyond the ends equal the first and the last one. Source: scipy
 * `gaussian_filter1d(mode="nearest")`.
 *
 * @param sigma - standard deviation, in elements
 */
export function gaussianFilter(values: Float64Array, sigma: number): Float64Array {
  const radius = Math.floor(TRUNCATE * sigma + 0.5);
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp((-0.5 / sigma ** 2) * (i - radius) ** 2),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const last = values.length - 1;
  return values.map((_, i) => {
    let sum = 0;
    for (let k = -radius; k <= radius; k++) {
      sum += (weights[k + radius] / total) * values[Math.max(0, Math.min(last, i + k))];
    }
    return sum;
  });
}
