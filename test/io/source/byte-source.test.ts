import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as io from '@cherenkit/io';
import { byteSource, byteSourceFrom, openFile, type ByteSource } from '@cherenkit/io';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { errorOf } from '../../support/error-of.js';
import { REPOSITORY_ROOT } from '../../support/repository-root.js';

/** Longer than a chunk of a file. */
const CONTENT = Uint8Array.from({ length: 5_000_000 }, (_, index) => (index * 31 + (index >> 8)) & 0xff);

async function allBytes(source: ByteSource): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.chunks()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('a byte source', () => {
  const folder = new TemporaryFolder();
  const file = folder.join('bytes.bin');
  let server: Server;
  let address: string;
  let openUrl: typeof openFile;

  before(async () => {
    writeFileSync(file, CONTENT);
    // The entry point for browsers, in place of the one for Node.
    const browser = join(REPOSITORY_ROOT, 'packages', 'io', 'dist', 'index.js');
    ({ openFile: openUrl } = (await import(pathToFileURL(browser).href)) as typeof io);
    server = createServer(({ method, url, headers }, response) => {
      const takesRanges = url === '/ranges';
      if (takesRanges) response.setHeader('accept-ranges', 'bytes');
      const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
      const content = takesRanges && first ? CONTENT.subarray(Number(first), Number(last) + 1) : CONTENT;
      response.setHeader('content-length', content.length);
      response.statusCode = url === '/nothing' ? 404 : content === CONTENT ? 200 : 206;
      response.end(method === 'HEAD' ? undefined : content);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
    folder[Symbol.dispose]();
  });

  const seekable: Readonly<Record<string, () => Promise<ByteSource>>> = {
    'a file': () => openFile(file),
    'a file URL': () => openFile(pathToFileURL(file)),
    'bytes in memory': () => Promise.resolve(byteSourceFrom(CONTENT)),
    'a Blob': () => Promise.resolve(byteSourceFrom(new Blob([CONTENT]), 'chosen.bin')),
    'a URL whose server supports ranges': () => openUrl(`${address}/ranges`),
  };
  for (const [name, open] of Object.entries(seekable)) {
    describe(`of ${name}`, () => {
      it('gives all bytes in each pass and counts them', async () => {
        await using source = await open();
        expect([source.size, source.position, source.canSeek]).to.deep.equal([CONTENT.length, 0, true]);
        for (let pass = 0; pass < 2; pass++) {
          expect(Buffer.compare(await allBytes(source), CONTENT)).to.equal(0);
          expect(source.position).to.equal(CONTENT.length);
        }
      });

      it('reads at any offset during a pass', async () => {
        await using source = await open();
        const pass = source.chunks();
        await pass.next();
        const range = fc.tuple(fc.nat(CONTENT.length), fc.nat(5000)).map(([offset, length]) => {
          return [offset, Math.min(length, CONTENT.length - offset)] as const;
        });
        await fc.assert(
          fc.asyncProperty(range, async ([offset, length]) => {
            const bytes = await source.read(offset, length);
            expect(Buffer.compare(bytes, CONTENT.subarray(offset, offset + length))).to.equal(0);
          }),
          { numRuns: 30 },
        );
        await pass.return(undefined);
      });

      it('rejects a read beyond the end', async () => {
        await using source = await open();
        const error = await errorOf(source.read(CONTENT.length - 10, 11));
        expect(error).to.include({ code: 'INPUT_TRUNCATED' });
        expect(String(error)).to.include(`expected at least ${CONTENT.length + 1} bytes, found ${CONTENT.length}.`);
      });
    });
  }

  it('of a URL without range support is read sequentially only', async () => {
    await using source = await openUrl(`${address}/plain`);
    expect(source.canSeek).to.equal(false);
    expect(Buffer.compare(await allBytes(source), CONTENT)).to.equal(0);
    expect(await errorOf(source.read(0, 4))).to.include({ code: 'INPUT_NOT_SEEKABLE' });
  });

  it('is reported by name if it does not exist', async () => {
    const missing = { code: 'INPUT_MISSING', exitCode: 66 };
    expect(await errorOf(openFile(folder.join('none.bin')))).to.include(missing);
    expect(await errorOf(openFile(folder.path))).to.include(missing);
    expect(await errorOf(openUrl(`${address}/nothing`))).to.include(missing);
  });

  it('of a pipe is not seekable and is read once, but its first chunk can be inspected before', async function () {
    const pipe = folder.join('pipe');
    if (spawnSync('mkfifo', [pipe]).status !== 0) this.skip();
    const long = Buffer.concat(new Array<Uint8Array>(4).fill(CONTENT));
    const written = folder.join('long.bin');
    writeFileSync(written, long);
    createReadStream(written).pipe(createWriteStream(pipe));
    await using source = await openFile(pipe);
    expect([source.size, source.canSeek]).to.deep.equal([undefined, false]);
    const look = source.chunks();
    const { value: first = new Uint8Array(0) } = (await look.next()) as { readonly value?: Uint8Array };
    await look.return(undefined);
    expect(first[1]).to.equal(CONTENT[1]);
    expect(await errorOf(source.read(0, 4))).to.include({ code: 'INPUT_NOT_SEEKABLE', exitCode: 66 });
    expect(Buffer.compare(await allBytes(source), long)).to.equal(0);
    expect(await errorOf(allBytes(source))).to.include({ code: 'INPUT_NOT_SEEKABLE' });
  });

  it('skips empty chunks, and closes its stream if a pass ends early', async () => {
    let ended = 0;
    async function* stream(): AsyncGenerator<Uint8Array> {
      try {
        yield* await Promise.resolve([Uint8Array.of(1), new Uint8Array(0), Uint8Array.of(2)]);
      } finally {
        ended++;
      }
    }
    const source = byteSource({ name: 'some', size: undefined, stream });
    expect([...(await allBytes(source))]).to.deep.equal([1, 2]);
    for await (const chunk of source.chunks()) if (chunk.length > 0) break;
    expect(ended).to.equal(2);
  });
});
