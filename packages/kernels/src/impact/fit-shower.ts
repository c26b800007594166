import type { TeV } from '../units.js';
import { invertPositive } from './invert-positive.js';
import { minimizeSimplex, type Bounds, type Minimum } from './minimize-simplex.js';
import type { ShowerLikelihood } from './shower-likelihood.js';

/** The most likely parameters of a shower, and how well the images determine them. */
export interface ShowerFit extends Minimum {
  /** Parameters at a limit. */
  readonly isAtLimit: readonly boolean[];
  /**
   * Covariances of the parameters, shape (n, n). Parameters at a limit are taken as fixed, with 0; so is the factor of the depth if
   * it has no effect, because the depth is outside of the templates. Undefined if the images do not determine all others.
   */
  readonly covariance: Float64Array | undefined;
}

/** Largest distance of the direction from that of the seed in each coordinate, and first step of the fit, rad. */
const DIRECTION_RANGE = 1.5 / 57.3;
const DIRECTION_STEP = 0.04 / 57.3;
/** The same for the core, m. */
const CORE_RANGE = 100;
const CORE_STEP = 10;
/** Limits of the energy relative to that of the seed, the least energy in TeV, and the first step relative to the seed. */
const ENERGY_RANGE = [0.1, 2] as const;
const LEAST_ENERGY: TeV = 0.02;
const RELATIVE_ENERGY_STEP = 0.05;
/** Limits and first step of the factor of the depth. */
const DEFAULT_SCALE_RANGE: readonly [number, number] = [0.8, 1.2];
const SCALE_STEP = 0.05;
/** Indices of the energy and of the factor of the depth. */
const ENERGY = 4;
const DEPTH_SCALE = 5;

/** Factors of the steps of the fits from a seed: larger ones leave local minima, which interpolated templates have. */
const STEP_FACTORS = [1, 3] as const;
/** Number of factors of the depth of which the best is the start of a fit. */
const N_SCALES = 5;
/** Distance from a limit below which a parameter is at it, relative to the distance of the limits. */
const AT_LIMIT = 2e-3;
/** Steps of derivatives, in steps of the fit. */
const DERIVATIVE_STEP = 0.1;
/** Differences of the values at which the fits from the seeds end, and the last one. */
const SEED_TOLERANCE = 0.1;
const TOLERANCE = 0.01;

/**
 * Limits and steps of the parameters of a shower around a seed. Source: ctapipe 0.32 `create_seed`.
 *
 * @param factor - of the steps
 * @param scaleRange - limits of the factor of the depth
 */
function showerBounds(seed: Float64Array, factor = 1, scaleRange = DEFAULT_SCALE_RANGE): Bounds {
  const [sourceX, sourceY, coreX, coreY, energy] = seed;
  const lowestEnergy = Math.max(ENERGY_RANGE[0] * energy, LEAST_ENERGY);
  const steps = [DIRECTION_STEP, DIRECTION_STEP, CORE_STEP, CORE_STEP, RELATIVE_ENERGY_STEP * energy, SCALE_STEP];
  return {
    lower: Float64Array.of(
      sourceX - DIRECTION_RANGE,
      sourceY - DIRECTION_RANGE,
      coreX - CORE_RANGE,
      coreY - CORE_RANGE,
      lowestEnergy,
      scaleRange[0],
    ),
    upper: Float64Array.of(
      sourceX + DIRECTION_RANGE,
      sourceY + DIRECTION_RANGE,
      coreX + CORE_RANGE,
      coreY + CORE_RANGE,
      Math.max(ENERGY_RANGE[1] * energy, 2 * lowestEnergy),
      scaleRange[1],
    ),
    steps: Float64Array.from(steps, (step) => factor * step),
  };
}

/**
 * Fits the parameters of a shower: from each seed, then once more from the best of these fits. The result is the lowest point of
 * all fits. The factor of the depth starts at the best of some values, since it has no effect where the depth is outside of the
 * templates.
 *
 * Source: as {@link ShowerLikelihood}; ctapipe 0.32 `ImPACTReconstructor.predict`, which uses Minuit, and keeps the last fit.
 *
 * @param seeds - parameters, at least one
 * @param scaleRange - limits of the factor of the depth of the maximum, which contain 1
 */
export function fitShower(
  likelihood: ShowerLikelihood,
  seeds: readonly Float64Array[],
  scaleRange = DEFAULT_SCALE_RANGE,
): ShowerFit {
  const evaluate = (parameters: Float64Array): number => likelihood.value(parameters);
  const fits = seeds
    .flatMap((seed) => startsOf(evaluate, seed, scaleRange))
    .flatMap((seed) =>
      STEP_FACTORS.map((factor) =>
        minimizeSimplex(evaluate, seed, showerBounds(seed, factor, scaleRange), {
          tolerance: SEED_TOLERANCE,
          maxRestarts: 0,
        }),
      ),
    );
  const best = fits.reduce((lowest, fit) => (fit.value < lowest.value ? fit : lowest));
  const bounds = showerBounds(best.parameters, 1, scaleRange);
  const fit = minimizeSimplex(evaluate, best.parameters, bounds, { tolerance: TOLERANCE });
  const nCalls = fits.reduce((sum, each) => sum + each.nCalls, fit.nCalls + seeds.length * (N_SCALES + 1));
  const isAtLimit = Array.from(fit.parameters, (value, i) => {
    const [lower, upper] = [bounds.lower[i], bounds.upper[i]];
    return Math.min(value - lower, upper - value) < AT_LIMIT * (upper - lower);
  });
  return { ...fit, nCalls, isAtLimit, covariance: covarianceOf(likelihood, fit, bounds, isAtLimit) };
}

/**
 * A seed with the best factor of the depth, and with the best of those on the other side of the middle of the range: images of a
 * lower energy and a deeper maximum are similar, so that a fit that starts with the wrong one may end in a local minimum.
 */
function startsOf(
  evaluate: (parameters: Float64Array) => number,
  seed: Float64Array,
  scaleRange: readonly [number, number],
): Float64Array[] {
  const middle = (scaleRange[0] + scaleRange[1]) / 2;
  const scales = [seed[DEPTH_SCALE], ...scalesWithin(scaleRange)];
  return [scales.filter((scale) => scale < middle), scales.filter((scale) => scale >= middle)]
    .filter(({ length }) => length > 0)
    .map((half) => lowestOf(evaluate, half.map((scale) => seed.with(DEPTH_SCALE, scale)))); // prettier-ignore
}

/** Factors of the depth that divide their range evenly. */
function scalesWithin([lowest, highest]: readonly [number, number]): number[] {
  return Array.from({ length: N_SCALES }, (_, i) => lowest + ((i + 0.5) / N_SCALES) * (highest - lowest));
}

/** The point with the lowest value. @param points - at least one */
function lowestOf(evaluate: (parameters: Float64Array) => number, points: readonly Float64Array[]): Float64Array {
  const values = points.map(evaluate);
  return points[values.indexOf(Math.min(...values))] ?? points[0];
}

/** Inverse of the information of the images, for the parameters that are not fixed. */
function covarianceOf(
  likelihood: ShowerLikelihood,
  { parameters }: Minimum,
  { steps }: Bounds,
  isAtLimit: readonly boolean[],
): Float64Array | undefined {
  const n = parameters.length;
  const derivativeSteps = steps.map((step, i) => (isAtLimit[i] ? 0 : DERIVATIVE_STEP * step));
  const information = likelihood.information(parameters, derivativeSteps);
  const hasNoEffect = (i: number): boolean => i === DEPTH_SCALE && information[i * n + i] === 0;
  const free = [...parameters.keys()].filter((i) => !isAtLimit[i] && !hasNoEffect(i));
  const ofFree = Float64Array.from(free.flatMap((i) => free.map((j) => information[i * n + j])));
  const inverse = invertPositive(ofFree, free.length);
  if (!inverse) return undefined;
  const covariance = new Float64Array(n * n);
  free.forEach((i, a) => {
    free.forEach((j, b) => (covariance[i * n + j] = inverse[a * free.length + b]));
  });
  return covariance;
}

/**
 * Returns the energy with the highest likelihood among given ones, each with its best factor of the depth, for a shower of known
 * direction and core: the seed of a fit if no other estimate exists.
 *
 * @param energies - at least one
 * @param scaleRange - limits of the factor of the depth of the maximum
 */
export function mostLikelyEnergy(
  likelihood: ShowerLikelihood,
  parameters: Float64Array,
  energies: readonly TeV[],
  scaleRange = DEFAULT_SCALE_RANGE,
): TeV {
  const points = energies.flatMap((energy) => {
    const ofEnergy = parameters.with(ENERGY, energy);
    return scalesWithin(scaleRange).map((scale) => ofEnergy.with(DEPTH_SCALE, scale));
  });
  return lowestOf((point) => likelihood.value(point), points)[ENERGY];
}
