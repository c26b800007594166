import { expect } from 'chai';
import fc from 'fast-check';
import { divideEvents } from '@cherenkit/plugin-production';

describe('divideEvents', () => {
  it('does not divide inputs up to one and a half times the target', () => {
    expect(divideEvents(0, 10)).to.equal(undefined);
    expect(divideEvents(14, 10)).to.equal(undefined);
    expect(divideEvents(15, 10)).to.deep.equal([
      [0, 8],
      [8, 15],
    ]);
  });

  it('makes consecutive ranges of all events whose lengths are within a factor of two of the target', () => {
    const sizes = fc.tuple(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 1e4 }));
    fc.assert(
      fc.property(sizes, ([nEvents, perRange]) => {
        const ranges = divideEvents(nEvents, perRange) ?? [[0, nEvents]];
        let end = 0;
        for (const [first, next] of ranges) {
          if (first !== end || (next <= first && nEvents > 0)) return false;
          if (next - first > 2 * perRange) return false;
          end = next;
        }
        return end === nEvents;
      }),
    );
  });
});
