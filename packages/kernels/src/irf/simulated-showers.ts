import type { Metres, Radians, TeV } from '../units.js';
import { coneSolidAngle } from './solid-angle.js';
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
}

/** Whether the showers come from one direction. */
export function isPointLike({ viewconeMin, viewconeMax }: SimulatedShowers): boolean {
  return viewconeMax - viewconeMin === 0;
}

/** Fraction of a power law between two energies; the limits are clipped to its range. */
function energyFraction(low: TeV, high: TeV, { energyMin, energyMax, spectralIndex }: SimulatedShowers): number {
  const [from, to] = [Math.max(low, energyMin), Math.min(high, energyMax)];
  if (from >= to) return 0;
  const g = spectralIndex + 1;
  if (g === 0) return Math.log(to / from) / Math.log(energyMax / energyMin);
  return (to ** g - from ** g) / (energyMax ** g - energyMin ** g);
}

/** Fraction of a uniform cone between two angles; the limits are clipped to its range. */
function offsetFraction(low: Radians, high: Radians, { viewconeMin, viewconeMax }: SimulatedShowers): number {
  const [from, to] = [Math.max(low, viewconeMin), Math.min(high, viewconeMax)];
  if (from >= to) return 0;
  return (Math.cos(from) - Math.cos(to)) / (Math.cos(viewconeMin) - Math.cos(viewconeMax));
}

/** Expected number of simulated showers in bins of energy. Source: pyirf 0.14 `calculate_n_showers_per_energy`. */
export function showersPerEnergy(showers: SimulatedShowers, energyEdges: Float64Array): Float64Array {
  return Float64Array.from(
    { length: energyEdges.length - 1 },
    (_, i) => showers.nShowers * energyFraction(energyEdges[i], energyEdges[i + 1], showers),
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
 * Flux that the simulated showers correspond to within a time. Source: pyirf 0.14 `PowerLaw.from_simulation`.
 *
 * @param seconds - observation time
 */
export function simulatedSpectrum(showers: SimulatedShowers, seconds: number): Spectrum {
  const { nShowers, energyMin, energyMax, spectralIndex: index, maxImpact } = showers;
  const isDiffuse = !isPointLike(showers);
  const solidAngle = isDiffuse ? coneSolidAngle(showers.viewconeMax) - coneSolidAngle(showers.viewconeMin) : 1;
  const g = index + 1;
  const integral = g === 0 ? Math.log(energyMax / energyMin) : (energyMax ** g - energyMin ** g) / g;
  return powerLaw(nShowers / (Math.PI * maxImpact ** 2 * seconds * solidAngle * integral), index, isDiffuse);
}
