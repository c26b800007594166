import { wrapAtPi } from '../frames/index.js';
import type { Radians } from '../units.js';
import { mirrorChord } from './muon-light.js';

/** The ring of a muon; lengths are in the unit of the pixels' positions. */
export interface ImageRing {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Standard deviation across the ring. */
  readonly sigma: number;
  /** Distance of the muon from the mirror's centre in units of the mirror's radius; 0: a ring as bright all around. */
  readonly rho?: number;
  /** Is added to the angle at which the ring is brightest, 0, against the x axis. */
  readonly phi0?: Radians;
}

const STEPS = 4096;

/**
 * Light per unit of area at each pixel, of a ring of 1 in all: a Gaussian across, and along it the way of a muon's
 * light over the mirror.
 *
 * Source: ctapipe 0.32 `toymodel.RingGaussian`, which does not divide by the distance from the centre: its rings have their
 * radius as their sum.
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

/** Of all chords, over the angle. The way that is taken makes the integrand smooth, so that equal steps do. */
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
