import {
  byteSourceFrom,
  ByteOutput,
  compressionOf,
  compressionOfName,
  decompressed,
  fzstdCodec,
  MemorySink,
  storedZstdEncoder,
  decompressZstd,
  type ByteEncoder,
} from '@cherenkit/io';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { ctapipePython, skipWithoutCtapipe } from '../../support/ctapipe-python.js';

async function allOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

async function encoded(encoder: ByteEncoder, pieces: readonly Uint8Array[]): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (const piece of pieces) for (const part of await encoder.encode(piece)) parts.push(Buffer.from(part));
  for (const part of await encoder.end()) parts.push(Buffer.from(part));
  encoder.close();
  return Buffer.concat(parts);
}

const pieces = fc.array(
  fc.tuple(fc.uint8Array({ maxLength: 50 }), fc.nat(5000)).map(([bytes, times]) => {
    return Buffer.concat(Array<Uint8Array>(times).fill(bytes));
  }),
  { maxLength: 6 },
);

describe('the bytes of an output', () => {
  for (const name of ['a.simtel', 'a.simtel.gz', 'a.simtel.zst']) {
    it(`are read back from ${name}`, () =>
      fc.assert(
        fc.asyncProperty(pieces, async (parts) => {
          const sink = new MemorySink();
          await using output = await ByteOutput.open(sink, name);
          const scratch = new Uint8Array(300_000);
          for (const part of parts) {
            scratch.set(part); // a writer may reuse its buffer
            await output.append(scratch.subarray(0, part.length));
          }
          expect(sink.bytes).to.equal(undefined);
          await output.publish();
          const written = sink.bytes ?? Buffer.alloc(0);
          const content = Buffer.concat(parts);
          if (content.length > 0) expect(compressionOf(written)).to.equal(compressionOfName(name));
          expect((await allOf(decompressed(byteSourceFrom(written)))).equals(content)).to.equal(true);
        }),
        { numRuns: 20 },
      ));
  }

  it('are stored in uncompressed zstd frames with a checksum if no compressor is available', () =>
    fc.assert(
      fc.asyncProperty(pieces, async (parts) => {
        const frame = await encoded(await storedZstdEncoder(), parts);
        const content = Buffer.concat(parts);
        const codec = await fzstdCodec();
        const read = async (bytes: Uint8Array) => allOf(decompressZstd(byteSourceFrom(bytes).chunks(), codec));
        expect((await read(frame)).equals(content)).to.equal(true);
        if (content.length === 0) return;
        const damaged = Buffer.from(frame);
        damaged[frame.length - 5] ^= 1;
        let error: unknown;
        await read(damaged).catch((thrown: unknown) => (error = thrown));
        expect(error).to.be.instanceOf(Error);
      }),
      { numRuns: 20 },
    ));

  it('are stored in frames that the zstd library reads', async function () {
    skipWithoutCtapipe.call(this);
    using folder = new TemporaryFolder();
    const content = Buffer.from(Array.from({ length: 60_000 }, (_, i) => (i * i) % 997).join(' '));
    folder.write('a.zst', await encoded(await storedZstdEncoder(), [content]));
    const script =
      'import zstandard; print(zstandard.ZstdDecompressor().stream_reader(open("a.zst", "rb")).read().decode())';
    expect(await ctapipePython(['-c', script], { cwd: folder.path })).to.equal(`${content.toString()}\n`);
  });
});
