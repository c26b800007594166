/**
 * Standard deviations of what is computed of several independent values, from theirs.
 *
 * Linear propagation with differences: each value in turn is moved by its standard deviation up and down, and half of what
 * that changes, squared, is its part of the variance. The steps have the size of the errors, so that a curved function
 * counts as it does for them.
 *
 * @param deviations - of the values; those that are not finite and positive are taken as known
 * @param evaluate - what is computed when the values are moved by these shifts; it does not keep them
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
