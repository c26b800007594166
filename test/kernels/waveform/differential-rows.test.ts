import { decodeDifferentialRows, encodeDifferentialRows, maxEncodedSize } from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';

/** A signed varint by the definition of the format: zigzag code, preceded by a leading one per following byte. */
function varint(value: number): number[] {
  const zigzag = value >= 0 ? 2 * value : -2 * value - 1;
  let more = 0;
  while (more < 4 && zigzag >= 2 ** (7 * (more + 1))) more++;
  const bytes = Array.from({ length: more + 1 }, (_, i) => Math.floor(zigzag / 256 ** (more - i)) % 256);
  bytes[0] |= (0xff00 >> more) & 0xff;
  return bytes;
}

function encode(rows: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from(rows.flatMap((row) => row.flatMap((value, i) => varint(value - (i === 0 ? 0 : row[i - 1])))));
}

const rows = (max: number) =>
  fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 6 })).chain(([width, height]) =>
    fc.array(fc.array(fc.oneof(fc.nat(max), fc.nat(60)), { minLength: width, maxLength: width }), {
      minLength: height,
      maxLength: height,
    }),
  );

describe('decodeDifferentialRows', () => {
  it('decodes 16-bit rows', () => {
    fc.assert(
      fc.property(rows(0xffff), (values) => {
        const bytes = encode(values);
        const decoded = new Uint16Array(values.flat().length);
        expect(decodeDifferentialRows(bytes, 0, values[0].length, decoded)).to.equal(bytes.length);
        expect([...decoded]).to.deep.equal(values.flat());
      }),
    );
  });

  it('decodes 32-bit rows', () => {
    fc.assert(
      fc.property(rows(0x7fffffff), (values) => {
        const bytes = encode(values);
        const decoded = new Uint32Array(values.flat().length);
        expect(decodeDifferentialRows(bytes, 0, values[0].length, decoded)).to.equal(bytes.length);
        expect([...decoded]).to.deep.equal(values.flat());
      }),
    );
  });

  it('returns -1 for truncated input', () => {
    fc.assert(
      fc.property(rows(0xffff), fc.nat(), (values, cut) => {
        const bytes = encode(values);
        const decoded = new Uint16Array(values.flat().length);
        const short = bytes.subarray(0, cut % bytes.length);
        expect(decodeDifferentialRows(short, 0, values[0].length, decoded)).to.equal(-1);
      }),
    );
  });

  it('returns -1 for values of more than 32 bits', () => {
    const bytes = Uint8Array.of(0xf8, 1, 2, 3, 4, 5, 6, 7, 8);
    expect(decodeDifferentialRows(bytes, 0, 1, new Uint32Array(1))).to.equal(-1);
  });
});

describe('encodeDifferentialRows', () => {
  for (const [bits, max, array] of [
    [16, 0xffff, Uint16Array],
    [32, 0xffffffff, Uint32Array],
  ] as const) {
    it(`writes the bytes of the format, ${bits} bits`, () => {
      fc.assert(
        fc.property(rows(max), fc.nat(9), (values, begin) => {
          const flat = array.from(values.flat());
          const out = new Uint8Array(begin + maxEncodedSize(flat.length));
          const end = encodeDifferentialRows(flat, values[0].length, out, begin);
          expect([...out.subarray(begin, end)]).to.deep.equal([...encode(values)]);
        }),
      );
    });
  }

  it('can be decoded to the same numbers for any 32-bit values', () => {
    fc.assert(
      fc.property(rows(0xffffffff), (values) => {
        const flat = Uint32Array.from(values.flat());
        const out = new Uint8Array(maxEncodedSize(flat.length));
        const end = encodeDifferentialRows(flat, values[0].length, out, 0);
        const decoded = new Uint32Array(flat.length);
        expect(decodeDifferentialRows(out.subarray(0, end), 0, values[0].length, decoded)).to.equal(end);
        expect(decoded).to.deep.equal(flat);
      }),
    );
  });
});
