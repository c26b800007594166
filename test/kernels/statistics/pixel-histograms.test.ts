import { pixelHistograms, regularEdges, type ValueAxis } from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';
import { REFERENCE, referenceValues } from '../../support/statistics-reference.js';

const N_PIXELS = 24;

type Definition = (typeof REFERENCE.histograms)[number]['axis'];

function axisOf({ bins = 0, start = 0, stop = 0, edges, overflow = true }: Definition): ValueAxis {
  return {
    edges: edges ? Float64Array.from(edges) : regularEdges(start, stop, bins),
    isRegular: !edges,
    hasOverflow: overflow,
  };
}

describe('pixelHistograms', () => {
  it('has the counts of ctapipe', () => {
    for (const { axis, histogram, n_events: nEvents } of REFERENCE.histograms) {
      const found = pixelHistograms(referenceValues('float32'), N_PIXELS, axisOf(axis));
      const { underflow = false, overflow = false } = axis;
      const bins = Array.from({ length: found.counts.length / N_PIXELS }, (_, bin) => [
        ...found.counts.subarray(bin * N_PIXELS, (bin + 1) * N_PIXELS),
      ]);
      expect([...found.nEvents]).to.deep.equal(nEvents);
      expect(bins.slice(underflow ? 0 : 1, overflow ? undefined : -1), JSON.stringify(axis)).to.deep.equal(histogram);
    }
  });

  it('counts each number once, in the bin between whose edges it is', () => {
    const inputs = fc.record({
      values: fc.array(fc.float({ min: -20, max: 20 }), { minLength: 1, maxLength: 40 }),
      edges: fc
        .uniqueArray(fc.integer({ min: -15, max: 15 }), { minLength: 2, maxLength: 8 })
        .map((edges) => Float64Array.from(edges).sort()),
      hasOverflow: fc.boolean(),
    });
    fc.assert(
      fc.property(inputs, ({ values, edges, hasOverflow }) => {
        const { nEvents, counts } = pixelHistograms(Float32Array.from(values), 1, {
          edges,
          isRegular: false,
          hasOverflow,
        });
        const limits = [-Infinity, ...edges, Infinity];
        const last = edges[edges.length - 1];
        expect(nEvents[0]).to.equal(values.filter((value) => !Number.isNaN(value)).length);
        expect([...counts]).to.deep.equal(
          limits.slice(1).map((upper, bin) => {
            return values.filter((value) => {
              if (value === last && !hasOverflow) return bin === edges.length - 1;
              return value >= limits[bin] && value < upper;
            }).length;
          }),
        );
      }),
    );
  });
});

describe('regularEdges', () => {
  it('has the edges and centres of ctapipe', () => {
    for (const { axis, edges, centers } of REFERENCE.histograms) {
      if (axis.class_name !== 'Regular') continue;
      const { start = NaN, stop = NaN, bins = NaN } = axis;
      expect([...regularEdges(start, stop, bins)]).to.deep.equal(edges);
      expect([...regularEdges(start, stop, bins, 0.5)]).to.deep.equal(centers);
    }
  });
});
