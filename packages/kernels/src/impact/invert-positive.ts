/**
 * Inverts a symmetric matrix by its Cholesky decomposition.
 *
 * @param matrix - shape (n, n)
 * @returns undefined unless it is positive definite
 */
export function invertPositive(matrix: Float64Array, n: number): Float64Array | undefined {
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
