import type { TeV } from '../units.js';
import { binIndices } from './event-histogram.js';
import type { Spectrum } from './spectrum.js';

/** Weights that turn simulated events into those of a target spectrum. Source: pyirf 0.14 `calculate_event_weights`. */
export function eventWeights(energies: ArrayLike<TeV>, target: Spectrum, simulated: Spectrum): Float64Array {
  return Float64Array.from(energies, (energy) => target.flux(energy) / simulated.flux(energy));
}

/**
 * Weights of diffuse simulated events for a point source in each ring of the field of view. Events outside the rings weigh 0.
 * Source: ctapipe 0.32 `make_event_weights`.
 *
 * @param offsets - angle of each event to the pointing, in the unit of the edges
 * @param solidAngles - solid angle of each ring, sr
 */
export function pointSourceWeights(
  energies: Float64Array,
  offsets: Float64Array,
  offsetEdges: Float64Array,
  solidAngles: Float64Array,
  target: Spectrum,
  simulated: Spectrum,
): Float64Array {
  const rings = binIndices(offsets, offsetEdges);
  return energies.map((energy, i) =>
    rings[i] < 0 ? 0 : target.flux(energy) / (simulated.flux(energy) * solidAngles[rings[i]]),
  );
}
