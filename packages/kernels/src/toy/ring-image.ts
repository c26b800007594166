import { wrapAtPi } from '../frames/index.js';
import type { Radians } from '../units.js';
import { mirrorChord } from './muon-light.js';

/** Muon ring in a camera; lengths are in the unit of the pixel positions. */
export interface ImageRing {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Standard deviation across the ring. */
  readonly sigma: number;
  /** Distance of the muon from the mirror's centre, in units of its radius; at 0 the ring is uniform. Default: 0. */
  readonly rho?: number;
  /** Added to the polar angle; the ring is brightest where the sum is 0. Default: 0. */
  readonly phi0?: Radians;
}

const STEPS = 4096;

/**
 * Muon ring: light per unit area at each pixel, with an integral of 1. Gaussian across the ring; along it, proportional
 * to the chord of the muon's light on the mirror.
 *
 * Source: ctapipe 0.32 `toymodel.RingGaussian`, whose integral is the radius because it does not divide by the distance
 * from the centre.
 */
export function ringImage(pixX: Float64Array, pixY: Float64Array, ring: ImageRing): Float64Array {
  const { x, y, radius, sigma, rho = 0, phi0 = 0 } = ring;
  const perAngle = 1 / chordIntegral(rho) / (sigma * Math.sqrt(2 * Math.PI));
  return pixX.map((place, pixel) => {
    const dx = place - x;
    const dy = pixY[pixel] - y;
    const r = Math.sqrt(dx * dx + dy * dy);
    const off = (r - radius) / sigma;
    const angle = wrapAtPi(Math.atan2(dy, dx) + phi0);
    return r > 0 ? (perAngle * Math.exp((-off * off) / 2) * mirrorChord(angle, rho)) / r : 0;
  });
}

/**
 * Integral of the chord over the angle. The substitution makes the integrand smooth, so that equal steps converge fast.
 */
function chordIntegral(rho: number): number {
  let sum = 0;
  for (let step = 0; step < STEPS; step++) {
    const t = ((step + 0.5) / STEPS) * (Math.PI / 2);
    const cos = Math.cos(t);
    const sin = Math.sin(t);
    sum += rho <= 1 ? Math.sqrt(1 - rho * rho * sin * sin) : (cos * cos) / Math.sqrt(rho * rho - sin * sin);
  }
  return (4 * sum * Math.PI) / 2 / STEPS;
}
