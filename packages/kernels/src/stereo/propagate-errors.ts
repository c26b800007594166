/**
 * Propagates the standard deviations of independent values to the results of a function.
 *
 * Linear propagation with central differences: each value is shifted up and down by its standard deviation, and half
 * the change of a result, squared, is its contribution to the variance. The steps are as large as the errors, so that
 * curvature within their range is taken into account.
 *
 * @param deviations - standard deviations of the values; a value whose deviation is not positive and finite is taken as
 *   exact
 * @param evaluate - computes the results for these shifts of the values; must not keep the array
 * @returns standard deviation of each result
 */
export function propagateErrors(
  deviations: ArrayLike<number>,
  evaluate: (shifts: Float64Array) => readonly number[],
): number[] {
  const shifts = new Float64Array(deviations.length);
  const variances: number[] = evaluate(shifts).map(() => 0);
  for (let i = 0; i < deviations.length; i++) {
    if (!(deviations[i] > 0 && deviations[i] < Infinity)) continue;
    shifts[i] = deviations[i];
    const up = evaluate(shifts);
    shifts[i] = -deviations[i];
    const down = evaluate(shifts);
    shifts[i] = 0;
    for (let k = 0; k < variances.length; k++) variances[k] += ((up[k] - down[k]) / 2) ** 2;
  }
  return variances.map(Math.sqrt);
}
