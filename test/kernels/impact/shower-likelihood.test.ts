import { fitShower, mostLikelyEnergy, ShowerLikelihood } from '@cherenkit/kernels';
import { expect } from 'chai';
import { IMPACT_REFERENCES, prepareReference, type PreparedReference } from '../../support/impact-reference.js';
import { skipWithoutTestData } from '../../support/test-data.js';

for (const [name, kind] of IMPACT_REFERENCES) {
  describe(`ShowerLikelihood with ${kind} templates, compared with ctapipe`, () => {
    let references: PreparedReference[];
    before(skipWithoutTestData);
    before(async () => {
      references = await prepareReference(name, kind);
    });

    it('gives the same likelihoods, goodness of fit and depths of maximum', () => {
      for (const { event, images, site } of references) {
        const likelihood = new ShowerLikelihood(images, site);
        for (const { parameters, likelihood: expected, goodness, x_max_geometric: depth } of event.points) {
          const at = Float64Array.from(parameters);
          expect(likelihood.value(at) / expected - 1, `${event.event_id}`).to.be.closeTo(0, 1e-5);
          likelihood.goodness(at).forEach((each, i) => expect(each / goodness[i] - 1).to.be.closeTo(0, 1e-4));
          expect(likelihood.maximum(at.with(5, 1)).slantDepth).to.be.closeTo(depth, 1e-3);
        }
        const undefinedSource = Float64Array.of(NaN, 0, 0, 0, 1, 1);
        expect(likelihood.value(undefinedSource)).to.equal(event['likelihood of a nan']);
      }
    });

    it('predicts the same images', () => {
      for (const { event, images, site } of references) {
        const likelihood = new ShowerLikelihood(images, site);
        for (const { parameters, predictions = [] } of event.points) {
          const expected = likelihood.expected(Float64Array.from(parameters));
          predictions.forEach((prediction, k) =>
            prediction.expected.forEach((value, i) => {
              expect(Math.max(expected[k][i], 0)).to.be.closeTo(Math.max(value, 0), 1e-3);
            }),
          );
        }
      }
    });

    it('gives the same likelihoods with time gradients', () => {
      for (const { event, images, site } of references) {
        const likelihood = new ShowerLikelihood(images, site, { usesTimes: true });
        for (const { parameters, likelihood: expected } of event['with time gradient (converged)']) {
          expect(likelihood.value(Float64Array.from(parameters)) / expected - 1).to.be.closeTo(0, 1e-5);
        }
      }
    });

    it('is fitted at least as well as by Minuit', () => {
      for (const { event, images, site } of references) {
        const likelihood = new ShowerLikelihood(images, site);
        const fit = fitShower(likelihood, [Float64Array.from(event.fits[0].seed)]);
        const theirs = Math.min(event.fits.at(-1)?.fval ?? NaN, ...event.fits.map(({ fval }) => fval));
        expect(fit.value - theirs, `${event.event_id}`).to.be.lessThan(0.1);
        expect(fit.isConverged).to.equal(true);
        expect(fit.value).to.equal(likelihood.value(fit.parameters));
        if (kind !== 'curved') continue;
        event.tight.values.forEach((value, i) => {
          const tolerance = Math.max(event.tight.errors[i], 0.01 * Math.abs(value));
          expect(fit.parameters[i], `${event.event_id}, parameter ${i}`).to.be.closeTo(value, tolerance);
        });
        // The second fit ends at the limit of the depth in one event, and its errors are those of Minuit in the other.
        const deviations = [0, 1, 2, 3, 4].map((i) => Math.sqrt(fit.covariance?.[7 * i] ?? NaN));
        deviations.forEach((deviation, i) => expect(deviation / event.tight.errors[i]).to.be.within(0.15, 2.5));
      }
    });

    it('gives the same fit again', () => {
      const [{ event, images, site }] = references;
      const seed = Float64Array.from(event.fits[0].seed);
      const fits = [0, 1].map(() => fitShower(new ShowerLikelihood(images, site), [seed]));
      expect(fits[1]).to.deep.equal(fits[0]);
      expect([...seed]).to.deep.equal(event.fits[0].seed);
    });

    it('finds an energy to start from', () => {
      const { event, images, site } = references[references.length - 1];
      const likelihood = new ShowerLikelihood(images, site);
      const energies = [0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2];
      const found = mostLikelyEnergy(likelihood, Float64Array.from(event.tight.values), energies);
      expect(Math.abs(Math.log2(found / event.tight.values[4]))).to.be.lessThan(1);
    });
  });
}
