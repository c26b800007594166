import { CpuStopwatch } from './cpu-stopwatch.js';

/**
 * CPU time of fixed work in milliseconds, the least of several rounds: 100,000 steps of a random number generator, each of which
 * waits for the one before it. Ratios to it depend on the machine and its load far less than the times themselves.
 */
export function cpuUnit(): number {
  return leastCpu(9, 20, () => randomNumber(100_000));
}

/** CPU time of one call in milliseconds, the least of several rounds of `calls` calls. */
export function leastCpu(rounds: number, calls: number, run: () => unknown): number {
  let least = Infinity;
  for (let round = 0; round < rounds; round++) {
    const watch = new CpuStopwatch();
    for (let call = 0; call < calls; call++) run();
    least = Math.min(least, watch.milliseconds / calls);
  }
  return least;
}

/** Integers only: how they are compiled hardly matters. */
function randomNumber(steps: number): number {
  let state = 1;
  for (let i = 0; i < steps; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
  }
  return state;
}
