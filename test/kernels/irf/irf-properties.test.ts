import {
  backgroundRate,
  binIndex,
  coneSolidAngle,
  edgesPerDecade,
  effectiveArea,
  energyDispersion,
  eventWeights,
  findRoot,
  geometricEdges,
  histogram,
  interpolate,
  liMaSignificance,
  linearEdges,
  passedWeights,
  passesBinnedCut,
  pointSourceWeights,
  pointSpread,
  powerLaw,
  quantileOfSorted,
  radians,
  rectangleInRing,
  rectangleSolidAngle,
  relativeSensitivity,
  ringSolidAngles,
  showersPerEnergy,
  showersPerOffset,
  showersPerRectangle,
  simulatedSpectrum,
  SPECTRA,
  transposed,
} from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';

const numbers = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

describe('kernels of instrument responses', () => {
  it('bin values: each is within its bin, and only the histogram includes the last edge', () => {
    const edges = fc.uniqueArray(numbers(-10, 10), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(edges, numbers(-12, 12), (unsorted, value) => {
        const sorted = Float64Array.from(unsorted).sort();
        const bin = binIndex(value, sorted);
        if (bin < 0) expect(value < sorted[0] || value >= sorted[sorted.length - 1]).to.equal(true);
        else expect(value >= sorted[bin] && value < sorted[bin + 1]).to.equal(true);
        const last = sorted[sorted.length - 1];
        expect(binIndex(last, sorted)).to.equal(-1);
        expect(histogram([{ values: Float64Array.of(last, NaN), edges: sorted }]).at(-1)).to.equal(1);
      }),
    );
  });

  it('make edges with exact limits', () => {
    expect([...linearEdges(0, 5, 3)]).to.deep.equal([0, 5 / 3, 2 * (5 / 3), 5]);
    const edges = geometricEdges(0.2, 5, 30);
    expect([edges.length, edges[0], edges[30]]).to.deep.equal([31, 0.2, 5]);
    expect(edgesPerDecade(0.015, 150, 10)).to.have.length(41);
  });

  it('fill histograms of several axes, with weights and masks', () => {
    const axes = [
      { values: Float64Array.of(0.5, 1.5, 1.5, 9), edges: Float64Array.of(0, 1, 2) },
      { values: Float64Array.of(5, 15, 25, 15), edges: Float64Array.of(0, 10, 20, 30) },
    ];
    const weights = Float64Array.of(2, 3, 4, 5);
    expect([...histogram(axes, { weights })]).to.deep.equal([2, 0, 0, 0, 3, 4]);
    expect([...histogram(axes, { mask: Uint8Array.of(1, 0, 1, 1) })]).to.deep.equal([1, 0, 0, 0, 0, 1]);
    expect([...transposed(histogram(axes, { weights }), 2, 3)]).to.deep.equal([2, 0, 0, 3, 0, 4]);
  });

  it('normalize: energy dispersion, point spread and background integrate to what was filled', () => {
    const counts = fc.array(fc.nat(5), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(counts, (filled) => {
        const edges = Float64Array.of(0.2, 0.5, 1, 3, 5);
        const [values, widths] = [Float64Array.from(filled), [0.3, 0.5, 2, 2]];
        const rings = ringSolidAngles(Float64Array.of(0, 0.1, 0.2, 0.3, 0.5));
        for (const [density, sizes] of [
          [energyDispersion(values, edges), widths],
          [pointSpread(values, rings), [...rings]],
        ] as const) {
          for (let row = 0; row < 3; row++) {
            const sum = sizes.reduce((total, size, i) => total + density[4 * row + i] * size, 0);
            const isEmpty = filled.slice(4 * row, 4 * row + 4).every((count) => count === 0);
            expect(sum).to.be.closeTo(isEmpty ? 0 : 1, 1e-12);
          }
        }
        const fields = ringSolidAngles(Float64Array.of(0, 1, 2, 3));
        const rate = backgroundRate(values, edges, fields, 100);
        const total = rate.reduce((sum, each, i) => sum + each * widths[i % 4] * 100 * fields[Math.floor(i / 4)], 0);
        expect(total).to.be.closeTo(
          values.reduce((sum, each) => sum + each, 0),
          1e-9,
        );
      }),
    );
  });

  it('effective area: the whole area if all events are selected, NaN where nothing was simulated', () => {
    expect([...effectiveArea(Float64Array.of(10, 5, 0), Float64Array.of(10, 10, 0), 100)]).to.deep.equal([
      100,
      50,
      NaN,
    ]);
  });

  const simulated = fc.record({
    nShowers: fc.integer({ min: 1, max: 1_000_000 }),
    energyMin: numbers(0.01, 0.1),
    energyMax: numbers(10, 300),
    spectralIndex: fc.oneof(numbers(-3, -1.01), fc.constant(-1)),
    maxImpact: numbers(100, 2000),
    viewconeMin: numbers(0, 0.01),
    viewconeMax: numbers(0.02, 0.3),
  });

  it('count simulated showers: all of them in bins that cover everything', () => {
    fc.assert(
      fc.property(simulated, (showers) => {
        const energies = showersPerEnergy(showers, Float64Array.of(1e-3, 0.05, 0.5, 5, 1000));
        const offsets = showersPerOffset(showers, Float64Array.of(0, 0.005, 0.1, 0.5));
        for (const counts of [energies, offsets]) {
          expect(counts.reduce((sum, each) => sum + each, 0)).to.be.closeTo(showers.nShowers, 1e-6 * showers.nShowers);
        }
      }),
    );
  });

  it('count simulated showers of a histogram: as of the power law that filled it', () => {
    fc.assert(
      fc.property(simulated, fc.array(numbers(0.001, 500), { minLength: 1, maxLength: 6 }), (showers, cuts) => {
        const edges = Float64Array.from({ length: 61 }, (_, i) => 10 ** (-3 + i / 10));
        const energies = { edges, counts: showersPerEnergy(showers, edges) };
        const bins = Float64Array.from(new Set([0.002, ...cuts, 600])).sort();
        const [law, filled] = [showersPerEnergy(showers, bins), showersPerEnergy({ ...showers, energies }, bins)];
        filled.forEach((count, i) => expect(count).to.be.closeTo(law[i], 1e-6 * showers.nShowers));
        const [smooth, binned] = [simulatedSpectrum(showers, 100), simulatedSpectrum({ ...showers, energies }, 100)];
        expect(binned.flux(1.3) / smooth.flux(1.3)).to.be.closeTo(1, 1e-6);
      }),
    );
  });

  it('weight events: the spectrum of the simulation weighs 1, and sums of weights are the flux times area, time and solid angle', () => {
    fc.assert(
      fc.property(simulated, numbers(1, 1e6), (showers, seconds) => {
        const spectrum = simulatedSpectrum(showers, seconds);
        expect([...eventWeights([0.1, 1, 10], spectrum, spectrum)]).to.deep.equal([1, 1, 1]);
        // Energies at equal steps of the cumulative distribution of the simulated spectrum.
        const { energyMin, energyMax, spectralIndex, nShowers } = showers;
        const g = spectralIndex + 1;
        const n = 2000;
        const energies = Float64Array.from({ length: n }, (_, i) => {
          const x = (i + 0.5) / n;
          return g === 0
            ? energyMin * (energyMax / energyMin) ** x
            : (energyMin ** g + x * (energyMax ** g - energyMin ** g)) ** (1 / g);
        });
        const target = powerLaw(1e-6, spectralIndex + 0.3, true);
        const weights = eventWeights(energies, target, spectrum).map((weight) => (weight * nShowers) / n);
        const solidAngle = coneSolidAngle(showers.viewconeMax) - coneSolidAngle(showers.viewconeMin);
        const h = g + 0.3 || 1e-9;
        const integral = (1e-6 * (energyMax ** h - energyMin ** h)) / h;
        const expected = integral * Math.PI * showers.maxImpact ** 2 * seconds * solidAngle;
        expect(weights.reduce((sum, each) => sum + each, 0) / expected).to.be.closeTo(1, 0.05);
      }),
    );
  });

  it('weight diffuse gammas for a point source in rings: events outside weigh 0', () => {
    const edges = Float64Array.of(0, 1, 2);
    const rings = ringSolidAngles(edges.map(radians));
    const spectrum = powerLaw(1e-3, -2, true);
    const weights = pointSourceWeights(
      Float64Array.of(1, 1, 1),
      Float64Array.of(0.5, 1, 2),
      edges,
      rings,
      SPECTRA.CRAB_HEGRA,
      spectrum,
    );
    expect(weights[2]).to.equal(0);
    expect(weights[0] / weights[1]).to.be.closeTo(rings[1] / rings[0], 1e-12);
  });

  it('significance: zero without excess, growing with it, and symmetric for equal exposures', () => {
    fc.assert(
      fc.property(numbers(0.1, 1e6), numbers(0.1, 1e6), numbers(0.05, 1), (nOn, nOff, alpha) => {
        if (nOn < alpha * nOff) expect(liMaSignificance(nOn, nOff, alpha)).to.equal(0);
        else
          expect(liMaSignificance(nOn * 1.1 + 1, nOff, alpha)).to.be.greaterThan(
            liMaSignificance(nOn, nOff, alpha) || 0,
          );
        expect(liMaSignificance(Math.max(nOn, nOff), Math.min(nOn, nOff), 1) || 0).to.be.at.least(0);
      }),
    );
    // For small excesses, it is the excess divided by its standard deviation.
    expect(liMaSignificance(10_100, 10_000, 1)).to.be.closeTo(100 / Math.sqrt(20_100), 1e-3);
  });

  it('sensitivity: better with more time, and significant', () => {
    fc.assert(
      fc.property(numbers(20, 1e5), numbers(0, 1e6), numbers(0.05, 1), (nSignal, nOff, alpha) => {
        const of = (time: number): number => relativeSensitivity(time * (nSignal + alpha * nOff), time * nOff, alpha);
        const [short, long] = [of(1), of(4)];
        if (Number.isNaN(short) || Number.isNaN(long)) return;
        expect(long).to.be.at.most(short * (1 + 1e-9));
        const significance = liMaSignificance(nSignal * short + alpha * nOff, nOff, alpha);
        expect(significance).to.be.at.least(5 - 1e-6);
        expect(nSignal * short).to.be.at.least(10 * (1 - 1e-9));
      }),
    );
  });

  it('find roots, quantiles and points between others', () => {
    fc.assert(
      fc.property(numbers(-5, 5), (root) => {
        expect(findRoot((x) => (x - root) ** 3 + (x - root), -10, 10)).to.be.closeTo(root, 1e-9);
      }),
    );
    expect(findRoot((x) => x ** 2 + 1, -1, 1)).to.equal(undefined);
    expect(findRoot(() => NaN, -1, 1)).to.equal(undefined);
    expect(quantileOfSorted(Float64Array.of(1, 2, 4), 0.75)).to.equal(3);
    expect(quantileOfSorted(new Float64Array(0), 0.5)).to.deep.equal(NaN);
    const [xs, ys] = [Float64Array.of(1, 2, 4), Float64Array.of(10, 20, 0)];
    expect([0, 1, 1.5, 3, 5].map((x) => interpolate(x, xs, ys))).to.deep.equal([10, 10, 15, 10, 0]);
  });

  it('scan cuts in one pass: as one by one', () => {
    const event = fc.record({
      bin: fc.integer({ min: -1, max: 1 }),
      gh: fc.constantFrom(0, 0.2, 0.5, 0.7, 1, NaN),
      theta: fc.constantFrom(0, 0.1, 0.2, 0.3, NaN),
      weight: fc.integer({ min: 1, max: 5 }),
      multiplicity: fc.integer({ min: 2, max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 50 }), (events) => {
        const column = (name: 'gh' | 'theta' | 'weight'): Float64Array =>
          Float64Array.from(events, (each) => each[name]);
        const bins = Int32Array.from(events, ({ bin }) => bin);
        const multiplicity = events.map((each) => each.multiplicity);
        const [gh, theta] = [Float64Array.of(0.7, 0.5, 1, 0.2), Float64Array.of(0.1, 0.2, 0, 0.3)];
        const cuts = { gh, nGh: 2, theta, nTheta: 2 };
        const scanned = { bins, ghScore: column('gh'), weight: column('weight'), multiplicity };
        for (const withTheta of [true, false]) {
          const found = passedWeights(scanned, withTheta ? column('theta') : undefined, 3, cuts, 2);
          const expected = [];
          for (let bin = 0; bin < 2; bin++) {
            for (let g = 0; g < 2; g++) {
              for (let t = 0; t < (withTheta ? 2 : 1); t++) {
                const passed = events.filter(
                  (each) =>
                    each.bin === bin &&
                    each.multiplicity >= 3 &&
                    each.gh >= gh[2 * bin + g] &&
                    (!withTheta || each.theta <= theta[2 * bin + t]),
                );
                expected.push(passed.reduce((sum, each) => sum + each.weight, 0));
              }
            }
          }
          expect([...found]).to.deep.equal(expected);
        }
        const mask = passesBinnedCut(column('gh'), bins, [0.5, 0.7], true);
        expect([...mask]).to.deep.equal(
          events.map(({ bin, gh: score }) => Number(bin >= 0 && score >= [0.5, 0.7][bin])),
        );
      }),
    );
  });

  it('rectangles in a cone: those that cover it have its solid angle, those inside have their own', () => {
    fc.assert(
      fc.property(numbers(0.5, 10), fc.integer({ min: 1, max: 6 }), numbers(0, 0.9), (radius, n, hole) => {
        const [outer, inner] = [radians(radius), radians(radius * hole)];
        const edges = linearEdges(-1.01 * outer, 1.01 * outer, n);
        const showers = { nShowers: 1000, energyMin: 1, energyMax: 2, spectralIndex: -2, maxImpact: 1 };
        const viewcone = { viewconeMin: inner, viewconeMax: outer };
        const counts = showersPerRectangle({ ...showers, ...viewcone }, edges, edges);
        expect(counts.reduce((sum, count) => sum + count, 0) / 1000).to.be.closeTo(1, 2e-3);
      }),
    );
    const small = rectangleInRing([0.01, 0.02], [-0.01, 0.01], [0, 0.1]);
    expect(small / rectangleSolidAngle(0.01, 0.02, -0.01, 0.01)).to.be.closeTo(1, 1e-9);
    expect(rectangleInRing([0.2, 0.3], [0, 0.1], [0, 0.1])).to.equal(0);
  });
});
