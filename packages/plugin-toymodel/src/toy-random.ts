import { RandomStream } from '@cherenkit/kernels';

/** Purpose of a stream of random numbers. */
export const Purpose = { SHOWER: 0, LIGHT: 1, WAVEFORMS: 2, PIXELS: 3, NOISE: 4 } as const;
export type Purpose = (typeof Purpose)[keyof typeof Purpose];

/** Event id of streams that hold for all events; events are numbered from 1. */
const ALL_EVENTS = 0;

/** Random numbers of one event, and of one telescope unless its id is 0; they do not depend on numbers drawn before. */
export function eventRandom(seed: number, eventId: number, telId: number, purpose: Purpose): RandomStream {
  return new RandomStream(seed, eventId >>> 0, telId, purpose);
}

/** Random numbers that hold for all events of a run. */
export function runRandom(seed: number, telId: number, purpose: Purpose): RandomStream {
  return eventRandom(seed, ALL_EVENTS, telId, purpose);
}
