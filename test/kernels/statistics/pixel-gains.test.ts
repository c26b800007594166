import { conversionFactors, pixelGains, RandomStream, relativeDelays, type ChargeStatistics } from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';

const N_EVENTS = 500;

function statistics(mean: readonly number[], std: readonly number[]): ChargeStatistics {
  return {
    mean: Float64Array.from(mean),
    std: Float64Array.from(std),
    nEvents: new Int32Array(mean.length).fill(N_EVENTS),
  };
}

/** Mean and standard deviation of charges of a pixel. */
function momentsOf(charges: readonly number[]): readonly [mean: number, std: number] {
  const mean = charges.reduce((sum, charge) => sum + charge, 0) / charges.length;
  return [mean, Math.sqrt(charges.reduce((sum, charge) => sum + (charge - mean) ** 2, 0) / charges.length)];
}

const pixel = fc.record({
  gain: fc.double({ min: 1, max: 100, noNaN: true }),
  light: fc.double({ min: 5, max: 300, noNaN: true }),
  pedestal: fc.double({ min: -50, max: 5000, noNaN: true }),
  noise: fc.double({ min: 0, max: 50, noNaN: true }),
});

describe('pixelGains', () => {
  it('inverts the variance that gain, light and noise give', () => {
    const properties = fc.record({
      squaredExcessNoise: fc.double({ min: 1, max: 2, noNaN: true }),
      flashSpread: fc.double({ min: 0, max: 0.05, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(pixel, { minLength: 1, maxLength: 10 }), properties, (pixels, light) => {
        const dark = statistics(
          pixels.map(({ pedestal }) => pedestal),
          pixels.map(({ noise }) => noise),
        );
        const lit = statistics(
          pixels.map(({ pedestal, gain, light: n }) => pedestal + gain * n),
          pixels.map(({ noise, gain, light: n }) => {
            const { squaredExcessNoise, flashSpread } = light;
            return Math.sqrt(noise ** 2 + squaredExcessNoise * gain ** 2 * n + (flashSpread * gain * n) ** 2);
          }),
        );
        const { gain, photoElectrons, signal } = pixelGains(lit, dark, light);
        pixels.forEach((each, i) => {
          expect(gain[i] / each.gain, 'gain').to.be.closeTo(1, 1e-6);
          expect(photoElectrons[i] / each.light, 'p.e.').to.be.closeTo(1, 1e-6);
          expect(signal[i] / (each.gain * each.light), 'signal').to.be.closeTo(1, 1e-6);
        });
      }),
    );
  });

  it('finds simulated gains within their uncertainties', () => {
    const random = new RandomStream(7, 1);
    const gains = Array.from({ length: 200 }, () => 60 * (1 + 0.05 * random.normal()));
    const [lit, dark] = [80, 0].map((light) => {
      const moments = gains.map((gain) =>
        momentsOf(
          Array.from({ length: N_EVENTS }, () => {
            const n = random.poisson(light);
            return 2000 + gain * (n + 0.4 * Math.sqrt(n) * random.normal()) + 100 * random.normal();
          }),
        ),
      );
      return statistics(
        moments.map(([mean]) => mean),
        moments.map(([, std]) => std),
      );
    });
    const { gain, gainUncert } = pixelGains(lit, dark, { squaredExcessNoise: 1 + 0.4 ** 2, flashSpread: 0 });
    const pulls = gains.map((true_, i) => (gain[i] - true_) / gainUncert[i]);
    const [mean, std] = momentsOf(pulls);
    expect(mean).to.be.within(-0.3, 0.3);
    expect(std).to.be.within(0.85, 1.15);
    expect(Math.max(...pulls.map(Math.abs))).to.be.below(5);
  });

  it('knows no gain of pixels without light, without variance and without statistics', () => {
    const lit = statistics([100, 90, 500, NaN], [20, 20, 3, NaN]);
    const dark = statistics([100, 100, 100, NaN], [3, 3, 3, NaN]);
    const { gain, photoElectrons } = pixelGains(lit, dark, { squaredExcessNoise: 1.2, flashSpread: 0 });
    expect([...gain, ...photoElectrons]).to.deep.equal(new Array(8).fill(NaN));
  });
});

describe('conversionFactors', () => {
  const lit = statistics([700, 820, 640, 100], [90, 105, 85, 4]);
  const dark = statistics([100, 100, 100, 100], [4, 4, 4, 4]);
  const gains = pixelGains(lit, dark, { squaredExcessNoise: 1.2, flashSpread: 0 });
  const usable = Uint8Array.of(1, 1, 1, 0);

  it('make the charges of flat fields equal', () => {
    const factors = conversionFactors(gains, usable, true);
    const charges = [600, 720, 540].map((signal, i) => signal * factors[i]);
    const light = [...gains.photoElectrons.subarray(0, 3)].sort((a, b) => a - b)[1];
    for (const charge of charges) expect(charge).to.be.closeTo(light, 1e-9);
    expect(factors[3]).to.equal(0);
  });

  it('are the inverse gains for light that is not uniform', () => {
    const factors = conversionFactors(gains, usable, false);
    for (const i of [0, 1, 2]) expect(factors[i] * gains.gain[i]).to.be.closeTo(1, 1e-12);
    expect(factors[3]).to.equal(0);
  });
});

describe('relativeDelays', () => {
  it('are relative to the median of the usable pixels', () => {
    expect([...relativeDelays([20, 22, 21, NaN, 90], Uint8Array.of(1, 1, 1, 0, 0))]).to.deep.equal([-1, 1, 0, 0, 0]);
  });
});
