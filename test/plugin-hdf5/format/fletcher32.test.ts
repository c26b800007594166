import { fletcher32 } from '@cherenkit/plugin-hdf5/internal';
import { expect } from 'chai';
import fc from 'fast-check';

/** Sums of big-endian words, one after the other. Those of words that are not all 0 are 1 to 65535. */
function sums(bytes: Uint8Array): number {
  const add = (a: number, b: number): number => (a + b > 0xffff ? a + b - 0xffff : a + b);
  let [first, second] = [0, 0];
  for (let i = 0; i < bytes.length; i += 2) {
    first = add(first, (bytes[i] << 8) | (bytes[i + 1] ?? 0));
    second = add(second, first);
  }
  return second * 2 ** 16 + first;
}

describe('fletcher32', () => {
  it('is the sum of the words and of their sums, for all lengths and places in memory', () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ minLength: 700, maxLength: 2000 }));
    const dark = fc.nat(3000).map((length) => new Uint8Array(length));
    const bright = fc.nat(3000).map((length) => new Uint8Array(length).fill(255));
    fc.assert(
      fc.property(fc.oneof(bytes, dark, bright), fc.nat(5), (content, offset) => {
        const placed = new Uint8Array(offset + content.length).subarray(offset);
        placed.set(content);
        expect(fletcher32(placed)).to.equal(sums(content));
      }),
      { numRuns: 300 },
    );
  });
});
