import { expect } from 'chai';
import fc from 'fast-check';
import { areFinite, hasInfinite } from '@cherenkit/kernels';

const values = fc
  .array(fc.oneof(fc.float(), fc.constantFrom(NaN, Infinity, -Infinity)))
  .map((all) => Float32Array.from(all));

describe('areFinite and hasInfinite', () => {
  it('say whether all values are finite, and whether any is infinite', () => {
    fc.assert(
      fc.property(values, (all) => {
        expect(areFinite(all)).to.equal(all.every((value) => Number.isFinite(value)));
        expect(hasInfinite(all)).to.equal(all.some((value) => Math.abs(value) === Infinity));
      }),
    );
  });
});
