import type { StoredMember } from '@cherenkit/plugin-hdf5';
import { decodeColumn, valuesFor } from '@cherenkit/plugin-hdf5/internal';
import { TYPED_ARRAYS, type NumericType } from '@cherenkit/tables';
import { expect } from 'chai';
import fc from 'fast-check';

const anyMember = fc
  .record({
    type: fc.constantFrom(...(Object.keys(TYPED_ARRAYS) as NumericType[])),
    shape: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 2 }),
    offset: fc.nat(9),
    isBigEndian: fc.boolean(),
  })
  .map(({ type, shape, offset, isBigEndian }): StoredMember => {
    const count = shape.reduce((product, length) => product * length, 1);
    const size = count * TYPED_ARRAYS[type].BYTES_PER_ELEMENT;
    return { name: 'x', type, shape, offset, count, size, isBigEndian };
  });

describe('decodeColumn', () => {
  it('copies every bit of numbers at any place in the row, in both byte orders', () => {
    fc.assert(
      fc.property(
        anyMember,
        fc.nat(4),
        fc.nat(20),
        fc.nat(3),
        fc.infiniteStream(fc.nat(255)),
        (member, padding, nRows, first, bytes) => {
          const { type, offset, size, count, isBigEndian } = member;
          const rowBytes = offset + size + padding;
          const rows = Uint8Array.from({ length: rowBytes * nRows }, () => Number(bytes.next().value));
          const values = valuesFor(member, first + nRows);
          decodeColumn(member, rows, rowBytes, values, first);

          const width = TYPED_ARRAYS[type as NumericType].BYTES_PER_ELEMENT;
          const expected = new Uint8Array((first + nRows) * size);
          for (let row = 0; row < nRows; row++) {
            for (let k = 0; k < count; k++) {
              const element = rows.slice(
                row * rowBytes + offset + k * width,
                row * rowBytes + offset + (k + 1) * width,
              );
              expected.set(isBigEndian ? element.reverse() : element, ((first + row) * count + k) * width);
            }
          }
          const found = new Uint8Array((values as Uint8Array).buffer);
          expect(found).to.deep.equal(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('writes rows to given places', () => {
    const anyRows = fc.uint8Array({ maxLength: 400 });
    fc.assert(
      fc.property(anyMember, anyRows, fc.infiniteStream(fc.nat()), (member, bytes, numbers) => {
        const rowBytes = member.offset + member.size;
        const nRows = Math.floor(bytes.length / rowBytes);
        const rows = bytes.subarray(0, nRows * rowBytes);
        const keys = Array.from({ length: nRows }, () => Number(numbers.next().value));
        const places = Int32Array.from(keys.keys()).sort((a, b) => keys[a] - keys[b]);
        const [inOrder, placed] = [valuesFor(member, nRows), valuesFor(member, nRows)];
        decodeColumn(member, rows, rowBytes, inOrder, 0);
        decodeColumn(member, rows, rowBytes, placed, 0, places);
        const bytesOf = (values: unknown): Uint8Array => new Uint8Array((values as Uint8Array).buffer);
        for (let row = 0; row < nRows; row++) {
          const cell = bytesOf(placed).subarray(places[row] * member.size, (places[row] + 1) * member.size);
          expect(cell).to.deep.equal(bytesOf(inOrder).subarray(row * member.size, (row + 1) * member.size));
        }
      }),
      { numRuns: 300 },
    );
    const member: StoredMember = { name: 't', type: 'S2', shape: [], offset: 0, count: 1, size: 2, isBigEndian: false };
    const texts = valuesFor(member, 3);
    decodeColumn(member, new TextEncoder().encode('a\0b\0c\0'), 2, texts, 0, Int32Array.of(2, 0, 1));
    expect(texts).to.deep.equal(['b', 'c', 'a']);
  });

  it('decodes texts up to the first NUL, each and repeated ones', () => {
    const rows = new TextEncoder().encode('ab\0\0|ab\0\0|\0\0xx|\0\0\0\0|');
    const member: StoredMember = { name: 't', type: 'S4', shape: [], offset: 0, count: 1, size: 4, isBigEndian: false };
    const values = valuesFor(member, 4);
    decodeColumn(member, rows.subarray(0, 20), 5, values, 0);
    expect(values).to.deep.equal(['ab', 'ab', '', '']);
  });
});
