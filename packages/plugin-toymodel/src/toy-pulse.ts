import type { Nanoseconds } from '@cherenkit/kernels';

/**
 * The pulse of one photo-electron: a Gamma distribution of the third order, steep at its start, with a tail.
 *
 * Its area is 1, its peak comes 2 time constants after its start, and it is 3.4 of them wide at half of its height.
 */
export function pulseShape(time: Nanoseconds, timeConstant: Nanoseconds): number {
  const x = time / timeConstant;
  return x <= 0 ? 0 : (x * x * Math.exp(-x)) / (2 * timeConstant);
}

/** The part of a pulse that has come by a time after its start. */
export function pulseIntegral(time: Nanoseconds, timeConstant: Nanoseconds): number {
  const x = time / timeConstant;
  return x <= 0 ? 0 : 1 - Math.exp(-x) * (1 + x + (x * x) / 2);
}

/** Time constants after which less than a thousandth of the pulse is left. */
export const PULSE_LENGTH = 12;
