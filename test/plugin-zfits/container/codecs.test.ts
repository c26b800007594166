import { byteSourceFrom } from '@cherenkit/io';
import { ZfitsFile } from '@cherenkit/plugin-zfits/zfits';
import { expect } from 'chai';
import fc from 'fast-check';
import { deflateSync } from 'node:zlib';
import { errorOf } from '../../support/error-of.js';
import { block, bytesOf, huffman, huffmanBlock, joined, zfitsFile } from '../../support/zfits-builder.js';

/** Reads a block of one message with an array of bytes, whose length precedes it. */
async function decode(steps: readonly number[], content: Uint8Array, longest = 4000): Promise<Uint8Array> {
  const column = { name: 'values', id: '1', form: `${longest}B` };
  const tiles = [{ nRows: 1, blocks: [block(steps, content)] }];
  const { tables } = await ZfitsFile.open(
    byteSourceFrom(zfitsFile({ name: 'Events', message: '', columns: [column], tiles }), 'codecs'),
  );
  for await (const tile of tables[0].tiles()) {
    const next = await tile.open(tables[0].columns[0], 'array');
    return next?.() as Uint8Array;
  }
  throw new Error('no tile');
}

/** The array behind its length, padded to a multiple of four bytes, as 16-bit words. */
function stored(bytes: Uint8Array): Uint16Array {
  const size = 4 * Math.ceil(bytes.length / 4);
  const content = joined(bytesOf(Int32Array.of(bytes.length)), bytes, new Uint8Array(size - bytes.length));
  return new Uint16Array(content.buffer, 0, content.length / 2);
}

const differences = (values: Uint16Array): Uint16Array => values.map((value, i) => value - (i > 0 ? values[i - 1] : 0));

function smoothed(values: Uint16Array): Uint16Array {
  const signed = new Int16Array(values.buffer, values.byteOffset, values.length);
  return values.map((value, i) => (i < 2 ? value : value - Math.trunc((signed[i - 1] + signed[i - 2]) / 2)));
}

function halves(bytes: Uint8Array, size: 2 | 4): Uint8Array {
  const parts = [0, 1].map((half) => bytes.filter((_, i) => Math.floor((i % size) / (size / 2)) === half));
  return joined(...parts);
}

/** Encoders of lists of steps, each the inverse of what the reader does. */
const ENCODERS: Readonly<Record<string, (values: Uint16Array) => Uint8Array>> = {
  '0': bytesOf,
  '1': (values) => bytesOf(smoothed(values)),
  '2': (values) => huffmanBlock(values),
  '1,2': (values) => huffmanBlock(smoothed(values)),
  '3': (values) => bytesOf(differences(values)),
  '4': (values) => bytesOf(differences(differences(values))),
  '3,2': (values) => huffmanBlock(differences(values)),
  '5,7': (values) => deflateSync(halves(bytesOf(values), 2)),
  '14,7': (values) => deflateSync(halves(bytesOf(values), 4)),
  '3,16,5,7': (values) => deflateSync(halves(bytesOf(differences(values).map((value) => value + 128)), 2)),
  '7': (values) => deflateSync(bytesOf(values)),
  '9': (values) => lzoLiterals(bytesOf(values)),
  '12': (values) => {
    const streams = [values.subarray(0, 1), values.subarray(1)].map((part) => huffman(part));
    return joined(bytesOf(Uint32Array.of(...streams.map(({ length }) => length))), ...streams);
  },
};

/** LZO data of one run of literals. */
function lzoLiterals(bytes: Uint8Array): Uint8Array {
  const end = Uint8Array.of(17, 0, 0);
  if (bytes.length < 238) return joined(Uint8Array.of(17 + bytes.length), bytes, end);
  const more = bytes.length - 18;
  const zeros = Math.ceil(more / 255) - 1;
  return joined(Uint8Array.of(0), new Uint8Array(zeros), Uint8Array.of(more - 255 * zeros), bytes, end);
}

describe('compression of zfits files', () => {
  for (const [steps, encode] of Object.entries(ENCODERS)) {
    it(`undoes the steps ${steps}`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
          const found = await decode(steps.split(',').map(Number), encode(stored(bytes)));
          expect([...found]).to.deep.equal([...bytes]);
        }),
        { numRuns: 30 },
      );
    });
  }

  it('undoes LZO with copies near and far, and overlapping ones', async () => {
    // The length 12, "abcd" as literals; then the last four bytes twice, by one copy that overlaps itself.
    const copy = Uint8Array.of(
      ...Buffer.from([17 + 8, 12, 0, 0, 0]),
      ...Buffer.from('abcd'),
      (7 << 5) | (3 << 2),
      0,
      17,
      0,
      0,
    );
    expect(Buffer.from(await decode([9], copy)).toString()).to.equal('abcdabcdabcd');
  });

  it('refuses damaged data with the place', async () => {
    const cases: readonly [number[], Uint8Array, string][] = [
      [[7], Uint8Array.of(1, 2, 3), 'invalid zlib data'],
      [[23], Uint8Array.of(1, 2, 3, 4, 5), 'invalid zstd data'],
      [[9], Uint8Array.of(20, 1), 'LZO data end within literals'],
      [[9], Uint8Array.of(18, 1, 64, 5), 'LZO data refer to byte'],
      [[9], Uint8Array.of(18, 1), 'LZO data without end mark'],
      [[5], Uint8Array.of(1, 2, 3), '3 bytes of split values, expected a multiple of 2'],
      [[2], Uint8Array.of(1, 2), 'the length of a Huffman stream is missing'],
      [[2], bytesOf(Uint32Array.of(100)), 'a Huffman stream of 100 bytes, but 0 bytes are left'],
    ];
    for (const [steps, content, message] of cases) {
      const error = await errorOf(decode(steps, content));
      expect(error).to.include({ code: 'ZFITS_CORRUPT' });
      expect(error.message).to.include(message);
      expect(error.message).to.match(/^codecs, table Events, byte \d+: column values of messages 0 to 0: /);
    }
  });

  it('refuses content that is longer than the header allows, before it is decoded', async () => {
    const zeros = new Uint8Array(2 ** 20);
    const large = stored(zeros);
    const cases: readonly [number[], Uint8Array][] = [
      [[7], deflateSync(bytesOf(large))],
      [[2], huffmanBlock(new Uint16Array(2 ** 20))],
      [[9], lzoLiterals(zeros)],
    ];
    for (const [steps, content] of cases) {
      expect(await errorOf(decode(steps, content, 100)), String(steps)).to.include({ code: 'ZFITS_CORRUPT' });
    }
  });

  it('names steps that are not supported', async () => {
    for (const [step, name] of [
      [10, '10 (Rice)'],
      [99, '99'],
    ] as const) {
      const error = await errorOf(decode([1, step], Uint8Array.of(1)));
      expect(error).to.include({ code: 'ZFITS_UNSUPPORTED' });
      expect(error.message).to.include(`column values is compressed by ${name}, which is not supported`);
    }
  });
});
