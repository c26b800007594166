import { packJson, unpackJson } from '@cherenkit/plugin-display/internal';
import { expect } from 'chai';
import fc from 'fast-check';

describe('packJson', () => {
  it('keeps plain data, typed arrays, and numbers to 7 digits', async () => {
    const value = fc.record({
      text: fc.string(),
      count: fc.maxSafeInteger(),
      number: fc.double({ noNaN: true, noDefaultInfinity: true }),
      ids: fc.int32Array(),
      angles: fc.float64Array({ noNaN: true }),
      mask: fc.uint8Array(),
      list: fc.array(fc.boolean()),
    });
    await fc.assert(
      fc.asyncProperty(value, async (given) => {
        const { number, ...exact } = (await unpackJson(await packJson(given))) as typeof given;
        const { number: expected, ...rest } = given;
        expect(exact).to.deep.equal(rest);
        expect(Math.abs(number - expected)).to.be.at.most(1e-6 * Math.abs(expected));
      }),
      { numRuns: 50 },
    );
  });

  it('keeps float32 arrays to a 65,000th of their range, NaN as NaN', async () => {
    const values = fc.float32Array({ noDefaultInfinity: true, min: -1e6, max: 1e6, minLength: 1 });
    await fc.assert(
      fc.asyncProperty(values, async (given) => {
        const found = (await unpackJson(await packJson(given))) as Float32Array;
        const finite = given.filter(Number.isFinite);
        const range = Math.max(...finite) - Math.min(...finite);
        expect(Array.from(found, Number.isNaN)).to.deep.equal(Array.from(given, Number.isNaN));
        found.forEach((value, i) => {
          if (!Number.isNaN(value))
            expect(Math.abs(value - given[i])).to.be.at.most(range / 65534 + 1e-6 * Math.abs(given[i]));
        });
      }),
      { numRuns: 50 },
    );
  });

  it('stores maps as objects and NaN as null', async () => {
    const packed = await packJson({ tel: new Map([[5, { alt: NaN }]]) });
    expect(await unpackJson(packed)).to.deep.equal({ tel: { 5: { alt: null } } });
  });
});
