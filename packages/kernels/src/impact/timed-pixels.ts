import type { Nanoseconds, PhotoElectrons } from '../units.js';

/** Least charge of a pixel whose time is used. */
const MIN_CHARGE: PhotoElectrons = 5;
/** Least number of such pixels. */
const MIN_PIXELS = 4;

/**
 * Pixels whose peak times enter the time gradient of an image: those above 5 p.e. with a time after 0 ns. Empty if they are fewer than
 * four.
 */
export function timedPixels(charge: ArrayLike<PhotoElectrons>, peakTime: ArrayLike<Nanoseconds>): Int32Array {
  const timed: number[] = [];
  for (let pixel = 0; pixel < charge.length; pixel++) {
    if (charge[pixel] > MIN_CHARGE && peakTime[pixel] > 0 && peakTime[pixel] < Infinity) timed.push(pixel);
  }
  return Int32Array.from(timed.length < MIN_PIXELS ? [] : timed);
}
