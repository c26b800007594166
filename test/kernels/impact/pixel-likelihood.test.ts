import {
  chiSquared,
  meanLikelihoodFull,
  meanLikelihoodGaussian,
  negLogLikelihood,
  negLogLikelihoodApprox,
  negLogLikelihoodNumeric,
  poissonQuantile,
} from '@cherenkit/kernels';
import { expect } from 'chai';
import { IMPACT_REFERENCES, readImpactReference } from '../../support/impact-reference.js';
import { skipWithoutTestData } from '../../support/test-data.js';

describe('likelihoods of pixels, compared with ctapipe', () => {
  before(skipWithoutTestData);

  it('agree for all charges and expectations', () => {
    const { pixel_likelihood: reference } = readImpactReference(...IMPACT_REFERENCES[0]);
    const { signal, expected, spe: speWidth, pedestal: pedestalWidth } = reference;
    const widths = { speWidth, pedestalWidth };
    // ctapipe sums up to the quantile of the largest expectation in a call.
    const most = poissonQuantile(Math.max(...expected), 0.999);
    const mostBelowLimit = poissonQuantile(Math.max(...expected.filter((each) => each <= 20)), 0.999);
    signal.forEach((charge, i) => {
      const close = (value: number, to: number): void =>
        void expect(value).to.be.closeTo(to, 1e-9 * (1 + Math.abs(to)));
      close(negLogLikelihoodApprox(charge, expected[i], widths), reference.approx[i]);
      close(negLogLikelihoodNumeric(charge, expected[i], widths, most), reference.numeric[i]);
      close(negLogLikelihood(charge, expected[i], widths, mostBelowLimit), reference.combined[i]);
      close(meanLikelihoodGaussian(expected[i], widths), reference.mean_gaussian[i]);
      close(chiSquared(charge, expected[i], pedestalWidth), reference.chi_squared[i]);
    });
    const { expected: means, value } = reference.mean_full;
    means.forEach((mean, i) => expect(meanLikelihoodFull(mean, widths)).to.be.closeTo(value[i], 1e-6));
  });

  it('sums over photo-electrons up to a quantile of their number', () => {
    const widths = { pedestalWidth: 1, speWidth: 0.5 };
    for (const expected of [0.1, 1, 5, 300]) {
      const own = negLogLikelihoodNumeric(expected, expected, widths);
      const more = negLogLikelihoodNumeric(expected, expected, widths, 2 * expected + 100);
      expect(own).to.be.closeTo(more, 0.01);
    }
  });
});
