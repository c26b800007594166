import { power } from '../numeric/index.js';

/**
 * Cubic spline through points, with not-a-knot ends: the third derivative is continuous at the second and at the last
 * but one point.
 *
 * @param x - abscissae, increasing, at least four
 * @param y - ordinates, as many
 * @returns the interpolating function; NaN outside the range of x
 * @throws RangeError for fewer than four points
 */
export function cubicSpline(x: ArrayLike<number>, y: ArrayLike<number>): (at: number) => number {
  const n = x.length;
  if (n < 4) throw new RangeError(`cubicSpline: expected at least 4 points, found ${n}`);
  const step = Float64Array.from({ length: n - 1 }, (_, i) => x[i + 1] - x[i]);
  const slope = step.map((width, i) => (y[i + 1] - y[i]) / width);
  // Second derivatives: a tridiagonal system, after elimination of the outermost unknowns.
  const lower = new Float64Array(n);
  const middle = new Float64Array(n);
  const upper = new Float64Array(n);
  const right = new Float64Array(n);
  for (let i = 1; i < n - 1; i++) {
    lower[i] = step[i - 1];
    middle[i] = 2 * (step[i - 1] + step[i]);
    upper[i] = step[i];
    right[i] = 6 * (slope[i] - slope[i - 1]);
  }
  const first = step[0] / step[1];
  const last = step[n - 2] / step[n - 3];
  middle[1] += step[0] * (1 + first);
  upper[1] -= step[0] * first;
  middle[n - 2] += step[n - 2] * (1 + last);
  lower[n - 2] -= step[n - 2] * last;
  for (let i = 2; i < n - 1; i++) {
    const factor = lower[i] / middle[i - 1];
    middle[i] -= factor * upper[i - 1];
    right[i] -= factor * right[i - 1];
  }
  const second = new Float64Array(n);
  for (let i = n - 2; i > 0; i--) second[i] = (right[i] - upper[i] * second[i + 1] * (i < n - 2 ? 1 : 0)) / middle[i];
  second[0] = second[1] * (1 + first) - second[2] * first;
  second[n - 1] = second[n - 2] * (1 + last) - second[n - 3] * last;

  return (at) => {
    if (!(at >= x[0] && at <= x[n - 1])) return NaN;
    let low = 0;
    let high = n - 1;
    while (high - low > 1) {
      const half = (low + high) >> 1;
      if (x[half] <= at) low = half;
      else high = half;
    }
    const h = step[low];
    const a = (x[high] - at) / h;
    const b = (at - x[low]) / h;
    return (
      a * y[low] + b * y[high] + (((power(a, 3) - a) * second[low] + (power(b, 3) - b) * second[high]) * h * h) / 6
    );
  };
}
