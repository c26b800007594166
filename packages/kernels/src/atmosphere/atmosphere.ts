import { power } from '../numeric/index.js';
import type { Grammage, Metres, Radians } from '../units.js';
import { cubicSpline } from './cubic-spline.js';

/**
 * Density profile of an atmosphere: density and overburden of the air as functions of height above sea level.
 *
 * A function returns NaN where the profile is not defined.
 *
 * @example
 * ```ts
 * import { heightFromSlantDepth, layeredAtmosphere, radians } from '@cherenkit/kernels';
 *
 * const atmosphere = layeredAtmosphere([
 *   { height: 0, a: -186.5562, b: 1222.6562, c: 9941.8638 }, // U.S. standard atmosphere
 *   { height: 4_000, a: -94.919, b: 1144.9069, c: 8781.5355 },
 *   { height: 10_000, a: 0.61289, b: 1305.5948, c: 6361.4304 },
 *   { height: 40_000, a: 0, b: 540.1778, c: 7721.7016 },
 *   { height: 100_000, a: 0.01128292, b: 1, c: 1e7 },
 * ]);
 * console.log(atmosphere.overburden(2_200)); // g/cm2 above the observatory
 * console.log(heightFromSlantDepth(atmosphere, 300, radians(20))); // m, of a shower maximum at 300 g/cm2
 * ```
 */
export interface Atmosphere {
  /** Density of the air, g/cm3. */
  density(height: Metres): number;
  /** Column density of the air above a height: the integral of the density from there upwards. */
  overburden(height: Metres): Grammage;
  /** Height at which the overburden has this value: the inverse of `overburden`. */
  heightFromOverburden(overburden: Grammage): Metres;
}

/** Converts g/cm3 times metres into g/cm2. */
const CM_PER_METRE = 100;

/**
 * Atmosphere whose density falls exponentially with height; NaN below sea level.
 *
 * Source: ctapipe 0.32 `ExponentialAtmosphereDensityProfile`.
 *
 * @param scaleDensity - density at sea level, g/cm3
 */
export function exponentialAtmosphere(scaleHeight: Metres = 8000, scaleDensity = 0.00125): Atmosphere {
  const total = scaleDensity * scaleHeight * CM_PER_METRE;
  return {
    density: (height) => (height >= 0 ? scaleDensity * Math.exp(-height / scaleHeight) : NaN),
    overburden: (height) => (height >= 0 ? total * Math.exp(-height / scaleHeight) : NaN),
    heightFromOverburden: (overburden) => (overburden <= total ? -scaleHeight * Math.log(overburden / total) : NaN),
  };
}

/**
 * Atmosphere from a table, interpolated by cubic splines of the logarithms.
 *
 * Rows without a positive density and column density are ignored. Results are NaN below the table; above it, density
 * and overburden are 0. Source: ctapipe 0.32 `TableAtmosphereDensityProfile`.
 *
 * @param height - above sea level, increasing
 * @param density - at each height, g/cm3
 * @param columnDensity - overburden at each height
 */
export function tableAtmosphere(
  height: ArrayLike<Metres>,
  density: ArrayLike<number>,
  columnDensity: ArrayLike<Grammage>,
): Atmosphere {
  const kept = Array.from(height, (_, i) => i).filter((i) => height[i] >= 0 && density[i] > 0 && columnDensity[i] > 0);
  const heights = kept.map((i) => height[i]);
  const logDensity = cubicSpline(heights, kept.map((i) => Math.log10(density[i]))); // prettier-ignore
  const logOverburdens = kept.map((i) => Math.log10(columnDensity[i]));
  const logOverburden = cubicSpline(heights, logOverburdens);
  const heightOf = cubicSpline(logOverburdens.toReversed(), heights.toReversed());
  const top = heights[heights.length - 1];
  const least = logOverburdens[logOverburdens.length - 1];
  return {
    density: (at) => (at > top ? 0 : power(10, logDensity(at))),
    overburden: (at) => (at > top ? 0 : power(10, logOverburden(at))),
    heightFromOverburden: (overburden) => {
      const logarithm = Math.log10(overburden);
      return logarithm < least ? Infinity : heightOf(logarithm);
    },
  };
}

/** One layer of CORSIKA's atmosphere: overburden(h) = a + b exp(-h / c); in the uppermost layer, a - b h / c. */
export interface AtmosphericLayer {
  /** Lower boundary of the layer. */
  readonly height: Metres;
  readonly a: Grammage;
  readonly b: Grammage;
  readonly c: Metres;
}

/**
 * Atmosphere of CORSIKA: exponential layers, and a linear one on top. NaN below the first layer.
 *
 * Source: D. Heck and T. Pierog, Extensive Air Shower Simulation with CORSIKA (2021), appendix F; ctapipe 0.32
 * `FiveLayerAtmosphereDensityProfile`.
 *
 * @param layers - in order of increasing height
 */
export function layeredAtmosphere(layers: readonly AtmosphericLayer[]): Atmosphere {
  const uppermost = layers.length - 1;
  const layerAt = (height: Metres): number => {
    let index = -1;
    while (index < uppermost && height >= layers[index + 1].height) index++;
    return index;
  };
  const overburden = (height: Metres): Grammage => {
    const index = layerAt(height);
    if (!(index >= 0)) return NaN;
    const { a, b, c } = layers[index];
    return index === uppermost ? Math.max(0, a - (b * height) / c) : a + b * Math.exp(-height / c);
  };
  const limits = layers.map(({ height }) => overburden(height));
  return {
    overburden,
    density: (height) => {
      const index = layerAt(height);
      if (!(index >= 0)) return NaN;
      const { b, c } = layers[index];
      return (b / c / CM_PER_METRE) * (index === uppermost ? 1 : Math.exp(-height / c));
    },
    heightFromOverburden: (matter) => {
      if (!(matter < limits[0])) return NaN;
      let index = 0;
      while (index < uppermost && matter < limits[index + 1]) index++;
      const { a, b, c } = layers[index];
      if (index === uppermost) return matter > 0 ? (-c / b) * (matter - a) : Infinity;
      return -c * Math.log((matter - a) / b);
    },
  };
}

/**
 * Column density along an inclined line of sight, from a height to the top of the atmosphere.
 *
 * Takes the atmosphere as flat: valid up to zenith angles of some 70 degrees. Source: ctapipe 0.32
 * `AtmosphereDensityProfile.slant_depth_from_height`.
 */
export function slantDepthFromHeight(atmosphere: Atmosphere, height: Metres, zenithAngle: Radians = 0): Grammage {
  return atmosphere.overburden(height) / Math.cos(zenithAngle);
}

/**
 * Height at a slant depth: the inverse of {@link slantDepthFromHeight}. Source: ctapipe 0.32
 * `AtmosphereDensityProfile.height_from_slant_depth`.
 */
export function heightFromSlantDepth(atmosphere: Atmosphere, slantDepth: Grammage, zenithAngle: Radians = 0): Metres {
  return atmosphere.heightFromOverburden(slantDepth * Math.cos(zenithAngle));
}
