import { expect } from 'chai';
import fc from 'fast-check';
import { arrayText } from '@cherenkit/plugin-production';

describe('arrayText', () => {
  it('joins consecutive numbers', () => {
    expect(arrayText([])).to.equal('');
    expect(arrayText([3])).to.equal('3');
    expect(arrayText([0, 1, 2, 7, 9, 10])).to.equal('0-2,7,9-10');
  });

  it('names each number once', () => {
    const numbers = fc.uniqueArray(fc.nat(200)).map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(numbers, (list) => {
        const named = arrayText(list)
          .split(',')
          .filter(Boolean)
          .flatMap((part) => {
            const [first = NaN, last = first] = part.split('-').map(Number);
            return Array.from({ length: last - first + 1 }, (_, i) => first + i);
          });
        expect(named).to.deep.equal(list);
      }),
    );
  });
});
