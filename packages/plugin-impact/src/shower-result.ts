import { ReconstructedEnergyContainer, ReconstructedGeometryContainer } from '@cherenkit/core';
import {
  altAzToNominal,
  groundToTilted,
  heightFromSlantDepth,
  nominalToAltAz,
  projectToGround,
  type AltAz,
  type Atmosphere,
  type ShowerFit,
  type ShowerLikelihood,
} from '@cherenkit/kernels';

/** Radius that contains 68 % of a circular two-dimensional normal distribution, in standard deviations. */
const RADIUS_OF_68_PER_CENT = Math.sqrt(-2 * Math.log(1 - 0.68));

/** Parameters whose limits make a fit invalid: their true value is probably beyond. */
const LIMITED = ['the direction', 'the direction', 'the core', 'the core', 'the energy'] as const;
/** Index of the factor of the depth of the maximum. */
const DEPTH_SCALE = 5;
/** Step of derivatives, in standard deviations. */
const STEP = 0.1;

/** Geometry and energy of a shower. */
export interface ShowerResult {
  readonly geometry: ReconstructedGeometryContainer;
  readonly energy: ReconstructedEnergyContainer;
}

/** A fit, and what its conversion to a geometry and an energy requires. */
export interface FittedShower {
  readonly fit: ShowerFit;
  readonly likelihood: ShowerLikelihood;
  readonly arrayPointing: AltAz;
  readonly atmosphere: Atmosphere;
  readonly telescopes: number[];
  /** Mean intensity of the images, p.e. */
  readonly averageIntensity: number;
}

/** Results without values, for an event that cannot be reconstructed. */
export function invalidResult(reason: string): ShowerResult {
  return {
    geometry: new ReconstructedGeometryContainer({ isValid: false, reason }),
    energy: new ReconstructedEnergyContainer({ isValid: false, reason }),
  };
}

/** Returns why fitted parameters are not valid; undefined if they are. */
function reasonInvalid({ isConverged, isAtLimit, nCalls }: ShowerFit): string | undefined {
  if (!isConverged) return `the fit did not converge within ${nCalls} evaluations`;
  const limited = LIMITED.find((_, i) => isAtLimit[i]);
  return limited && `${limited} is at the limit of its range around the seed`;
}

/**
 * Converts fitted parameters to a geometry and an energy, with errors from the covariances.
 *
 * The height of the maximum follows from its slant depth at the zenith angle of the array pointing.
 */
export function showerResult({
  fit,
  likelihood,
  arrayPointing,
  atmosphere,
  telescopes,
  averageIntensity,
}: FittedShower): ShowerResult {
  const { parameters, covariance } = fit;
  const reason = reasonInvalid(fit);
  if (reason !== undefined) return invalidResult(reason);
  if (!covariance) {
    return invalidResult(
      'the images do not determine all parameters: their information matrix is not positive definite',
    );
  }
  const zenith = Math.PI / 2 - arrayPointing.alt;
  const evaluate = (at: Float64Array): number[] => {
    const { alt, az } = nominalToAltAz({ fovLon: at[0], fovLat: at[1] }, arrayPointing);
    const ground = projectToGround({ x: at[2], y: at[3], z: 0 }, arrayPointing);
    const hMax = heightFromSlantDepth(atmosphere, likelihood.maximum(at).slantDepth, zenith);
    return [alt, az, ground.x, ground.y, hMax];
  };
  const [alt, az, coreX, coreY, hMax] = evaluate(parameters);
  const [altUncert, azUncert, coreUncertX, coreUncertY, hMaxUncert] = propagated(evaluate, parameters, covariance);
  const deviationOf = (i: number): number => Math.sqrt(covariance[i * parameters.length + i]);
  const goodnessOfFit = likelihood.goodness(parameters).reduce((sum, each) => sum + each, 0);
  const common = { goodnessOfFit, telescopes, isValid: true };
  return {
    geometry: new ReconstructedGeometryContainer({
      ...common,
      alt,
      altUncert,
      az,
      azUncert,
      angDistanceUncert: RADIUS_OF_68_PER_CENT * Math.hypot(deviationOf(0), deviationOf(1)) * Math.SQRT1_2,
      coreX,
      coreUncertX,
      coreY,
      coreUncertY,
      coreTiltedX: parameters[2],
      coreTiltedUncertX: deviationOf(2),
      coreTiltedY: parameters[3],
      coreTiltedUncertY: deviationOf(3),
      hMax,
      // Of a fixed depth it would be that of the geometry alone.
      hMaxUncert: deviationOf(DEPTH_SCALE) > 0 ? hMaxUncert : NaN,
      averageIntensity,
    }),
    energy: new ReconstructedEnergyContainer({ ...common, energy: parameters[4], energyUncert: deviationOf(4) }),
  };
}

/** Parameters of a shower from a direction, a core on the ground, and an energy: a seed of a fit. */
export function seedOf(
  { alt, az, coreX, coreY }: Pick<ReconstructedGeometryContainer, 'alt' | 'az' | 'coreX' | 'coreY'>,
  energy: number,
  arrayPointing: AltAz,
): Float64Array {
  const { fovLon, fovLat } = altAzToNominal({ alt, az }, arrayPointing);
  const { x, y } = groundToTilted({ x: coreX, y: coreY, z: 0 }, arrayPointing);
  return Float64Array.of(fovLon, fovLat, x, y, energy, 1);
}

/** Standard deviations of functions of the parameters: sqrt(J C J^T), with derivatives by differences. */
function propagated(
  evaluate: (parameters: Float64Array) => number[],
  parameters: Float64Array,
  covariance: Float64Array,
): number[] {
  const n = parameters.length;
  const derivatives = Array.from(parameters, (_, i) => {
    const step = STEP * Math.sqrt(covariance[i * n + i]);
    if (!(step > 0)) return undefined;
    const shifted = (by: number): number[] => evaluate(parameters.with(i, parameters[i] + by));
    const lower = shifted(-step);
    return shifted(step).map((value, k) => (value - lower[k]) / (2 * step));
  });
  return evaluate(parameters).map((_, k) => {
    let variance = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        variance += (derivatives[i]?.[k] ?? 0) * covariance[i * n + j] * (derivatives[j]?.[k] ?? 0);
      }
    }
    return Math.sqrt(variance);
  });
}
