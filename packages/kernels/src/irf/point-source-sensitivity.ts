import { findRoot } from './find-root.js';

/**
 * Significance of an excess, in standard deviations; 0 for a deficit. Numbers of events may be fractions. Source: T. Li and
 * Y. Ma, ApJ 272 (1983) 317, eq. 17, as in pyirf 0.14 `li_ma_significance`.
 *
 * @param alpha - ratio of the exposures of the on and the off region
 */
export function liMaSignificance(nOn: number, nOff: number, alpha: number): number {
  if (nOn < alpha * nOff) return 0;
  const total = nOn + nOff;
  const on = nOn === 0 ? 0 : nOn * Math.log(((1 + alpha) / alpha) * (nOn / total));
  const off = nOff === 0 ? 0 : nOff * Math.log((1 + alpha) * (nOff / total));
  return Math.sqrt((on + off) * 2);
}

/** What a detection requires, by convention. */
const MIN_SIGNIFICANCE = 5;
const MIN_SIGNAL_EVENTS = 10;
const MIN_EXCESS_OVER_BACKGROUND = 0.05;

/**
 * Flux of the weakest detectable source relative to the one that gives `nOn`: 5 standard deviations, 10 events, and an excess
 * of 5 % of the background. Infinity without excess; NaN if no flux within a wide range gives 5 standard deviations. Source:
 * pyirf 0.14 `relative_sensitivity`.
 *
 * @param nOn - events in the on region: signal and background
 * @param nOff - events in the off regions
 * @throws RangeError for negative numbers
 */
export function relativeSensitivity(nOn: number, nOff: number, alpha: number): number {
  if (Number.isNaN(nOn) || Number.isNaN(nOff)) return NaN;
  if (nOn < 0 || nOff < 0) throw new RangeError(`expected numbers of at least 0, found ${nOn} and ${nOff}`);
  const nBackground = nOff * alpha;
  const nSignal = nOn - nBackground;
  if (nSignal <= 0) return Infinity;
  const excess = (flux: number): number =>
    liMaSignificance(nSignal * flux + nBackground, nOff, alpha) - MIN_SIGNIFICANCE;
  const naive = (MIN_SIGNIFICANCE * Math.sqrt(nBackground)) / nSignal;
  const flux = nOff > 1 ? findRoot(excess, 0.01 * naive, 10 * naive) : findRoot(excess, 1e-4, 100);
  if (flux === undefined) return NaN;
  const found = nSignal * flux;
  const needed = Math.max(MIN_SIGNAL_EVENTS, MIN_EXCESS_OVER_BACKGROUND * nBackground);
  return found < needed ? flux * (needed / found) : flux;
}

/** Linear interpolation between points; constant beyond the first and the last. Source: numpy `interp`. */
export function interpolate(x: number, xs: Float64Array, ys: Float64Array): number {
  const last = xs.length - 1;
  if (x <= xs[0]) return ys[0];
  if (x >= xs[last]) return ys[last];
  let i = 0;
  while (xs[i + 1] <= x) i++;
  return ys[i] + ((ys[i + 1] - ys[i]) / (xs[i + 1] - xs[i])) * (x - xs[i]);
}
