import { minimizeSimplex } from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';

const boundsOf = (lower: number[], upper: number[], step: number) => ({
  lower: Float64Array.from(lower),
  upper: Float64Array.from(upper),
  steps: new Float64Array(lower.length).fill(step),
});

describe('minimizeSimplex', () => {
  it('finds the minimum of a narrow, curved valley', () => {
    const rosenbrock = ([x, y]: Float64Array): number => 100 * (y - x * x) ** 2 + (1 - x) ** 2;
    const options = { tolerance: 1e-10 };
    const found = minimizeSimplex(rosenbrock, Float64Array.of(-1.2, 1), boundsOf([-5, -5], [5, 5], 0.3), options);
    expect(found.isConverged).to.equal(true);
    expect(found.parameters[0]).to.be.closeTo(1, 1e-3);
    expect(found.parameters[1]).to.be.closeTo(1, 1e-3);
  });

  it('finds a minimum with kinks', () => {
    const kinked = (p: Float64Array): number => p.reduce((sum, value, i) => sum + Math.abs(value - i), 0);
    const start = Float64Array.of(5, 5, 5, 5);
    const found = minimizeSimplex(kinked, start, boundsOf([-9, -9, -9, -9], [9, 9, 9, 9], 1), { tolerance: 1e-6 });
    found.parameters.forEach((value, i) => expect(value).to.be.closeTo(i, 0.01));
  });

  it('never leaves the limits, and never gets worse than the start', () => {
    const point = fc.tuple(fc.double({ min: -1, max: 2, noNaN: true }), fc.double({ min: 0, max: 3, noNaN: true }));
    fc.assert(
      fc.property(
        point,
        fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 2, maxLength: 2 }),
        (start, centre) => {
          const evaluate = (p: Float64Array): number => {
            expect(p[0]).to.be.within(-1, 2);
            expect(p[1]).to.be.within(0, 3);
            return (p[0] - centre[0]) ** 2 + 3 * (p[1] - centre[1]) ** 2;
          };
          const from = Float64Array.from(start);
          const found = minimizeSimplex(evaluate, from, boundsOf([-1, 0], [2, 3], 0.2));
          expect(found.value).to.be.at.most(evaluate(from) + 1e-9);
          expect(found.value).to.equal(evaluate(found.parameters));
          expect(found.parameters[0]).to.be.closeTo(Math.min(Math.max(centre[0], -1), 2), 0.05);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('stops at the limit of evaluations', () => {
    let count = 0;
    const found = minimizeSimplex(
      (p) => Math.cos(3 * p[0]) + p[1] * p[1] + ++count / 1e9,
      Float64Array.of(0.3, 1),
      boundsOf([-1, -1], [1, 1], 0.1),
      { maxCalls: 20 },
    );
    expect(found.isConverged).to.equal(false);
    expect(count).to.be.at.most(24);
  });
});
