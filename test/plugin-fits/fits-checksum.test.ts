import { Ones32 } from '@cherenkit/plugin-fits';
import { expect } from 'chai';
import fc from 'fast-check';

/** The definition: words of four bytes, the most significant first, with carries added at the lower end. */
function sumOfWords(bytes: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 4) {
    const [first = 0, second = 0, third = 0, fourth = 0] = bytes.slice(i, i + 4);
    sum += first * 2 ** 24 + second * 2 ** 16 + third * 2 ** 8 + fourth;
    if (sum >= 2 ** 32) sum -= 2 ** 32 - 1;
  }
  return sum;
}

describe('Ones32', () => {
  it('adds bytes in any parts, wherever they are in memory', () => {
    const bytes = fc.array(fc.nat(255), { maxLength: 3000 });
    fc.assert(
      fc.property(bytes, fc.nat(7), fc.array(fc.nat(1500), { maxLength: 5 }), (list, offset, sizes) => {
        const memory = new Uint8Array(list.length + offset);
        memory.set(list, offset);
        const sum = new Ones32();
        let at = offset;
        for (const size of [...sizes, Infinity]) {
          sum.add(memory.subarray(at, at + size));
          at = Math.min(at + size, memory.length);
        }
        expect(sum.value).to.equal(sumOfWords(list));
      }),
    );
  });
});
