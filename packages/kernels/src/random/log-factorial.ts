const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** Below this the factorial itself is a whole number that a double holds. */
const SMALL = 16;

/** Natural logarithm of `n!` for a whole number from 0 on; Stirling's series, exact to rounding. */
export function logFactorial(n: number): number {
  if (n < SMALL) {
    let factorial = 1;
    for (let i = 2; i <= n; i++) factorial *= i;
    return Math.log(factorial);
  }
  const inverse = 1 / n;
  const squared = inverse * inverse;
  const series = inverse * (1 / 12 - squared * (1 / 360 - squared * (1 / 1260 - squared / 1680)));
  return (n + 0.5) * Math.log(n) - n + HALF_LOG_TWO_PI + series;
}
