import type { Radians } from '../units.js';

/**
 * Adds multiples of 2 pi to angles, in rad, so that no step is larger than pi: a telescope moves through north, not the other
 * way around. Source: numpy `unwrap`.
 */
export function unwrappedAngles(angles: ArrayLike<Radians>): Float64Array {
  let turns = 0;
  return Float64Array.from(angles, (angle, i) => {
    if (i > 0) turns -= Math.round((angle - angles[i - 1]) / (2 * Math.PI));
    return angle + turns * 2 * Math.PI;
  });
}
