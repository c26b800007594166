import { clippedStatistics, plainStatistics, RandomStream, type ElementStatistics } from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';
import { REFERENCE, referenceValues, type StatisticsCase } from '../../support/statistics-reference.js';

const N_PIXELS = 24;

function expectStatistics(found: ElementStatistics, expected: StatisticsCase): void {
  expect([...found.nEvents]).to.deep.equal(expected.n_events);
  for (const name of ['mean', 'median', 'std'] as const) {
    expect(found[name].length).to.equal(expected[name].length);
    expected[name].forEach((value, pixel) => {
      const ours = found[name][pixel];
      if (value === null) expect(ours, `${name} of pixel ${pixel}`).to.be.NaN;
      else expect(Math.abs(ours - value), `${name} of pixel ${pixel}`).to.be.at.most(1e-14 * Math.abs(value));
    });
  }
}

const rows = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 20 })).chain(([nEvents, nPixels]) =>
  fc.record({
    nPixels: fc.constant(nPixels),
    values: fc
      .array(fc.oneof(fc.float({ min: -1e3, max: 1e3, noNaN: true }), fc.constantFrom(NaN, Infinity)), {
        minLength: nEvents * nPixels,
        maxLength: nEvents * nPixels,
      })
      .map((values) => Float32Array.from(values)),
  }),
);

/** Finite values of a pixel. */
function ofPixel(values: Float32Array, nPixels: number, pixel: number): number[] {
  return Array.from(values).filter((value, i) => i % nPixels === pixel && Number.isFinite(value));
}

/** Values within the limits of the last iteration of sigma clipping. */
function clipped(values: readonly number[], maxSigma: number, iterations: number): number[] {
  let [within, lower, upper] = [[...values], -Infinity, Infinity];
  for (let i = 0; i < iterations; i++) {
    const mean = within.reduce((sum, value) => sum + value, 0) / within.length;
    const std = Math.sqrt(within.reduce((sum, value) => sum + (value - mean) ** 2, 0) / within.length);
    [lower, upper] = [mean - maxSigma * std, mean + maxSigma * std];
    const next = within.filter((value) => value >= lower && value <= upper);
    if (next.length === within.length) break;
    within = next;
  }
  return values.filter((value) => !(value < lower || value > upper));
}

describe('plainStatistics', () => {
  it('has the values of ctapipe', () => {
    for (const dtype of ['float32', 'float64'] as const) {
      expectStatistics(plainStatistics(referenceValues(dtype), N_PIXELS), REFERENCE.statistics[dtype].plain);
    }
  });

  it('leaves out values that are not finite, and does not change the values', () => {
    fc.assert(
      fc.property(rows, ({ values, nPixels }) => {
        const before = values.slice();
        const { nEvents, mean, median, std } = plainStatistics(values, nPixels);
        expect(values).to.deep.equal(before);
        for (let pixel = 0; pixel < nPixels; pixel++) {
          const finite = ofPixel(values, nPixels, pixel).sort((a, b) => a - b);
          expect(nEvents[pixel]).to.equal(finite.length);
          if (finite.length === 0) {
            expect([mean[pixel], median[pixel], std[pixel]]).to.deep.equal([NaN, NaN, NaN]);
            continue;
          }
          const half = finite.length >> 1;
          const middle = finite.length % 2 === 1 ? finite[half] : Math.fround(finite[half - 1] + finite[half]) / 2;
          expect(median[pixel]).to.equal(Math.fround(middle));
          const sum = finite.reduce((total, value) => total + value, 0);
          expect(mean[pixel]).to.be.closeTo(sum / finite.length, 1e-3);
          expect(std[pixel]).to.be.at.least(0);
          expect(std[pixel]).to.be.at.most(finite[finite.length - 1] - finite[0] + 1e-3);
        }
      }),
    );
  });
});

describe('clippedStatistics', () => {
  it('has the values of ctapipe', () => {
    for (const dtype of ['float32', 'float64'] as const) {
      for (const expected of REFERENCE.statistics[dtype].clipped) {
        expectStatistics(clippedStatistics(referenceValues(dtype), N_PIXELS, expected), expected);
      }
    }
  });

  it('is plain statistics without clipping', () => {
    fc.assert(
      fc.property(rows, ({ values, nPixels }) => {
        const clipped = clippedStatistics(values, nPixels, { maxSigma: 1e6, iterations: 5 });
        expect(clipped).to.deep.equal(plainStatistics(values, nPixels));
      }),
    );
  });

  it('leaves out values until all are within the limits, in single and in double precision', () => {
    const options = fc.record({ maxSigma: fc.integer({ min: 1, max: 4 }), iterations: fc.integer({ min: 1, max: 6 }) });
    const manyRows = fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 70 }), fc.nat())
      .map(([nEvents, nPixels, seed]) => {
        const random = new RandomStream(seed, 1);
        const values = Float32Array.from({ length: nEvents * nPixels }, () => {
          const kind = random.uniform();
          return kind < 0.05 ? NaN : kind < 0.15 ? 1000 * random.normal() : random.normal();
        });
        return { values, nPixels };
      });
    fc.assert(
      fc.property(manyRows, options, ({ values, nPixels }, { maxSigma, iterations }) => {
        const single = clippedStatistics(values, nPixels, { maxSigma, iterations });
        const double = clippedStatistics(Float64Array.from(values), nPixels, { maxSigma, iterations });
        for (let pixel = 0; pixel < nPixels; pixel++) {
          const kept = clipped(ofPixel(values, nPixels, pixel), maxSigma, iterations).sort((a, b) => a - b);
          const half = kept.length >> 1;
          const [lower, upper] = kept.length % 2 === 1 ? [kept[half], kept[half]] : [kept[half - 1], kept[half]];
          for (const { nEvents, mean, median, std } of [single, double]) {
            expect(nEvents[pixel]).to.equal(kept.length);
            if (kept.length === 0) {
              expect([mean[pixel], median[pixel], std[pixel]]).to.deep.equal([NaN, NaN, NaN]);
              continue;
            }
            const average = kept.reduce((sum, value) => sum + value, 0) / kept.length;
            const variance = kept.reduce((sum, value) => sum + (value - average) ** 2, 0) / kept.length;
            const scale = 1e-5 * kept.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
            expect(median[pixel]).to.be.closeTo((lower + upper) / 2, scale);
            expect(mean[pixel]).to.be.closeTo(average, scale);
            expect(std[pixel]).to.be.closeTo(Math.sqrt(variance), scale);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('leaves out a flash, however bright', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1000, max: 100_000 }), (at, brightness) => {
        const values = Float32Array.from({ length: 100 }, (_, i) => (i === at ? brightness : 10 + (i % 3)));
        const { nEvents, mean, median } = clippedStatistics(values, 1, { maxSigma: 4, iterations: 5 });
        expect(nEvents[0]).to.equal(99);
        expect(mean[0]).to.be.closeTo(11, 0.05);
        expect(median[0]).to.equal(11);
      }),
    );
  });
});
