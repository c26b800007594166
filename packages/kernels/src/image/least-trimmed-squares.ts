/** Straight line `y = slope * x + intercept`, with the sum of the squared residuals of the points it was fitted to. */
export interface TrimmedLine {
  readonly slope: number;
  readonly intercept: number;
  readonly sumOfSquares: number;
}

/** Up to this number of points, visiting all subsets is faster than the search by exclusion. */
const FEW_POINTS = 32;
/**
 * Limit of the search by exclusion; about 30 evaluations are needed, unless so many points share an abscissa that the slope is
 * hardly bounded.
 */
const MAX_EVALUATIONS = 1000;
/** Up to this number of points, all subsets are visited if the search by exclusion reached its limit. */
const MANY_POINTS = 256;
/** Sums of squares whose difference is below this fraction of the total are equal up to rounding. */
const ROUNDING = 1e-13;
/** Resolution in slope, in units of the ratio of the standard deviations of y and x. */
const RESOLUTION = 1e-7;

/**
 * Fits a line by least trimmed squares: among all subsets of `floor(fraction * n)` of the n points, the one whose
 * ordinary least-squares line has the smallest sum of squared residuals.
 *
 * ctapipe 0.32 (`lts_linear_regression`) searches for this optimum from random pairs of points. This implementation is
 * deterministic and finds the optimum; only if more than four in five of more than 256 points share an abscissa, the search may
 * end before it. Among subsets that fit equally well (as any two of three points do), the one whose line is nearest to all
 * points is chosen. The result does not depend on the order of the points.
 *
 * @param x - abscissae
 * @param y - ordinates; points with a non-finite x or y are ignored
 * @param fraction - fraction of the points to keep, above 0.5
 * @returns the line; NaN if fewer than two points would be kept or all points share one abscissa. If so many share it that
 *   the points to keep may be among them, the slope is not unique, and may be NaN for more than 32 points
 * @throws RangeError if x and y differ in length
 */
export function leastTrimmedSquares(x: Float64Array, y: Float64Array, fraction = 0.85): TrimmedLine {
  if (x.length !== y.length) {
    throw new RangeError(`leastTrimmedSquares: expected as many y as x, found ${x.length} x and ${y.length} y`);
  }
  const points = new CentredPoints(x, y);
  const best = new BestLine(points, Math.floor(fraction * points.n));
  if (best.kept >= 2 && points.sxx > 0) {
    if (points.n <= FEW_POINTS) visitAllSubsets(points, best);
    else if (!excludeSlopes(points, best) && points.n <= MANY_POINTS) visitAllSubsets(points, best);
  }
  const { slope, intercept, sumOfSquares } = best;
  return { slope, intercept: intercept + points.meanY - slope * points.meanX, sumOfSquares };
}

/** Points in ascending order of x, then of y, relative to their mean. */
class CentredPoints {
  readonly n: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly meanX: number;
  readonly meanY: number;
  readonly sxx: number;
  readonly sxy: number;
  readonly syy: number;

  constructor(x: Float64Array, y: Float64Array) {
    const finite = new Int32Array(x.length);
    let n = 0;
    for (let i = 0; i < x.length; i++) if (Number.isFinite(x[i]) && Number.isFinite(y[i])) finite[n++] = i;
    const order = finite.subarray(0, n).sort((i, j) => x[i] - x[j] || y[i] - y[j]);
    let sumX = 0;
    let sumY = 0;
    for (let k = 0; k < n; k++) {
      sumX += x[order[k]];
      sumY += y[order[k]];
    }
    this.n = n;
    this.meanX = n > 0 ? sumX / n : 0;
    this.meanY = n > 0 ? sumY / n : 0;
    this.x = new Float64Array(n);
    this.y = new Float64Array(n);
    let sxx = 0;
    let sxy = 0;
    let syy = 0;
    for (let k = 0; k < n; k++) {
      const dx = x[order[k]] - this.meanX;
      const dy = y[order[k]] - this.meanY;
      this.x[k] = dx;
      this.y[k] = dy;
      sxx += dx * dx;
      sxy += dx * dy;
      syy += dy * dy;
    }
    this.sxx = sxx;
    this.sxy = sxy;
    this.syy = syy;
  }
}

/** Best line so far, relative to the mean of the points. */
class BestLine {
  slope = NaN;
  intercept = NaN;
  sumOfSquares = NaN;
  /** Sum of the squared residuals of all points, including trimmed ones. */
  private total = NaN;

  constructor(
    private readonly points: CentredPoints,
    readonly kept: number,
  ) {}

  /** Considers the least-squares line of the subset of `kept` points with these sums. */
  offer(sx: number, sy: number, sxx: number, sxy: number, syy: number): void {
    const { kept, points } = this;
    const cxx = sxx - (sx * sx) / kept;
    if (!(cxx > 1e-12 * points.sxx)) return;
    const cxy = sxy - (sx * sy) / kept;
    const slope = cxy / cxx;
    const sumOfSquares = Math.max(0, syy - (sy * sy) / kept - slope * cxy);
    const rounding = ROUNDING * points.syy;
    if (sumOfSquares > this.sumOfSquares + rounding) return;
    const intercept = (sy - slope * sx) / kept;
    const total = points.syy - 2 * slope * points.sxy + slope * slope * points.sxx + points.n * intercept * intercept;
    if (sumOfSquares < this.sumOfSquares - rounding || !(total >= this.total)) {
      this.slope = slope;
      this.intercept = intercept;
      this.sumOfSquares = sumOfSquares;
      this.total = total;
    }
  }
}

/**
 * The points to keep are consecutive in the order of the residuals at the optimal slope. As the slope goes from minus
 * to plus infinity, this order changes only at the slope of a pair of points, where the two are adjacent and swap. So n
 * (n - 1) / 2 swaps visit every candidate subset, and each swap changes at most two subsets.
 */
function visitAllSubsets(points: CentredPoints, best: BestLine): void {
  const { n, x, y } = points;
  const { kept } = best;
  const nSubsets = n - kept + 1;
  const sx = new Float64Array(nSubsets);
  const sy = new Float64Array(nSubsets);
  const sxx = new Float64Array(nSubsets);
  const sxy = new Float64Array(nSubsets);
  const syy = new Float64Array(nSubsets);
  for (let first = 0; first < nSubsets; first++) {
    for (let k = first; k < first + kept; k++) {
      sx[first] += x[k];
      sy[first] += y[k];
      sxx[first] += x[k] * x[k];
      sxy[first] += x[k] * y[k];
      syy[first] += y[k] * y[k];
    }
    best.offer(sx[first], sy[first], sxx[first], sxy[first], syy[first]);
  }

  const order = new Int32Array(n);
  for (let k = 0; k < n; k++) order[k] = k;
  const crossing = new Float64Array(n - 1);
  for (let k = 0; k < n - 1; k++) crossing[k] = crossingSlope(points, k, k + 1);

  for (;;) {
    let k = 0;
    for (let j = 1; j < n - 1; j++) if (crossing[j] < crossing[k]) k = j;
    if (crossing[k] === Infinity) return;
    const lower = order[k];
    const upper = order[k + 1];
    order[k] = upper;
    order[k + 1] = lower;
    crossing[k] = Infinity;
    if (k > 0) crossing[k - 1] = crossingSlope(points, order[k - 1], upper);
    if (k + 2 < n) crossing[k + 1] = crossingSlope(points, lower, order[k + 2]);

    const dx = x[upper] - x[lower];
    const dy = y[upper] - y[lower];
    const dxx = x[upper] * x[upper] - x[lower] * x[lower];
    const dxy = x[upper] * y[upper] - x[lower] * y[lower];
    const dyy = y[upper] * y[upper] - y[lower] * y[lower];
    const ending = k - kept + 1;
    if (ending >= 0) {
      sx[ending] += dx;
      sy[ending] += dy;
      sxx[ending] += dxx;
      sxy[ending] += dxy;
      syy[ending] += dyy;
      best.offer(sx[ending], sy[ending], sxx[ending], sxy[ending], syy[ending]);
    }
    const beginning = k + 1;
    if (beginning < nSubsets) {
      sx[beginning] -= dx;
      sy[beginning] -= dy;
      sxx[beginning] -= dxx;
      sxy[beginning] -= dxy;
      syy[beginning] -= dyy;
      best.offer(sx[beginning], sy[beginning], sxx[beginning], sxy[beginning], syy[beginning]);
    }
  }
}

/** Slope at which two adjacent points swap; infinite if they never do or already have. */
function crossingSlope(points: CentredPoints, lower: number, upper: number): number {
  const dx = points.x[upper] - points.x[lower];
  return upper > lower && dx > 0 ? (points.y[upper] - points.y[lower]) / dx : Infinity;
}

/**
 * Branch and bound. As a function of the slope, the sum of squares of a subset is a parabola with curvature of at most
 * `sxx`. If all subsets have a sum of at least F at some slope, then no subset with its vertex within sqrt((F - best) /
 * sxx) of this slope is better than the best one. This interval is excluded, and the rest of the range is bisected
 * until nothing is left.
 *
 * @returns false if the limit was reached before
 */
function excludeSlopes(points: CentredPoints, best: BestLine): boolean {
  const { sxx, sxy, syy } = points;
  const trimming = new Trimming(points, best);
  trimming.evaluate(sxy / sxx);
  for (let last = Infinity; best.sumOfSquares < last;) {
    last = best.sumOfSquares;
    trimming.evaluate(best.slope);
  }

  const resolution = RESOLUTION * Math.sqrt(syy / sxx);
  const steepest = Math.sqrt(syy / Math.max(smallestSpread(points, best.kept), 1e-12 * sxx));
  const intervals = [-steepest, best.slope, best.slope, steepest];
  for (let evaluations = 0; intervals.length > 0 && evaluations < MAX_EVALUATIONS; evaluations++) {
    const high = intervals.pop() ?? NaN;
    const low = intervals.pop() ?? NaN;
    if (!(high - low > resolution)) continue;
    const slope = (low + high) / 2;
    const excess = trimming.evaluate(slope) - best.sumOfSquares - ROUNDING * syy;
    const excluded = Math.max(Math.sqrt(Math.max(0, excess) / sxx), resolution / 2);
    // Search the side nearer to the best slope first.
    if (slope > best.slope) intervals.push(slope + excluded, high, low, slope - excluded);
    else intervals.push(low, slope - excluded, slope + excluded, high);
  }
  return intervals.length === 0;
}

/** Smallest sum of squared deviations of x from its mean among all subsets of `kept` points. */
function smallestSpread({ n, x }: CentredPoints, kept: number): number {
  let sx = 0;
  let sxx = 0;
  let smallest = Infinity;
  for (let k = 0; k < n; k++) {
    sx += x[k];
    sxx += x[k] * x[k];
    if (k >= kept) {
      sx -= x[k - kept];
      sxx -= x[k - kept] * x[k - kept];
    }
    if (k >= kept - 1) smallest = Math.min(smallest, sxx - (sx * sx) / kept);
  }
  return smallest;
}

/** Selects the points nearest to a line of given slope. */
class Trimming {
  private readonly residuals: Float64Array;
  private readonly sorted: Float64Array;

  constructor(
    private readonly points: CentredPoints,
    private readonly best: BestLine,
  ) {
    this.residuals = new Float64Array(points.n);
    this.sorted = new Float64Array(points.n);
  }

  /**
   * Considers the least-squares line of the subset with the smallest sum of squares about a line of this slope.
   *
   * @returns that sum
   */
  evaluate(slope: number): number {
    const { residuals, sorted } = this;
    const { n, x, y } = this.points;
    const { kept } = this.best;
    for (let k = 0; k < n; k++) residuals[k] = y[k] - slope * x[k];
    sorted.set(residuals);
    sorted.sort();

    let sum = 0;
    let sumOfSquares = 0;
    let smallest = Infinity;
    let last = 0;
    for (let k = 0; k < n; k++) {
      sum += sorted[k];
      sumOfSquares += sorted[k] * sorted[k];
      if (k >= kept) {
        sum -= sorted[k - kept];
        sumOfSquares -= sorted[k - kept] * sorted[k - kept];
      }
      if (k < kept - 1) continue;
      const about = sumOfSquares - (sum * sum) / kept;
      if (about < smallest) {
        smallest = about;
        last = k;
      }
    }

    const lowest = sorted[last - kept + 1];
    const highest = sorted[last];
    let missing = kept;
    let sx = 0;
    let sy = 0;
    let sxx = 0;
    let sxy = 0;
    let syy = 0;
    for (let k = 0; k < n && missing > 0; k++) {
      if (residuals[k] < lowest || residuals[k] > highest) continue;
      sx += x[k];
      sy += y[k];
      sxx += x[k] * x[k];
      sxy += x[k] * y[k];
      syy += y[k] * y[k];
      missing--;
    }
    this.best.offer(sx, sy, sxx, sxy, syy);
    return smallest;
  }
}
