import { leastTrimmedSquares } from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';

interface Points {
  x: Float64Array;
  y: Float64Array;
}

/** Points with few distinct values, so that ties, equal abscissae and collinear points occur. */
function randomPoints(minLength: number, maxLength: number): fc.Arbitrary<Points> {
  const place = fc.integer({ min: -64, max: 64 }).map((sixteenths) => sixteenths / 16);
  const time = fc.oneof(fc.integer({ min: -4, max: 4 }), fc.double({ min: -4, max: 4, noNaN: true }));
  return fc.array(fc.tuple(place, time), { minLength, maxLength }).map((points) => ({
    x: Float64Array.from(points, ([x]) => x),
    y: Float64Array.from(points, ([, y]) => y),
  }));
}

/** Sum of the squared residuals of the `kept` points nearest to a line. */
function trimmedSum({ x, y }: Points, slope: number, intercept: number, kept: number): number {
  const squares = y.map((value, k) => (value - slope * x[k] - intercept) ** 2).sort();
  return squares.subarray(0, kept).reduce((sum, square) => sum + square, 0);
}

/** The least-squares line through these points; its sum is Infinity if all abscissae are equal. */
function fitSum(
  { x, y }: Points,
  subset: readonly number[],
  spread: number,
): { slope: number; intercept: number; sum: number } {
  const n = subset.length;
  const meanX = subset.reduce((sum, k) => sum + x[k], 0) / n;
  const meanY = subset.reduce((sum, k) => sum + y[k], 0) / n;
  const sxx = subset.reduce((sum, k) => sum + (x[k] - meanX) ** 2, 0);
  const sxy = subset.reduce((sum, k) => sum + (x[k] - meanX) * (y[k] - meanY), 0);
  const slope = sxy / sxx;
  const intercept = meanY - slope * meanX;
  if (!(sxx > 1e-12 * spread)) return { slope, intercept, sum: Infinity };
  return { slope, intercept, sum: subset.reduce((sum, k) => sum + (y[k] - slope * x[k] - intercept) ** 2, 0) };
}

function subsets(n: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]];
  const found: number[][] = [];
  for (let k = from; k <= n - size; k++) for (const rest of subsets(n, size - 1, k + 1)) found.push([k, ...rest]);
  return found;
}

const spreadOf = (values: Float64Array): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
};

/** Number of points that share the most frequent abscissa. If all points that are kept may share it, no slope is the best one. */
function mostShared(x: Float64Array): number {
  return Math.max(...Array.from(x, (one) => x.filter((other) => other === one).length));
}

/** Rounding of a sum of squares, which is a difference of sums of the size of the total. */
const ROUNDING = 1e-12;

describe('leastTrimmedSquares', () => {
  it('finds the best of all subsets of few points', () => {
    fc.assert(
      fc.property(randomPoints(3, 9), (points) => {
        const n = points.x.length;
        const kept = Math.floor(0.85 * n);
        const best = Math.min(...subsets(n, kept).map((subset) => fitSum(points, subset, spreadOf(points.x)).sum));
        const line = leastTrimmedSquares(points.x, points.y);
        if (best === Infinity) {
          expect(line.slope).to.be.NaN;
          return;
        }
        expect(line.sumOfSquares).to.be.closeTo(best, ROUNDING * (1 + spreadOf(points.y)));
      }),
      { numRuns: 300 },
    );
  });

  it('is at least as good as concentration steps from any pair of points, for image-sized samples', () => {
    fc.assert(
      fc.property(randomPoints(25, 60), (points) => {
        const n = points.x.length;
        const kept = Math.floor(0.85 * n);
        fc.pre(mostShared(points.x) < kept);
        const line = leastTrimmedSquares(points.x, points.y);
        const rounding = ROUNDING * (1 + spreadOf(points.y));
        expect(trimmedSum(points, line.slope, line.intercept, kept)).to.be.closeTo(line.sumOfSquares, rounding);
        for (const pair of subsets(n, 2)) {
          let fit = fitSum(points, pair, spreadOf(points.x));
          for (let step = 0; step < 5 && Number.isFinite(fit.sum); step++) {
            const { slope, intercept } = fit;
            const distances = points.y.map((y, k) => Math.abs(y - slope * points.x[k] - intercept));
            const nearest = [...distances.keys()].sort((i, j) => distances[i] - distances[j]).slice(0, kept);
            fit = fitSum(points, nearest, spreadOf(points.x));
          }
          expect(fit.sum).to.be.at.least(line.sumOfSquares - rounding);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('finds a line among outliers for any number of points', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 400 }),
        fc.double({ min: -20, max: 20, noNaN: true }),
        fc.double({ min: -100, max: 100, noNaN: true }),
        (n, slope, intercept) => {
          const x = Float64Array.from({ length: n }, (_, k) => k / n);
          const isOutlier = x.map((_, k) => (k % 7 === 3 ? 1 : 0));
          const y = x.map((value, k) => slope * value + intercept + isOutlier[k] * (1 + (k % 50)));
          const line = leastTrimmedSquares(x, y);
          // One point in seven is an outlier, fewer than are trimmed; the others are on the line up to rounding.
          expect(line.slope).to.be.closeTo(slope, 1e-9 * (1 + Math.abs(slope) + Math.abs(intercept)));
          expect(line.intercept).to.be.closeTo(intercept, 1e-9 * (1 + Math.abs(slope) + Math.abs(intercept)));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('does not depend on the order of the points and scales with its coordinates', () => {
    const cases = randomPoints(5, 80).chain((points) =>
      fc.record({
        points: fc.constant(points),
        order: fc.shuffledSubarray([...points.x.keys()], { minLength: points.x.length }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ points: { x, y }, order }) => {
        const line = leastTrimmedSquares(x, y);
        const shuffled = leastTrimmedSquares(
          Float64Array.from(order, (k) => x[k]),
          Float64Array.from(order, (k) => y[k]),
        );
        expect(shuffled).to.deep.equal(line);
        const scaled = leastTrimmedSquares(
          x.map((value) => 4 * value),
          y.map((value) => value / 2),
        );
        expect(scaled).to.deep.equal({
          slope: line.slope / 8,
          intercept: line.intercept / 2,
          sumOfSquares: line.sumOfSquares / 4,
        });
      }),
    );
  });

  it('prefers the line nearest to all points if several subsets fit equally well', () => {
    const line = leastTrimmedSquares(Float64Array.of(0, 1, 2), Float64Array.of(0, 1, 0));
    expect(line.slope).to.equal(0);
    expect(line.intercept).to.be.closeTo(0, 1e-15);
    expect(line.sumOfSquares).to.be.closeTo(0, 1e-15);
  });

  it('skips points that are not finite, and gives NaN for fewer than three points or a single abscissa', () => {
    const x = Float64Array.of(0, 1, 2, 3, NaN, 5);
    const y = Float64Array.of(1, 3, 5, 7, 0, -Infinity);
    expect(leastTrimmedSquares(x, y)).to.deep.equal(leastTrimmedSquares(x.slice(0, 4), y.slice(0, 4)));
    expect(leastTrimmedSquares(x, y).slope).to.be.closeTo(2, 1e-12);
    for (const n of [0, 1, 2]) expect(leastTrimmedSquares(x.slice(0, n), y.slice(0, n)).slope).to.be.NaN;
    expect(
      leastTrimmedSquares(
        new Float64Array(9).fill(2),
        Float64Array.from({ length: 9 }, (_, k) => k),
      ).slope,
    ).to.be.NaN;
  });

  it('finds the best subset if most points share an abscissa, which hardly bounds the slope', () => {
    const others = [
      [-0.8125, 0],
      [-0.0625, 0],
      [-0.0625, 0],
      [-0.0625, 2],
      [0.0625, -3],
      [0.0625, 0],
    ];
    const shared = [...new Array<number>(23).fill(0), -2, -2, -2, -2];
    const points = [...shared.map((y) => [0, y]), ...others];
    const x = Float64Array.from(points, ([abscissa]) => abscissa);
    const y = Float64Array.from(points, ([, ordinate]) => ordinate);
    const { slope, sumOfSquares } = leastTrimmedSquares(x, y);
    expect(sumOfSquares).to.be.closeTo(3.851082251082251, 1e-12);
    expect(slope).to.be.closeTo(-0.0969696969696969, 1e-12);
  });

  it('terminates if almost all of many points share an abscissa', () => {
    const n = 200;
    const x = Float64Array.from({ length: n }, (_, k) => (k < 190 ? 0 : k));
    const y = Float64Array.from({ length: n }, (_, k) => (k * 7919) % 13);
    expect(leastTrimmedSquares(x, y).sumOfSquares).to.be.greaterThan(0);
  });

  it('rejects arrays of different lengths', () => {
    expect(() => leastTrimmedSquares(new Float64Array(3), new Float64Array(4))).to.throw(
      RangeError,
      'found 3 x and 4 y',
    );
  });
});
