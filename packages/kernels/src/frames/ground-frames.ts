import type { Metres } from '../units.js';

/** A place relative to the reference location of the array: x north, y west, z up. */
export interface GroundPoint {
  readonly x: Metres;
  readonly y: Metres;
  readonly z: Metres;
}
