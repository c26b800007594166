import {
  histogram,
  histogramPlot,
  quantile,
  resolutionBins,
  resolutionPlot,
  scatterPlot,
  thetaSquaredPlot,
} from '@cherenkit/display';
import { toPng } from '@cherenkit/display/node';
import { expect } from 'chai';
import fc from 'fast-check';
import { PNG } from 'pngjs';

const VALUES = Array.from({ length: 200 }, (_, i) => ((i * 37) % 101) / 10);
const ENERGIES = VALUES.map((value) => 10 ** (value / 5 - 1));

describe('histograms', () => {
  it('count each finite value once, in the bin whose edges enclose it', () => {
    const values = fc.array(fc.double({ min: -50, max: 50 }));
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 40 }), (all, bins) => {
        const { edges, counts, outside } = histogram(all, { bins, range: [-20, 30] });
        const expected = Array.from(
          counts,
          (_, i) =>
            all.filter((value) => value >= edges[i] && (i === bins - 1 ? value <= edges[i + 1] : value < edges[i + 1]))
              .length,
        );
        expect(Array.from(counts)).to.deep.equal(expected);
        expect(outside).to.equal(all.filter((value) => value < -20 || value > 30).length);
      }),
    );
  });

  it('span all values by default, also without values and with equal ones', () => {
    expect(Array.from(histogram([1, 2, 4], { bins: 3 }).counts)).to.deep.equal([1, 1, 1]);
    expect(Array.from(histogram([], { bins: 2 }).edges)).to.deep.equal([0, 0.5, 1]);
    expect(Array.from(histogram([3, 3], { bins: 2 }).counts)).to.deep.equal([0, 2]);
    expect(() => histogram([1], { bins: 0 })).to.throw(RangeError);
  });
});

describe('quantiles', () => {
  it('are interpolated, and NaN without values', () => {
    expect(quantile([4, 1, NaN, 3, 2], 0.5)).to.equal(2.5);
    expect(quantile([1, 2, 3], 0.25)).to.equal(1.5);
    expect(quantile([NaN], 0.5)).to.be.NaN;
  });
});

describe('axes of counts', () => {
  it('have ticks at whole numbers', async () => {
    for (const values of [[0.1], [0.1, 0.1], [0.1, 0.1, 0.5], VALUES]) {
      const plot = await histogramPlot(values, { bins: 4, range: [0, 10], yLabel: 'n' });
      const [, axis = ''] = /aria-label="y-axis tick label"([^]*?)<\/g>/.exec(plot.toSvg()) ?? [];
      const ticks = [...axis.matchAll(/>([^<>]+)<\/text>/g)].map(([, label]) => Number(label));
      expect(ticks.length).to.be.within(2, 9);
      expect(ticks.every(Number.isInteger), ticks.join(' ')).to.equal(true);
    }
  });
});

describe('axes of few points', () => {
  /** Labels of the ticks of an axis. */
  function ticksOf(svg: string, axis: 'x' | 'y'): string[] {
    const [, group = ''] = new RegExp(`aria-label="${axis}-axis tick label"([^]*?)</g>`).exec(svg) ?? [];
    return [...group.matchAll(/>([^<>]+)<\/text>/g)].map(([, label]) => label);
  }

  for (const scale of ['linear', 'log'] as const) {
    it(`have several round ticks around a single value: ${scale}`, async () => {
      const plot = await scatterPlot([0.095164, 0.095164], [1.88, 1.79], { xScale: scale });
      const [x, y] = [ticksOf(plot.toSvg(), 'x'), ticksOf(plot.toSvg(), 'y')];
      expect(x.length).to.be.within(2, 12);
      expect(y.length).to.be.within(2, 8);
      for (const label of [...x, ...y]) expect(label.length, label).to.be.at.most(5);
    });
  }
});

describe('resolution', () => {
  it('is the containment of the absolute errors per bin of energy', () => {
    const bins = resolutionBins([0.2, 0.3, 0.4, 2, -1, NaN], [-1, 1, 3, 5, 9, 9], { perDecade: 1, containment: 0.5 });
    expect(bins).to.deep.equal([
      { from: 0.1, to: 1, nEvents: 3, resolution: 1, bias: 1 },
      { from: 1, to: 10, nEvents: 1, resolution: 5, bias: 5 },
    ]);
  });
});

describe('plots', function () {
  this.timeout(30_000);
  const plots = {
    histogram: () => histogramPlot(VALUES, { title: 'Values', xLabel: 'value' }),
    'theta squared': () => thetaSquaredPlot(VALUES.map((value) => value / 1500)),
    scatter: () => scatterPlot(ENERGIES, VALUES, { xScale: 'log', xLabel: 'energy (TeV)', theme: 'dark' }),
    resolution: () => resolutionPlot(ENERGIES, VALUES, { withBias: true }),
  };
  for (const [name, make] of Object.entries(plots)) {
    it(`${name}: the same SVG each time, with title and description`, async () => {
      const [first, second] = [await make(), await make()];
      expect(first.toSvg()).to.equal(second.toSvg());
      expect(first.toSvg()).to.match(
        /^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^>]*role="img"[^>]*><title>[^<]+<\/title><desc>[^<]+<\/desc>/,
      );
      const numbers = first.toSvg().match(/\d+\.\d{3,}/g) ?? [];
      expect(numbers).to.deep.equal([]);
    });
  }

  it('are drawn as PNG with their texts', async () => {
    const plot = await plots.histogram();
    const { width, height, data } = PNG.sync.read(Buffer.from(await toPng(plot)));
    expect([width, height]).to.deep.equal([600, 400]);
    // Dots of the title, which is above the axes.
    const dark = Array.from({ length: width * 30 }, (_, i) => data[4 * i]).filter((red) => red < 128);
    expect(dark.length).to.be.greaterThan(20);
  });

  it('leave out values that cannot be drawn, and say so', async () => {
    const { description } = await scatterPlot([1, -1, NaN, 2], [1, 1, 1, 1], { xScale: 'log' });
    expect(description).to.equal('2 points (2 are outside).');
    expect((await histogramPlot([])).description).to.equal('Histogram of 0 values in 25 bins.');
    expect((await thetaSquaredPlot([])).toSvg()).to.include('<svg');
    for (const call of [scatterPlot([1], []), resolutionPlot([1], [])]) {
      expect(await call.catch((error: unknown) => error)).to.be.instanceOf(RangeError);
    }
  });
});
