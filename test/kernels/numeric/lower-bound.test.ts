import { lowerBound } from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';

describe('lowerBound', () => {
  it('has smaller elements before it, and none from it on', () => {
    const arrays = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 30 });
    fc.assert(
      fc.property(arrays, fc.integer({ min: -1, max: 21 }), (values, value) => {
        const sorted = values.sort((a, b) => a - b);
        const index = lowerBound(sorted, value);
        expect(sorted.filter((each) => each < value)).to.deep.equal(sorted.slice(0, index));
      }),
    );
  });
});
