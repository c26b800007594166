const SERIES_LIMIT = 3;

/** Cumulative distribution function of the standard normal distribution, to 14 digits. */
export function normalCdf(value: number): number {
  const size = Math.abs(value);
  const above = size < SERIES_LIMIT ? 0.5 - bySeries(size) : tail(size);
  return value < 0 ? above : 1 - above;
}

/** Integral from 0 to x: the density times x (1 + x2/3 + x4/15 + ...), a series of positive terms. */
function bySeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 3; term > 1e-17 * sum; n += 2) {
    term *= (x * x) / n;
    sum += term;
  }
  return sum * density(x);
}

/** Integral from x to infinity for large x: Laplace's continued fraction. */
function tail(x: number): number {
  let fraction = x;
  for (let n = 120; n > 0; n--) fraction = x + n / fraction;
  return density(x) / fraction;
}

function density(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}
