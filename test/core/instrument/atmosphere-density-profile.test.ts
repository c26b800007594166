import { AtmosphereDensityProfile } from '@cherenkit/core';
import { layeredAtmosphere } from '@cherenkit/kernels';
import { expect } from 'chai';

import { readCheckedIn } from '../../support/ctapipe-reference.js';

type Row = [height: number, a: number, b: number, c: number, inverse: number];
const { layers: rows } = readCheckedIn('atmosphere.json') as { layers: Row[] };
const layers = rows.map(([height, a, b, c]) => ({ height: height / 100, a, b, c: c / 100 }));
const heights = Float64Array.from({ length: 31 }, (_, i) => 2000 * i);

describe('AtmosphereDensityProfile', () => {
  it('evaluates the layer parametrization between the rows of its table', () => {
    const profile = AtmosphereDensityProfile.ofLayers(layers, heights);
    const exact = layeredAtmosphere(layers);
    for (const height of [1, 7001, 12345, 58999]) {
      expect(profile.density(height)).to.equal(exact.density(height));
      expect(profile.overburden(height)).to.equal(exact.overburden(height));
    }
    expect(profile.table.columnDensity[3]).to.equal(exact.overburden(6000));
  });

  it('interpolates a table through its rows', () => {
    const { table } = AtmosphereDensityProfile.ofLayers(layers, heights);
    const profile = new AtmosphereDensityProfile(table);
    heights.forEach((height, i) => {
      // Rounding of the logarithm and its inverse.
      expect(profile.density(height) / table.density[i]).to.be.closeTo(1, 1e-12);
      expect(profile.overburden(height) / table.columnDensity[i]).to.be.closeTo(1, 1e-12);
    });
    const [low, high] = [table.columnDensity[2], table.columnDensity[3]];
    expect(profile.overburden(5000)).to.be.within(high, low);
  });

  it('inverts the slant depth, which increases with zenith angle', () => {
    const profile = AtmosphereDensityProfile.ofLayers(layers, heights);
    const depth = profile.slantDepthFromHeight(9000, 1);
    expect(depth).to.be.greaterThan(profile.slantDepthFromHeight(9000));
    expect(profile.slantDepthFromHeight(9000)).to.equal(profile.overburden(9000));
    // Rounding of the exponential and its inverse.
    expect(profile.heightFromSlantDepth(depth, 1)).to.be.closeTo(9000, 1e-8);
  });

  it('throws if a table is too short to interpolate', () => {
    const short = { height: heights.slice(0, 2), density: heights.slice(0, 2), columnDensity: heights.slice(0, 2) };
    expect(() => new AtmosphereDensityProfile(short).density(100)).to.throw(RangeError);
  });
});
