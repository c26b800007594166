/** Equal steps from `start` to `stop`: `n` bins, `n + 1` edges. Source: numpy `linspace`. */
export function linearEdges(start: number, stop: number, n: number): Float64Array {
  const step = (stop - start) / n;
  return Float64Array.from({ length: n + 1 }, (_, i) => (i === n ? stop : start + i * step));
}

/** Equal ratios from `start` to `stop`: `n` bins, `n + 1` edges. Source: numpy `geomspace`. */
export function geometricEdges(start: number, stop: number, n: number): Float64Array {
  const logs = linearEdges(Math.log10(start), Math.log10(stop), n);
  return logs.map((log, i) => (i === 0 ? start : i === n ? stop : 10 ** log));
}

/**
 * Logarithmic edges with the exact limits and at least `perDecade` bins per decade. Source: ctapipe 0.32
 * `make_bins_per_decade`.
 */
export function edgesPerDecade(min: number, max: number, perDecade: number): Float64Array {
  const [low, high] = [Math.log10(min), Math.log10(max)];
  const n = Math.ceil((high - low) * perDecade);
  return linearEdges(low, high, n).map((log) => 10 ** log);
}

/**
 * Logarithmic edges with exactly `perDecade` bins per decade; the last one may be below `max`. Source: pyirf 0.14
 * `create_bins_per_decade`.
 */
export function exactEdgesPerDecade(min: number, max: number, perDecade: number): Float64Array {
  const step = 1 / perDecade;
  return steps(Math.log10(min), Math.log10(max) + step / 10_000, step).map((log) => 10 ** log);
}

/** Values from `start` up to, without, `stop`. Source: numpy `arange`. */
export function steps(start: number, stop: number, step: number): Float64Array {
  const n = Math.max(0, Math.ceil((stop - start) / step));
  // numpy rounds the first step, and takes multiples of it.
  const rounded = start + step - start;
  return Float64Array.from({ length: n }, (_, i) => start + i * rounded);
}

/** Arithmetic means of neighbouring edges. */
export function binCenters(edges: Float64Array): Float64Array {
  return Float64Array.from({ length: edges.length - 1 }, (_, i) => 0.5 * (edges[i] + edges[i + 1]));
}
