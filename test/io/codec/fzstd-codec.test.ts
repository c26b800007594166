import { decompressZstd, fzstdCodec } from '@cherenkit/io';
import { expect } from 'chai';
import { CpuStopwatch } from '../../support/cpu-stopwatch.js';
import { errorOf } from '../../support/error-of.js';
import { LiveObjects } from '../../support/live-objects.js';

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
const MAX_BLOCK = 2 ** 17;
const RLE = 2;

/** A frame of blocks of 128 KiB of zeros, four bytes each. */
function zeroFrame(windowLog: number, nBlocks: number): Uint8Array {
  const blocks = Array.from({ length: nBlocks }, (_, i) => {
    const word = (MAX_BLOCK << 3) | RLE | Number(i === nBlocks - 1);
    return [word & 0xff, (word >> 8) & 0xff, word >> 16, 0];
  });
  return Uint8Array.from([...MAGIC, 0, (windowLog - 10) << 3, ...blocks.flat()]);
}

async function decodedSize(frame: Uint8Array): Promise<number> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(frame);
  }
  let size = 0;
  for await (const output of decompressZstd(chunks(), await fzstdCodec())) size += output.length;
  return size;
}

describe('fzstdCodec', () => {
  it('rejects almost empty blocks with a large window, for each of which it would move the window', async () => {
    const work = new CpuStopwatch();
    const error = await errorOf(decodedSize(zeroFrame(27, 8000)));
    expect(error).to.include({ code: 'INPUT_CORRUPT' });
    expect(error.message).to.match(/\d+ blocks in \d+ bytes and a window of 134217728 bytes/);
    expect(work.milliseconds).to.be.lessThan(4000);
  });

  it('decodes such blocks with the window of the default settings', async () => {
    expect(await decodedSize(zeroFrame(21, 800))).to.equal(800 * MAX_BLOCK);
  });

  it('does not keep the bytes that it has decoded', async () => {
    const frame = zeroFrame(21, 800);
    const live = new LiveObjects();
    async function* pieces(): AsyncGenerator<Uint8Array> {
      // Each ends with a block of four bytes, as files do where pieces of them are cut.
      const header = frame.length % 4;
      for (let begin = 0, end = header + 64; begin < frame.length; begin = end, end += 64) {
        const bytes = frame.slice(begin, end);
        live.add(bytes.buffer);
        yield await Promise.resolve(bytes);
      }
    }
    let most = 0;
    let nOutputs = 0;
    for await (const _ of decompressZstd(pieces(), await fzstdCodec())) {
      if (++nOutputs % 200 === 0) most = Math.max(most, await live.count());
    }
    expect(most).to.be.within(1, 10);
  });

  it('decodes a few blocks with a large window', async () => {
    expect(await decodedSize(zeroFrame(27, 20))).to.equal(20 * MAX_BLOCK);
  });
});
