import type { Metres, Radians, TeV } from '../units.js';
import { binIndex } from './event-histogram.js';
import { coneSolidAngle, rectangleInRing } from './solid-angle.js';
import { powerLaw, type Spectrum } from './spectrum.js';

/** What was simulated: showers of a power law in energy, uniform in a circle on the ground and in a cone or ring of directions. */
export interface SimulatedShowers {
  /** Number of showers, including those of one shower at several positions. */
  readonly nShowers: number;
  readonly energyMin: TeV;
  readonly energyMax: TeV;
  /** Index of the power law, negative. */
  readonly spectralIndex: number;
  /** Radius of the circle. */
  readonly maxImpact: Metres;
  /** Limits of the angle to the pointing; both equal for a point source. */
  readonly viewconeMin: Radians;
  readonly viewconeMax: Radians;
  /** Numbers of showers in bins of energy; undefined: the power law holds. */
  readonly energies?: EnergyHistogram | undefined;
}

/** Histogram of energies. */
export interface EnergyHistogram {
  /** Ascending, TeV. */
  readonly edges: Float64Array;
  readonly counts: Float64Array;
}

/** Whether the showers come from one direction. */
export function isPointLike({ viewconeMin, viewconeMax }: SimulatedShowers): boolean {
  return viewconeMax - viewconeMin === 0;
}

/** Fraction of a power law between two energies; the limits are clipped to its range. */
function energyFraction(low: TeV, high: TeV, showers: SimulatedShowers): number {
  const { energyMin, energyMax, spectralIndex } = showers;
  return (
    powerIntegral(low, high, showers) / powerIntegral(energyMin, energyMax, { energyMin, energyMax, spectralIndex })
  );
}

/** Integral of `E ** index` between two energies, clipped to the simulated range. */
function powerIntegral(
  low: TeV,
  high: TeV,
  { energyMin, energyMax, spectralIndex }: Pick<SimulatedShowers, 'energyMin' | 'energyMax' | 'spectralIndex'>,
): number {
  const [from, to] = [Math.max(low, energyMin), Math.min(high, energyMax)];
  if (from >= to) return 0;
  const g = spectralIndex + 1;
  return g === 0 ? Math.log(to / from) : (to ** g - from ** g) / g;
}

/** Number of showers of a histogram between two energies; within a bin, they follow the power law. */
function countBetween(low: TeV, high: TeV, { edges, counts }: EnergyHistogram, showers: SimulatedShowers): number {
  let count = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    const whole = powerIntegral(edges[bin], edges[bin + 1], showers);
    if (whole === 0 || counts[bin] === 0) continue;
    count += (counts[bin] * powerIntegral(Math.max(low, edges[bin]), Math.min(high, edges[bin + 1]), showers)) / whole;
  }
  return count;
}

/** Fraction of a uniform cone between two angles; the limits are clipped to its range. */
function offsetFraction(low: Radians, high: Radians, { viewconeMin, viewconeMax }: SimulatedShowers): number {
  const [from, to] = [Math.max(low, viewconeMin), Math.min(high, viewconeMax)];
  if (from >= to) return 0;
  return (Math.cos(from) - Math.cos(to)) / (Math.cos(viewconeMin) - Math.cos(viewconeMax));
}

/** Expected number of simulated showers in bins of energy. Source: pyirf 0.14 `calculate_n_showers_per_energy`. */
export function showersPerEnergy(showers: SimulatedShowers, energyEdges: Float64Array): Float64Array {
  return Float64Array.from({ length: energyEdges.length - 1 }, (_, i) =>
    showers.energies === undefined
      ? showers.nShowers * energyFraction(energyEdges[i], energyEdges[i + 1], showers)
      : countBetween(energyEdges[i], energyEdges[i + 1], showers.energies, showers),
  );
}

/** Expected number of simulated showers in bins of the angle to the pointing. Source: pyirf 0.14 `calculate_n_showers_per_fov`. */
export function showersPerOffset(showers: SimulatedShowers, offsetEdges: Float64Array): Float64Array {
  return Float64Array.from(
    { length: offsetEdges.length - 1 },
    (_, i) => showers.nShowers * offsetFraction(offsetEdges[i], offsetEdges[i + 1], showers),
  );
}

/**
 * Expected number of simulated showers in bins of longitude and latitude around the pointing; longitude is the fastest. Source:
 * pyirf 0.15 `calculate_n_showers_3d_lonlat`, which counts small parts of the bins instead.
 */
export function showersPerRectangle(
  { nShowers, viewconeMin, viewconeMax }: SimulatedShowers,
  lonEdges: Float64Array,
  latEdges: Float64Array,
): Float64Array {
  const all = coneSolidAngle(viewconeMax) - coneSolidAngle(viewconeMin);
  const n = lonEdges.length - 1;
  return Float64Array.from({ length: n * (latEdges.length - 1) }, (_, cell) => {
    const [lon, lat] = [cell % n, Math.floor(cell / n)];
    const within = rectangleInRing(
      [lonEdges[lon], lonEdges[lon + 1]],
      [latEdges[lat], latEdges[lat + 1]],
      [viewconeMin, viewconeMax],
    );
    return (nShowers * within) / all;
  });
}

/**
 * Flux that the simulated showers correspond to within a time. Source: pyirf 0.14 `PowerLaw.from_simulation`.
 *
 * @param seconds - observation time
 */
export function simulatedSpectrum(showers: SimulatedShowers, seconds: number): Spectrum {
  const { nShowers, energyMin, energyMax, spectralIndex: index, maxImpact, energies } = showers;
  const isDiffuse = !isPointLike(showers);
  const solidAngle = isDiffuse ? coneSolidAngle(showers.viewconeMax) - coneSolidAngle(showers.viewconeMin) : 1;
  const exposure = Math.PI * maxImpact ** 2 * seconds * solidAngle;
  if (energies === undefined) {
    return powerLaw(nShowers / (exposure * powerIntegral(energyMin, energyMax, showers)), index, isDiffuse);
  }
  const { edges, counts } = energies;
  const normalizations = counts.map((count, i) => count / (exposure * powerIntegral(edges[i], edges[i + 1], showers)));
  return { isDiffuse, flux: (energy) => (normalizations[binIndex(energy, edges)] ?? 0) * energy ** index };
}
