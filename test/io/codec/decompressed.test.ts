import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import {
  ByteOutput,
  byteSource,
  byteSourceFrom,
  CompressedInputError,
  decompressed,
  decompressedChunks,
  MemorySink,
  openFile,
  type ByteSource,
} from '@cherenkit/io';
import { expect } from 'chai';
import { errorOf } from '../../support/error-of.js';
import { REPOSITORY_ROOT } from '../../support/repository-root.js';

async function textOf(source: ByteSource): Promise<{ text: string; error: unknown }> {
  let text = '';
  try {
    for await (const chunk of decompressed(source)) text += Buffer.from(chunk).toString('latin1');
  } catch (error) {
    return { text, error };
  }
  return { text, error: undefined };
}

const CONTENT = Array.from({ length: 20_000 }, (_, i) => (i * i) % 977).join(' ');

describe('decompressed input', () => {
  it('equals an uncompressed input', async () => {
    expect(await textOf(byteSourceFrom(Buffer.from(CONTENT)))).to.deep.equal({ text: CONTENT, error: undefined });
  });

  it('is detected as gzip by its magic bytes and includes all members', async () => {
    const half = CONTENT.length / 2;
    const members = [CONTENT.slice(0, half), CONTENT.slice(half)].map((part) => gzipSync(part));
    expect(await textOf(byteSourceFrom(Buffer.concat(members), 'x.zst'))).to.deep.equal({
      text: CONTENT,
      error: undefined,
    });
  });

  it('is detected in chunks of one byte', async () => {
    const bytes = gzipSync(CONTENT);
    const source = byteSource({
      name: 'drops',
      size: undefined,
      stream: () => Array.from(bytes, (byte) => Uint8Array.of(byte)),
    });
    expect(await textOf(source)).to.deep.equal({ text: CONTENT, error: undefined });
  });

  it('gives chunks of zstd back when it no longer reads them', async () => {
    const content = Buffer.from(CONTENT.repeat(20));
    const sink = new MemorySink();
    await using output = await ByteOutput.open(sink, 'a.zst');
    await output.append(content);
    await output.publish();
    const bytes = sink.bytes ?? new Uint8Array(0);
    let recycled = 0;
    const source = byteSource({
      name: 'recycled',
      size: bytes.length,
      *stream() {
        for (let at = 0; at < bytes.length; at += 10_000) yield bytes.slice(at, at + 10_000);
      },
      recycle(chunk) {
        recycled += chunk.length;
        chunk.fill(0xff);
      },
    });
    const parts: Uint8Array[] = [];
    for await (const part of decompressed(source)) parts.push(part.slice());
    expect(Buffer.concat(parts).equals(content)).to.equal(true);
    expect(recycled).to.be.within(bytes.length - 20_000, bytes.length);
  });

  it('is not changed by freeing the chunks before', async () => {
    const content = randomBytes(60_000_000);
    for (const compression of ['a.zst', 'a.gz', 'a']) {
      const sink = new MemorySink();
      await using output = await ByteOutput.open(sink, compression);
      await output.append(content);
      await output.publish();
      const { chunks, free } = decompressedChunks(byteSourceFrom(sink.bytes ?? new Uint8Array(0)));
      const hash = createHash('sha256');
      let before: Uint8Array | undefined;
      let nFreed = 0;
      for await (const chunk of chunks) {
        hash.update(chunk);
        if (before !== undefined && before.buffer !== chunk.buffer) free(before);
        if (before?.length === 0) nFreed++;
        before = chunk;
      }
      expect(hash.digest('hex'), compression).to.equal(createHash('sha256').update(content).digest('hex'));
      const canFree = 'transfer' in ArrayBuffer.prototype;
      if (compression !== 'a' && canFree) expect(nFreed, compression).to.be.at.least(5);
      else if (compression === 'a') expect(nFreed).to.equal(0);
    }
  });

  it('contains the data before a truncation of gzip', async () => {
    const bytes = gzipSync(CONTENT);
    const { text, error } = await textOf(byteSourceFrom(bytes.subarray(0, bytes.length - 100)));
    expect(CONTENT.startsWith(text)).to.equal(true);
    expect(text.length).to.be.greaterThan(CONTENT.length / 2);
    expect(error).to.be.instanceOf(CompressedInputError);
    expect(error).to.include({ code: 'INPUT_TRUNCATED', exitCode: 65, offset: bytes.length - 100 });
  });

  it('rejects corrupted gzip', async () => {
    const bytes = gzipSync(CONTENT);
    bytes.fill(0xff, bytes.length / 2, bytes.length / 2 + 50);
    const { error } = await textOf(byteSourceFrom(bytes));
    expect(error).to.include({ code: 'INPUT_CORRUPT' });
  });

  it('is empty for an empty input', async () => {
    expect(await textOf(byteSourceFrom(new Uint8Array(0)))).to.deep.equal({ text: '', error: undefined });
  });

  it('propagates errors of the input', async () => {
    const broken = byteSource({
      name: 'broken',
      size: undefined,
      *stream() {
        yield gzipSync(CONTENT).subarray(0, 1000);
        throw new Error('disk on fire');
      },
    });
    const { error } = await textOf(broken);
    expect(error).to.be.instanceOf(Error).with.property('message', 'disk on fire');
  });

  it('advances the position of the input', async () => {
    const source = byteSourceFrom(gzipSync(CONTENT));
    await textOf(source);
    expect(source.position).to.equal(source.size);
  });

  it('reports a missing file by its path', async () => {
    const path = `${REPOSITORY_ROOT}/no-such-file.simtel.zst`;
    const error = await errorOf(openFile(path));
    expect(error).to.include({ code: 'INPUT_MISSING', exitCode: 66 });
    expect(error).to.have.property('message').that.includes(path);
  });
});
