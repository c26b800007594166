import { descriptiveStatistics } from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';

describe('descriptiveStatistics', () => {
  it('is NaN if any of the values is NaN, whatever its position', () => {
    const valuesWithNaN = fc
      .tuple(fc.array(fc.float({ noNaN: true, noDefaultInfinity: true })), fc.nat())
      .map(([values, at]) => values.toSpliced(at % (values.length + 1), 0, NaN));
    fc.assert(
      fc.property(valuesWithNaN, (values) => {
        const selected = Int32Array.from(values.keys());
        const { max, min, mean, std } = descriptiveStatistics(Float32Array.from(values), selected);
        expect([max, min, mean, std]).to.deep.equal([NaN, NaN, NaN, NaN]);
      }),
    );
  });
});
