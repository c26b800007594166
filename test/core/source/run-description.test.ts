import { hasRawImages } from '@cherenkit/core';
import { expect } from 'chai';

describe('hasRawImages', () => {
  const observed = { isSimulation: false, waveformUnit: 'ADC counts' } as const;

  it('is true for observed data in ADC counts without monitoring sources', () => {
    expect(hasRawImages(observed)).to.equal(true);
    expect(hasRawImages(observed, false)).to.equal(true);
  });

  it('is false if monitoring sources may have the coefficients', () => {
    expect(hasRawImages(observed, true)).to.equal(false);
  });

  it('is false for p.e. and for simulations', () => {
    expect(hasRawImages({ ...observed, waveformUnit: 'p.e.' })).to.equal(false);
    expect(hasRawImages({ isSimulation: false })).to.equal(false);
    expect(hasRawImages({ ...observed, isSimulation: true })).to.equal(false);
  });
});
