import type { PhotoElectrons } from '../units.js';

/** Widths of the charge distribution of a pixel. */
export interface ChargeWidths {
  /** Standard deviation of the charge without light: night-sky background and electronics. */
  readonly pedestalWidth: PhotoElectrons;
  /** Standard deviation of the charge of a single photo-electron. */
  readonly speWidth: PhotoElectrons;
}

/** Above this expectation, {@link negLogLikelihood} uses the Gaussian approximation. */
const GAUSSIAN_ABOVE: PhotoElectrons = 20;
/** Added to expectations and likelihoods by ctapipe, so that both are positive. */
const EPSILON = Number.EPSILON;
const QUANTILE = 0.999;

/**
 * Negative logarithm of the likelihood of a charge, with a Gaussian in place of the Poisson distribution.
 *
 * Source: M. de Naurois and L. Rolland, Astropart. Phys. 32 (2009) 231, section 3.3; ctapipe 0.32
 * `neg_log_likelihood_approx`.
 *
 * @param expected - above 0
 */
export function negLogLikelihoodApprox(
  charge: PhotoElectrons,
  expected: PhotoElectrons,
  { pedestalWidth, speWidth }: ChargeWidths,
): number {
  const variance = pedestalWidth * pedestalWidth + expected * (1 + speWidth * speWidth);
  const residual = charge - expected;
  return (Math.log(2 * Math.PI * variance) + (residual * residual) / variance) / 2;
}

/**
 * Negative logarithm of the likelihood of a charge: a sum over numbers of photo-electrons, Poisson distributed, each with a
 * Gaussian charge distribution. Source: as {@link negLogLikelihoodApprox}; ctapipe 0.32 `neg_log_likelihood_numeric`.
 *
 * @param most - largest number of photo-electrons of the sum; default: the 0.999 quantile. ctapipe uses that of the largest
 *   expectation of all pixels in a call
 */
export function negLogLikelihoodNumeric(
  charge: PhotoElectrons,
  expected: PhotoElectrons,
  { pedestalWidth, speWidth }: ChargeWidths,
  most = poissonQuantile(expected + EPSILON, QUANTILE),
): number {
  const mean = expected + EPSILON;
  const logMean = Math.log(mean);
  let likelihood = EPSILON;
  let logProbability = -mean;
  for (let n = 0; n <= most; n++) {
    if (n > 0) logProbability += logMean - Math.log(n);
    const variance = pedestalWidth * pedestalWidth + n * speWidth * speWidth;
    const residual = charge - n;
    likelihood += Math.exp(logProbability - (residual * residual) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
  }
  return -Math.log(likelihood);
}

/**
 * Negative logarithm of the likelihood of a charge: {@link negLogLikelihoodNumeric} up to an expectation of 20 p.e., and
 * {@link negLogLikelihoodApprox} above. Source: ctapipe 0.32 `neg_log_likelihood`.
 */
export function negLogLikelihood(
  charge: PhotoElectrons,
  expected: PhotoElectrons,
  widths: ChargeWidths,
  most?: number,
): number {
  return expected > GAUSSIAN_ABOVE
    ? negLogLikelihoodApprox(charge, expected, widths)
    : negLogLikelihoodNumeric(charge, expected, widths, most);
}

/**
 * Mean of twice the negative logarithm of the likelihood over all charges, in the Gaussian approximation: what an image that
 * agrees with the expectation has on average. Source: ctapipe 0.32 `mean_poisson_likelihood_gaussian`.
 */
export function meanLikelihoodGaussian(expected: PhotoElectrons, { pedestalWidth, speWidth }: ChargeWidths): number {
  const variance = pedestalWidth * pedestalWidth + expected * (1 + speWidth * speWidth);
  return 1 + Math.log(2 * Math.PI) + Math.log(variance + EPSILON);
}

const HALF_RANGE = 10;
const N_STEPS = 400;

/**
 * Mean of twice the negative logarithm of the likelihood over all charges, by integration of {@link negLogLikelihood}. Source:
 * ctapipe 0.32 `mean_poisson_likelihood_full`, which integrates to 5 %.
 */
export function meanLikelihoodFull(expected: PhotoElectrons, widths: ChargeWidths): number {
  const { pedestalWidth, speWidth } = widths;
  const width = Math.sqrt(pedestalWidth * pedestalWidth + expected * speWidth * speWidth);
  const step = (2 * HALF_RANGE * width) / N_STEPS;
  let sum = 0;
  for (let i = 0; i <= N_STEPS; i++) {
    const negLog = negLogLikelihood(expected - HALF_RANGE * width + i * step, expected, widths);
    const weight = i === 0 || i === N_STEPS ? 1 : i % 2 === 1 ? 4 : 2; // Simpson's rule
    sum += weight * 2 * negLog * Math.exp(-negLog);
  }
  return (sum * step) / 3;
}

/** Ad-hoc factor of the errors in {@link chiSquared}. */
const ERROR_FACTOR = 2.9;

/**
 * Squared residual in units of its variance. Source: S. Le Bohec et al., Nucl. Instrum. Methods A 416 (1998) 425; ctapipe 0.32
 * `chi_squared`.
 */
export function chiSquared(charge: PhotoElectrons, expected: PhotoElectrons, pedestalWidth: PhotoElectrons): number {
  const residual = charge - expected;
  return (residual * residual) / (pedestalWidth + residual / 2) / ERROR_FACTOR;
}

/** Smallest number whose cumulative Poisson probability is at least `probability`. */
export function poissonQuantile(mean: number, probability: number): number {
  let logTerm = -mean;
  let cumulative = Math.exp(logTerm);
  let n = 0;
  while (cumulative < probability) {
    n++;
    logTerm += Math.log(mean / n);
    cumulative += Math.exp(logTerm);
    if (n > mean && Math.exp(logTerm) === 0) break; // rounding of the sum for large means
  }
  return n;
}
