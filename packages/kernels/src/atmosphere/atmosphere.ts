import type { Grammage, Metres, Radians } from '../units.js';
import { cubicSpline } from './cubic-spline.js';

/** How the density of air goes with the height above sea level. */
export interface Atmosphere {
  /** g/cm3. */
  density(height: Metres): number;
  /** The matter above a height: the integral of the density from there upwards. */
  overburden(height: Metres): Grammage;
  /** The inverse of `overburden`. */
  heightFromOverburden(overburden: Grammage): Metres;
}

/** A density in g/cm3 along a metre, in g/cm2. */
const CM_PER_METRE = 100;

/**
 * Density that falls exponentially; NaN below sea level. Source: ctapipe 0.32 `ExponentialAtmosphereDensityProfile`.
 *
 * @param scaleDensity - at sea level, g/cm3
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
 * A table, interpolated by cubic splines of the logarithms; rows that have none are left out. Below the table there is NaN, above
 * it nothing. Source: ctapipe 0.32 `TableAtmosphereDensityProfile`.
 *
 * @param height - increasing, above sea level
 * @param density - g/cm3
 * @param columnDensity - the overburden at each height
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
    density: (at) => (at > top ? 0 : 10 ** logDensity(at)),
    overburden: (at) => (at > top ? 0 : 10 ** logOverburden(at)),
    heightFromOverburden: (overburden) => {
      const logarithm = Math.log10(overburden);
      return logarithm < least ? Infinity : heightOf(logarithm);
    },
  };
}

/** One layer of CORSIKA's model: overburden a + b exp(-h / c), or a - b h / c in the uppermost. */
export interface AtmosphericLayer {
  /** Where it begins. */
  readonly height: Metres;
  readonly a: Grammage;
  readonly b: Grammage;
  readonly c: Metres;
}

/**
 * CORSIKA's model of several exponential layers and a linear one above; NaN below the first. Source: D. Heck and T. Pierog,
 * Extensive Air Shower Simulation with CORSIKA (2021), appendix F; ctapipe 0.32 `FiveLayerAtmosphereDensityProfile`.
 *
 * @param layers - from below
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
 * The matter along a line of sight from a height to the end of a flat atmosphere: not for zenith angles beyond 70 degrees.
 * Source: ctapipe 0.32 `AtmosphereDensityProfile.slant_depth_from_height`.
 */
export function slantDepthFromHeight(atmosphere: Atmosphere, height: Metres, zenithAngle: Radians = 0): Grammage {
  return atmosphere.overburden(height) / Math.cos(zenithAngle);
}

/** The inverse of {@link slantDepthFromHeight}. Source: ctapipe 0.32 `AtmosphereDensityProfile.height_from_slant_depth`. */
export function heightFromSlantDepth(atmosphere: Atmosphere, slantDepth: Grammage, zenithAngle: Radians = 0): Metres {
  return atmosphere.heightFromOverburden(slantDepth * Math.cos(zenithAngle));
}
