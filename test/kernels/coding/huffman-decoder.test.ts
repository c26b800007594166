import { HuffmanDecoder, SmoothingDecoder } from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';
import { huffman } from '../../support/zfits-builder.js';

function decoded(stream: Uint8Array, parts: readonly number[] = []): number[] {
  const decoder = new HuffmanDecoder(stream, 2 ** 24);
  const sizes = [...parts, decoder.nValues];
  const values: number[] = [];
  for (const size of sizes) {
    const part = new Uint16Array(Math.min(size, decoder.nValues - decoder.position));
    decoder.read(part);
    values.push(...part);
  }
  return values;
}

describe('HuffmanDecoder', () => {
  it('decodes any values, in any parts, with codes shorter and longer than a look-up', () => {
    const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0, max: 3 })), {
      minLength: 1,
      maxLength: 300,
    });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 40 }), fc.array(fc.nat(50)), (list, longest, parts) => {
        expect(decoded(huffman(Uint16Array.from(list), longest), parts)).to.deep.equal(list);
      }),
    );
  });

  it('decodes many values with the larger tables', () => {
    const list = Array.from({ length: 120_000 }, (_, i) => (i * i) % 37);
    expect(decoded(huffman(Uint16Array.from(list), 17), [99, 50_001])).to.deep.equal(list);
  });

  it('undoes the smoothing of values while it decodes them, in any parts', () => {
    const list = Int16Array.from({ length: 60_000 }, (_, i) => (((i * i) % 37) - 18) * ((i * 7) % 11 === 0 ? 1500 : 1));
    const stream = huffman(new Uint16Array(list.buffer), 17);
    const expected = list.slice();
    new SmoothingDecoder().decode(expected);
    for (const parts of [[60_000], [1, 30_001], [2, 6000, 3, 20_000, 1], [7000, 7000]]) {
      const [decoder, smoothing] = [new HuffmanDecoder(stream, 60_000), new SmoothingDecoder()];
      const values = new Uint16Array(60_000);
      let at = 0;
      for (const size of [...parts, Infinity]) {
        const part = values.subarray(at, at + size);
        decoder.read(part, smoothing);
        at += part.length;
      }
      expect(new Int16Array(values.buffer), String(parts)).to.deep.equal(expected);
    }
  });

  it('decodes a single symbol, which has no code', () => {
    expect(decoded(huffman(new Uint16Array(5).fill(513)))).to.deep.equal([513, 513, 513, 513, 513]);
  });

  it('decodes no values', () => {
    expect(decoded(new Uint8Array(16))).to.deep.equal([]);
  });

  it('refuses streams that end too early, or have undefined codes', () => {
    const stream = huffman(Uint16Array.from({ length: 1000 }, (_, i) => i % 7));
    for (const length of [3, 16, 20, 40, stream.length - 1]) {
      expect(() => decoded(stream.subarray(0, length)), String(length)).to.throw(RangeError);
    }
    const undefinedCode = huffman(Uint16Array.of(1, 2, 1, 2));
    undefinedCode[undefinedCode.length - 1] = 0xff;
    expect(() => decoded(undefinedCode)).to.throw(RangeError);
    expect(() => new HuffmanDecoder(stream, 999)).to.throw('1000 values, expected at most 999');
  });

  it('fails with a RangeError or yields values for damaged streams', () => {
    const stream = huffman(Uint16Array.from({ length: 200 }, (_, i) => (i * 7) % 50));
    fc.assert(
      fc.property(fc.nat(stream.length - 1), fc.nat(255), (at, byte) => {
        const damaged = stream.slice();
        damaged[at] = byte;
        try {
          expect(decoded(damaged).length).to.be.lessThan(8 * damaged.length);
        } catch (error) {
          expect(error).to.be.instanceOf(RangeError);
        }
      }),
    );
  });
});

describe('SmoothingDecoder', () => {
  it('undoes the smoothing of any values, in any parts', () => {
    const samples = fc.array(fc.integer({ min: -0x8000, max: 0x7fff }), { maxLength: 60 });
    fc.assert(
      fc.property(samples, fc.nat(10), (list, size) => {
        const stored = Int16Array.from(list, (value, i) =>
          i < 2 ? value : value - Math.trunc((list[i - 1] + list[i - 2]) / 2),
        );
        const decoder = new SmoothingDecoder();
        for (let at = 0; at < stored.length; at += size + 1) decoder.decode(stored.subarray(at, at + size + 1));
        expect([...stored]).to.deep.equal(list);
      }),
    );
  });
});
