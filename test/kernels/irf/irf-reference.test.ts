import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  binIndices,
  exactEdgesPerDecade,
  gaussianFilter,
  liMaSignificance,
  percentileCut,
  percentileCuts,
  radians,
  relativeSensitivity,
  showersPerEnergy,
  showersPerOffset,
  SPECTRA,
} from '@cherenkit/kernels';
import { expect } from 'chai';
import { skipWithoutTestData, TEST_DATA } from '../../support/test-data.js';

interface Counts {
  readonly n_on: number | string;
  readonly n_off: number;
  readonly alpha: number;
  readonly value: number | string;
}

interface PercentileCase {
  readonly arguments: {
    readonly fill_value: number;
    readonly percentile: number | readonly number[];
    readonly min_value?: number;
    readonly max_value?: number;
    readonly smoothing?: number;
    readonly min_events?: number;
  };
  readonly n_events: readonly number[];
  readonly cut: readonly number[] | readonly (readonly number[])[];
}

/** Results of pyirf, written by `make_irf_reference.py functions`. */
interface References {
  readonly li_ma: readonly Counts[];
  readonly relative_sensitivity: readonly Counts[];
  readonly spectra: Readonly<
    Record<string, { readonly energy_TeV: readonly number[]; readonly flux: readonly number[] }>
  >;
  readonly showers: {
    readonly n_showers: number;
    readonly energy_TeV: readonly [number, number];
    readonly spectral_index: number;
    readonly viewcone_deg: readonly [number, number];
    readonly energy_bins: readonly number[];
    readonly offset_bins: readonly number[];
    readonly per_energy: readonly number[];
    readonly per_offset: readonly number[];
  };
  readonly percentile_cut: {
    readonly value: readonly number[];
    readonly position: readonly number[];
    readonly bins: readonly number[];
    readonly results: readonly PercentileCase[];
  };
  readonly bins_per_decade: {
    readonly arguments: readonly [number, number, number];
    readonly arguments2: readonly [number, number, number];
    readonly create_bins_per_decade: readonly number[];
    readonly create_bins_per_decade2: readonly number[];
  };
}

const numberOf = (value: number | string): number => (value === 'inf' ? Infinity : Number(value));

function expectClose(found: ArrayLike<number>, expected: readonly number[], tolerance = 1e-12): void {
  expect(found.length).to.equal(expected.length);
  expected.forEach((value, i) => expect(found[i]).to.be.closeTo(value, tolerance * Math.abs(value) + 1e-300));
}

describe('kernels of instrument responses, compared with pyirf', () => {
  let references: References;
  before(function () {
    skipWithoutTestData.call(this);
    const file = `${TEST_DATA}/reference/irf/functions.json.gz`;
    references = JSON.parse(gunzipSync(readFileSync(file)).toString()) as References;
  });

  it('significance of Li and Ma', () => {
    for (const { n_on, n_off, alpha, value } of references.li_ma) {
      const found = liMaSignificance(Number(n_on), n_off, alpha);
      // Without excess, the logarithms cancel up to their rounding: zero, or the root of a negative number.
      if (value === 'nan') expect(found).to.satisfy((each: number) => Number.isNaN(each) || each < 1e-6);
      else expect(found).to.be.closeTo(numberOf(value), 1e-9 * (1 + numberOf(value)));
    }
  });

  it('relative sensitivity', () => {
    for (const { n_on, n_off, alpha, value } of references.relative_sensitivity) {
      const found = relativeSensitivity(Number(n_on), n_off, alpha);
      const expected = numberOf(value);
      if (Number.isFinite(expected)) expect(found / expected).to.be.closeTo(1, 1e-6);
      else expect(found).to.deep.equal(expected);
    }
  });

  it('spectra', () => {
    for (const [name, { flux }] of Object.entries(SPECTRA).map(([key, each]) => [key, each] as const)) {
      const { energy_TeV, flux: expected } = references.spectra[name];
      expectClose(energy_TeV.map(flux), expected);
    }
  });

  it('numbers of simulated showers', () => {
    const { showers } = references;
    const simulated = {
      nShowers: showers.n_showers,
      energyMin: showers.energy_TeV[0],
      energyMax: showers.energy_TeV[1],
      spectralIndex: showers.spectral_index,
      maxImpact: 900,
      viewconeMin: radians(showers.viewcone_deg[0]),
      viewconeMax: radians(showers.viewcone_deg[1]),
    };
    expectClose(showersPerEnergy(simulated, Float64Array.from(showers.energy_bins)), showers.per_energy);
    expectClose(
      showersPerOffset(simulated, Float64Array.from(showers.offset_bins, radians)),
      showers.per_offset,
      1e-11,
    );
  });

  it('percentile cuts, to the last bit unless smoothed', () => {
    const { value, position, bins, results } = references.percentile_cut;
    const edges = Float64Array.from(bins);
    const indices = binIndices(Float64Array.from(position), edges);
    for (const { arguments: options, n_events, cut } of results) {
      const { fill_value: fillValue, percentile, smoothing } = options;
      const rules = {
        fillValue,
        minEvents: options.min_events,
        minValue: options.min_value,
        maxValue: options.max_value,
      };
      const values = Float64Array.from(value);
      const nBins = edges.length - 1;
      if (typeof percentile === 'number') {
        const found = percentileCut(values, indices, nBins, { ...rules, percentile, smoothing });
        expect([...found.nEvents]).to.deep.equal(n_events);
        if (smoothing === undefined) expect([...found.cut]).to.deep.equal(cut);
        else expectClose(found.cut, cut as readonly number[]);
      } else {
        const found = percentileCuts(values, indices, nBins, { ...rules, percentiles: percentile });
        expect([...found.cuts]).to.deep.equal(cut.flat());
      }
    }
  });

  it('bins with an exact number per decade', () => {
    const { arguments: first, arguments2: second, ...expected } = references.bins_per_decade;
    expectClose(exactEdgesPerDecade(...first), expected.create_bins_per_decade, 1e-14);
    expectClose(exactEdgesPerDecade(...second), expected.create_bins_per_decade2, 1e-14);
  });

  it('Gaussian filter: constant values stay, and the sum of an inner peak', () => {
    expectClose(gaussianFilter(new Float64Array(9).fill(3), 1.5), new Array<number>(9).fill(3), 1e-14);
    const peak = new Float64Array(101);
    peak[50] = 1;
    expect(gaussianFilter(peak, 2).reduce((sum, each) => sum + each, 0)).to.be.closeTo(1, 1e-14);
  });
});
