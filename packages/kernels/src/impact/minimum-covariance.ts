import type { Bounds } from './minimize-simplex.js';

/** Shape of a function at its minimum. */
export interface MinimumShape {
  /** Parameters at a limit, which are taken as fixed. */
  readonly isAtLimit: readonly boolean[];
  /**
   * Covariances of the parameters, shape (n, n), 0 for those at a limit: the inverse of the second derivatives. Undefined if these
   * are not positive definite, so that the point is no minimum.
   */
  readonly covariance: Float64Array | undefined;
}

/** Distance from a limit below which a parameter is at it, relative to the distance of the limits. */
const AT_LIMIT = 2e-3;
/** Increase of a negative logarithm of a likelihood at one standard deviation. */
const ONE_SIGMA = 0.5;
const MAX_ADJUSTMENTS = 8;

/**
 * Computes the covariances of parameters at the minimum of a negative logarithm of a likelihood, from differences of values at one
 * standard deviation on both sides: on such distances, kinks of the function average out.
 *
 * @param evaluate - the function; the array is reused
 * @param minimum - the parameters at the minimum, and the value
 */
export function covarianceAtMinimum(
  evaluate: (parameters: Float64Array) => number,
  { parameters, value }: { readonly parameters: Float64Array; readonly value: number },
  bounds: Bounds,
): MinimumShape {
  const n = parameters.length;
  const { lower, upper, steps } = bounds;
  const roomOf = (i: number): number => Math.min(parameters[i] - lower[i], upper[i] - parameters[i]);
  const isAtLimit = Array.from(parameters, (_, i) => roomOf(i) < AT_LIMIT * (upper[i] - lower[i]));
  const free = Array.from({ length: n }, (_, i) => i).filter((i) => !isAtLimit[i]);
  const point = parameters.slice();
  const at = (i: number, di: number, j = i, dj = 0): number => {
    point[i] += di;
    point[j] += dj;
    const result = evaluate(point);
    point[i] = parameters[i];
    point[j] = parameters[j];
    return result;
  };
  const m = free.length;
  const step = new Float64Array(m);
  const hessian = new Float64Array(m * m);
  free.forEach((i, a) => {
    let h = Math.min(steps[i], roomOf(i));
    let rise = at(i, h) + at(i, -h) - 2 * value;
    for (let round = 0; round < MAX_ADJUSTMENTS && !(rise > ONE_SIGMA && rise < 4 * ONE_SIGMA); round++) {
      const factor = rise > 0 ? Math.min(Math.max(Math.sqrt((2 * ONE_SIGMA) / rise), 0.1), 10) : 3;
      const next = Math.min(h * factor, roomOf(i));
      if (next === h) break;
      h = next;
      rise = at(i, h) + at(i, -h) - 2 * value;
    }
    step[a] = h;
    hessian[a * m + a] = rise / (h * h);
  });
  for (let a = 0; a < m; a++) {
    for (let b = 0; b < a; b++) {
      const [i, j, hi, hj] = [free[a], free[b], step[a] / 2, step[b] / 2];
      const mixed = at(i, hi, j, hj) - at(i, hi, j, -hj) - at(i, -hi, j, hj) + at(i, -hi, j, -hj);
      hessian[a * m + b] = hessian[b * m + a] = mixed / (4 * hi * hj);
    }
  }
  const inverse = invertPositive(hessian, m);
  if (!inverse) return { isAtLimit, covariance: undefined };
  const covariance = new Float64Array(n * n);
  free.forEach((i, a) => {
    free.forEach((j, b) => (covariance[i * n + j] = inverse[a * m + b]));
  });
  return { isAtLimit, covariance };
}

/** Inverts a symmetric matrix by its Cholesky decomposition; undefined unless it is positive definite. */
function invertPositive(matrix: Float64Array, n: number): Float64Array | undefined {
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j];
      for (let k = 0; k < j; k++) sum -= factor[i * n + k] * factor[j * n + k];
      if (i === j) {
        if (!(sum > 0)) return undefined;
        factor[i * n + i] = Math.sqrt(sum);
      } else factor[i * n + j] = sum / factor[j * n + j];
    }
  }
  const inverse = new Float64Array(n * n);
  for (let column = 0; column < n; column++) {
    const solution = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      let sum = i === column ? 1 : 0;
      for (let k = 0; k < i; k++) sum -= factor[i * n + k] * solution[k];
      solution[i] = sum / factor[i * n + i];
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = solution[i];
      for (let k = i + 1; k < n; k++) sum -= factor[k * n + i] * solution[k];
      solution[i] = sum / factor[i * n + i];
    }
    for (let i = 0; i < n; i++) inverse[i * n + column] = solution[i];
  }
  return inverse;
}
