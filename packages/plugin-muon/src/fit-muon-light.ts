import {
  negativeLogLikelihood,
  predictMuonImage,
  type MuonOptics,
  type MuonTrack,
  type PhotoElectrons,
  type Radians,
  type Ring,
} from '@cherenkit/kernels';
import { levenbergMarquardt } from 'ml-levenberg-marquardt';

/** Pixels near a ring. */
export interface RingPixels {
  readonly charge: Float64Array;
  /** Distance from the centre of the ring, rad. */
  readonly distance: Float64Array;
  /** Polar angle around the centre of the ring, rad. */
  readonly angle: Float64Array;
}

/** Noise of the charge of a pixel. */
export interface ChargeNoise {
  /** Standard deviation of the charge of a single photo-electron. */
  readonly speWidth: PhotoElectrons;
  /** Standard deviation of the charge of a pixel without light. */
  readonly pedestal: PhotoElectrons;
}

/** Result of {@link fitMuonLight}. */
export interface MuonLightFit {
  readonly track: MuonTrack;
  /** Negative logarithm of the likelihood of the charges. */
  readonly likelihood: number;
  readonly isValid: boolean;
  /** Whether the impact point is closer to the centre of the mirror than half its error. */
  readonly isAtLimit: boolean;
}

/** Directions of the impact point at which the search starts. */
const STARTS = [0, Math.PI / 2, Math.PI, -Math.PI / 2];
/**
 * Settings of the search from each starting point, and of the following ones from the best result; the latter differ in
 * the step of the numerical derivatives.
 */
const FIRST_SEARCH = { maxIterations: 12, gradientDifference: 1e-4, centralDifference: false };
const NEXT_SEARCHES = [1e-4, 1e-6, 1e-5].map((gradientDifference) => ({
  maxIterations: 15,
  gradientDifference,
  centralDifference: true,
}));
const FIRST_EFFICIENCY = 0.1;

/**
 * Maximum-likelihood fit of the light along a muon ring: impact point, ring width and optical efficiency.
 *
 * Up to a constant, twice the negative log-likelihood is a sum of squares: (charge - expected)2 / theta and ln(theta /
 * pedestal2) for each pixel. It is therefore minimized with the Levenberg-Marquardt method, from several directions of
 * the impact point; the best result is used.
 *
 * @param ringWidth - initial value
 */
export function fitMuonLight(
  optics: MuonOptics,
  ring: Ring,
  pixels: RingPixels,
  noise: ChargeNoise,
  ringWidth: Radians,
): MuonLightFit {
  const n = pixels.charge.length;
  const expected = new Float64Array(n);
  const { mirrorRadius } = optics;
  // The impact point in Cartesian coordinates, without limits; width and efficiency as logarithms.
  const trackOf = ([x, y, width, efficiency]: readonly number[]): MuonTrack => ({
    impactParameter: mirrorRadius * Math.hypot(x, y),
    phi: Math.atan2(y, x),
    ringWidth: ringWidth * Math.exp(width),
    opticalEfficiency: FIRST_EFFICIENCY * Math.exp(efficiency),
  });
  const predict = (parameters: readonly number[]) =>
    predictMuonImage(optics, ring, trackOf(parameters), pixels.distance, pixels.angle, expected);
  const gain = 1 + noise.speWidth ** 2;
  const pedestal2 = noise.pedestal ** 2;
  const residuals = (parameters: number[]) => {
    predict(parameters);
    const values = new Float64Array(2 * n);
    for (let i = 0; i < n; i++) {
      const theta = pedestal2 + gain * expected[i];
      values[i] = (pixels.charge[i] - expected[i]) / Math.sqrt(theta);
      values[n + i] = Math.sqrt(Math.log(theta / pedestal2));
    }
    return (index: number) => values[index];
  };
  const likelihoodOf = (parameters: readonly number[]): number => {
    predict(parameters);
    let sum = 0;
    for (let i = 0; i < n; i++) {
      sum += negativeLogLikelihood(pixels.charge[i], expected[i], noise.speWidth, noise.pedestal);
    }
    return sum;
  };
  const data = { x: Array.from({ length: 2 * n }, (_, i) => i), y: new Array<number>(2 * n).fill(0) };
  const minimize = (initialValues: number[], options: typeof FIRST_SEARCH): number[] =>
    levenbergMarquardt(data, residuals, { initialValues, damping: 1e-2, errorTolerance: 0, ...options })
      .parameterValues;

  let best: number[] = [];
  let lowest = Infinity;
  const search = (start: number[], options: typeof FIRST_SEARCH): void => {
    const found = minimize(start, options);
    const likelihood = likelihoodOf(found);
    if (likelihood < lowest) [best, lowest] = [found, likelihood];
  };
  for (const phi of STARTS) search([0.5 * Math.cos(phi), 0.5 * Math.sin(phi), 0, 0], FIRST_SEARCH);
  const isValid = Number.isFinite(lowest);
  if (!isValid) return { track: trackOf([NaN, NaN, NaN, NaN]), likelihood: NaN, isValid, isAtLimit: false };
  for (const options of NEXT_SEARCHES) search(best, options);
  return { track: trackOf(best), likelihood: lowest, isValid, isAtLimit: isCentral(best, likelihoodOf) };
}

/**
 * Whether the impact point is closer to the centre of the mirror than half its error, the distance at which the
 * log-likelihood falls by 1/2.
 */
function isCentral(best: readonly number[], likelihoodOf: (parameters: number[]) => number): boolean {
  const [x, y, ...others] = best;
  const impact = Math.hypot(x, y);
  const along = impact === 0 ? [1, 0] : [x / impact, y / impact];
  const at = (shift: number) => likelihoodOf([x + shift * along[0], y + shift * along[1], ...others]);
  const step = 0.02;
  const curvature = (at(step) + at(-step) - 2 * at(0)) / (step * step);
  return impact < 0.5 / Math.sqrt(curvature);
}
