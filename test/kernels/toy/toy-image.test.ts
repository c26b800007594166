import { expect } from 'chai';
import fc from 'fast-check';
import {
  generateImage,
  expectedSignal,
  gaussianImage,
  hillasParameters,
  normalCdf,
  numberOfIslands,
  RandomStream,
  ringImage,
  skewedGaussianImage,
  tailcutsClean,
  obtainTimeImage,
} from '@cherenkit/kernels';

import { expectSame, unpack } from '../../support/packed-array.js';
import { NEIGHBORS, PIX_AREA, PIX_X, PIX_Y, TOY_IMAGES } from '../../support/toy-image-reference.js';

const { every, ellipse, ring } = TOY_IMAGES;

function expectClose(values: Float64Array, expected: Float64Array, scale = (_pixel: number) => 1): void {
  const largest = expected.reduce((most, value) => Math.max(most, value), 0);
  expected.forEach((value, i) => {
    const pixel = i * every;
    // The same formulas in the same precision; negligible densities are compared relative to the largest.
    const tolerance = 1e-9 * Math.abs(value) + 1e-12 * largest;
    if (!(Math.abs(values[pixel] * scale(pixel) - value) <= tolerance)) {
      expect.fail(`pixel ${pixel}: ${values[pixel] * scale(pixel)}, not ${value}`);
    }
  });
}

function sumOf(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0);
}

describe('toy images', () => {
  it('have the densities of ctapipe’s ellipses', () => {
    expectClose(gaussianImage(PIX_X, PIX_Y, ellipse), unpack('f8', TOY_IMAGES.gaussian));
    for (const { skewness, density } of TOY_IMAGES.skewed) {
      expectClose(skewedGaussianImage(PIX_X, PIX_Y, ellipse, skewness), unpack('f8', density));
    }
  });

  it('have the densities of ctapipe’s rings, converted to densities per area', () => {
    for (const { rho, phi0, density } of TOY_IMAGES.rings) {
      const image = ringImage(PIX_X, PIX_Y, { ...ring, rho, phi0 });
      // ctapipe gives densities per radius and angle.
      const distance = (pixel: number) => Math.hypot(PIX_X[pixel] - ring.x, PIX_Y[pixel] - ring.y);
      expectClose(image, unpack('f8', density), distance);
    }
  });

  it('have ctapipe’s time gradients', () => {
    const { gradient, intercept, time } = TOY_IMAGES;
    expectClose(obtainTimeImage(PIX_X, PIX_Y, ellipse, gradient, intercept), unpack('f8', time));
  });

  it('contain the requested intensity', () => {
    // A fine grid, so that the sum approximates the integral.
    const n = 400;
    const step = 2.4 / n;
    const x = Float64Array.from({ length: n * n }, (_, i) => ((i % n) - (n - 1) / 2) * step);
    const y = Float64Array.from({ length: n * n }, (_, i) => (Math.floor(i / n) - (n - 1) / 2) * step);
    const area = new Float64Array(n * n).fill(step * step);
    const models = [
      gaussianImage(x, y, ellipse),
      skewedGaussianImage(x, y, ellipse, 0.8),
      ...[0, 0.5, 1, 1.5].map((rho) => ringImage(x, y, { ...ring, rho, phi0: 2 })),
    ];
    for (const density of models) expect(sumOf(expectedSignal(density, area, 500))).to.be.closeTo(500, 0.5);
  });

  it('have the moments of their model', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.12, max: 0.2, noNaN: true }),
        fc.double({ min: 0.06, max: 0.1, noNaN: true }),
        fc.double({ min: -1.5, max: 1.5, noNaN: true }),
        fc.double({ min: -0.7, max: 0.7, noNaN: true }),
        (length, width, psi, skewness) => {
          const density = skewedGaussianImage(PIX_X, PIX_Y, { x: 0.1, y: -0.05, length, width, psi }, skewness);
          const image = Float32Array.from(expectedSignal(density, PIX_AREA, 1e5));
          const all = Int32Array.from(image, (_, pixel) => pixel);
          const found = hillasParameters({ pixX: PIX_X, pixY: PIX_Y, pixArea: PIX_AREA }, image, all);
          if (!found) throw new Error('missing moments');
          // Pixels are 0.05 m wide, which adds about the squared width over 12 to the variances.
          expect(found.length).to.be.closeTo(length, 0.003);
          expect(found.width).to.be.closeTo(width, 0.003);
          expect(Math.abs(Math.sin(found.psi - psi))).to.be.below(0.02);
          expect(Math.abs(found.skewness)).to.be.closeTo(Math.abs(skewness), 0.06);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('have Poisson fluctuations that are reproducible for a seed', () => {
    const expected = expectedSignal(gaussianImage(PIX_X, PIX_Y, ellipse), PIX_AREA, 5000);
    const { image, signal, noise } = generateImage(new RandomStream(3), expected, 5);
    expectSame(generateImage(new RandomStream(3), expected, 5).image, image);
    expect(sumOf(image)).to.be.closeTo(sumOf(signal), 0.1);
    // The standard deviation of the signal is 71, that of the mean noise 0.05.
    expect(sumOf(signal)).to.be.within(5000 - 4 * 71, 5000 + 4 * 71);
    expect(sumOf(noise) / noise.length).to.be.closeTo(5, 0.2);
  });

  it('reject a skewness out of range', () => {
    expect(() => skewedGaussianImage(PIX_X, PIX_Y, ellipse, 1)).to.throw(RangeError, 'skewness');
  });
});

describe('normalCdf', () => {
  it('is symmetric and monotonic and accurate in the tails', () => {
    fc.assert(
      fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (x) => {
        expect(normalCdf(x) + normalCdf(-x)).to.be.closeTo(1, 1e-14);
        expect(normalCdf(x + 0.01)).to.be.at.least(normalCdf(x));
      }),
    );
    // At 3, the series expansion changes to the continued fraction.
    expect(normalCdf(3 - 1e-12) / normalCdf(3)).to.be.closeTo(1, 1e-12);
    expect(normalCdf(-3 - 1e-12) / normalCdf(-3 + 1e-12)).to.be.closeTo(1, 1e-10);
  });
});

describe('an image of nine islands', () => {
  TOY_IMAGES.nineIslands.forEach(({ image: packed, found }, index) => {
    for (const { picture, boundary, mask, nIslands, labels, ...options } of found) {
      it(`no. ${index}, cleaned with ${picture} and ${boundary} p.e., has ctapipe’s mask and islands`, () => {
        const image = unpack('f4', packed);
        const cleaned = new Uint8Array(image.length);
        tailcutsClean(NEIGHBORS, image, picture, boundary, options, cleaned);
        expectSame(cleaned, unpack('u1', mask));
        const islands = numberOfIslands(NEIGHBORS, cleaned);
        expect(islands.nIslands).to.equal(nIslands);
        expectSame(islands.labels, unpack('i2', labels));
      });
    }
  });
});
