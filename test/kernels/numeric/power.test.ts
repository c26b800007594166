import { createHash } from 'node:crypto';
import { power, RandomStream } from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';

const random = new RandomStream(1, 2);
const ARGUMENTS = Float64Array.from({ length: 20_000 }, () => random.uniform());

/** Digest of the values of a function at fixed arguments between 0 and 1. */
function digestOf(f: (x: number) => number): string {
  return createHash('sha256')
    .update(new Uint8Array(ARGUMENTS.map(f).buffer))
    .digest('hex')
    .slice(0, 16);
}

describe('power', () => {
  it('is within one unit in the last place of the exact power', () => {
    // Powers of integers are exact below 2^53.
    fc.assert(
      fc.property(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 0, max: 15 }), (base, exponent) => {
        const exact = Number(BigInt(base) ** BigInt(exponent));
        expect(Math.abs(power(base, exponent) - exact)).to.be.at.most(Math.abs(exact) * 2 ** -52);
      }),
    );
  });

  it('deviates from the power of the engine by rounding at most', () => {
    const numbers = fc.double({ min: 1e-8, max: 1e8, noNaN: true });
    fc.assert(
      fc.property(numbers, fc.double({ min: -20, max: 20, noNaN: true }), (base, exponent) => {
        const expected = base ** exponent;
        expect(Math.abs(power(base, exponent) / expected - 1)).to.be.at.most(2 ** -51);
      }),
    );
  });

  it('has the special values of the language', () => {
    const special = [0, -0, 1, -1, 2, -2, 0.5, -3, NaN, Infinity, -Infinity, 1e-320, 1e308];
    for (const base of special) {
      for (const exponent of special)
        expect(power(base, exponent), `${base} ** ${exponent}`).to.deep.equal(base ** exponent);
    }
  });

  // The digests are those of Node 20 and 24; `**` itself has different ones.
  for (const [name, f, digest] of [
    ['x ** 3', (x) => power(40 * x, 3), '9f3c0ee00a544552'],
    ['x ** 4', (x) => power(40 * x, 4), '472631b8a0680d50'],
    ['10 ** x', (x) => power(10, 8 * x - 4), 'fbbcf0b4d928c4a7'],
    ['x ** y', (x) => power(100 * x, 6 * x - 3), 'd3078ca7f589a79a'],
    ['sqrt', (x) => Math.sqrt(x), '2997d7c1ab0cf628'],
    ['exp', (x) => Math.exp(40 * x - 20), 'dca16fd95464d7db'],
    ['log', (x) => Math.log(x), '43071f085a484360'],
    ['log10', (x) => Math.log10(x), 'aee8b29565423c09'],
    ['sin', (x) => Math.sin(20 * x - 10), 'c4329b3dea73010c'],
    ['cos', (x) => Math.cos(20 * x - 10), '10e79f6fcdd2c09d'],
    ['tan', (x) => Math.tan(20 * x - 10), '75512d91ddbe3b00'],
    ['acos', (x) => Math.acos(2 * x - 1), '40d665c06fca986c'],
    ['asin', (x) => Math.asin(2 * x - 1), 'f247364612ca1acb'],
    ['atan2', (x) => Math.atan2(2 * x - 1, x), 'd8cc19ebbc87f918'],
    ['hypot', (x) => Math.hypot(x, 3 * x - 1), 'f6a5c9218276830d'],
  ] as const satisfies readonly (readonly [string, (x: number) => number, string])[]) {
    it(`gives the same bits in all engines: ${name}`, () => {
      expect(digestOf(f)).to.equal(digest);
    });
  }
});
