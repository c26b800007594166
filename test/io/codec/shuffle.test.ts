import { shuffle, unshuffle } from '@cherenkit/io';
import { expect } from 'chai';
import fc from 'fast-check';

describe('unshuffle', () => {
  it('reverses shuffle, for rows of all sizes and at all places in memory', () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 20 }), fc.nat(7), fc.nat(7), (rows, rowBytes, from, to) => {
        const shuffled = new Uint8Array(from + rows.length).subarray(from);
        shuffled.set(shuffle(rows, rowBytes));
        const target = new Uint8Array(to + rows.length).subarray(to);
        expect(unshuffle(shuffled, rowBytes, target)).to.equal(target);
        expect(target).to.deep.equal(rows);
        expect(unshuffle(shuffled, rowBytes)).to.deep.equal(rows);
      }),
    );
    fc.assert(
      fc.property(bytes, (rows) => {
        expect(unshuffle(shuffle(rows, 4), 4)).to.deep.equal(rows);
      }),
    );
    // More than one piece of 16384 words, the last one incomplete.
    const rows = Uint8Array.from({ length: 4 * 40001 + 3 }, (_, i) => (i * 2654435761) >>> 24);
    expect(unshuffle(shuffle(rows, 4), 4)).to.deep.equal(rows);
  });
});
