const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** Below this value, the factorial is an integer that a double represents exactly. */
const SMALL = 16;

/** Natural logarithm of `n!` for an integer n >= 0, exact to rounding, by Stirling's series. */
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
