import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  byteSourceFrom,
  CompressedInputError,
  decompressZstd,
  fzstdCodec,
  MAX_ZSTD_WINDOW,
  type ZstdCodec,
} from '@cherenkit/io';
import { nodeZstdCodec, zstdNapiCodec } from '@cherenkit/io/node';
import { expect } from 'chai';
import fc from 'fast-check';
import { errorOf } from '../../support/error-of.js';
import { REPOSITORY_ROOT } from '../../support/repository-root.js';

interface FrameReference {
  readonly base64: string;
  readonly size: number;
  readonly md5: string;
}

const FRAMES = JSON.parse(
  readFileSync(join(REPOSITORY_ROOT, 'test', 'reference', 'zstd-frames.json'), 'utf8'),
) as Readonly<Record<string, FrameReference>>;

const frame = (name: string) => Buffer.from(FRAMES[name]?.base64 ?? '', 'base64');
const SKIPPABLE = Buffer.from([0x57, 0x2a, 0x4d, 0x18, 5, 0, 0, 0, 1, 2, 3, 4, 5]);

interface Outcome {
  readonly size: number;
  readonly md5: string;
  readonly error: string | undefined;
  readonly offset: number | undefined;
}

/** The output and the error of a codec for an input in chunks of the given size. */
async function outcomeOf(codec: ZstdCodec, input: Uint8Array, chunkSize = input.length): Promise<Outcome> {
  // eslint-disable-next-line @typescript-eslint/require-await -- a stream without waiting
  async function* chunks() {
    for (let at = 0; at < input.length; at += chunkSize) yield input.subarray(at, at + chunkSize);
  }
  const hash = createHash('md5');
  let size = 0;
  let error: CompressedInputError | undefined;
  try {
    for await (const output of decompressZstd(chunks(), codec)) {
      hash.update(output);
      size += output.length;
    }
  } catch (cause) {
    if (!(cause instanceof CompressedInputError)) throw cause;
    error = cause;
  }
  return { size, md5: hash.digest('hex'), error: error?.code, offset: error?.offset };
}

const fzstd = await fzstdCodec();
const CODECS = { fzstd, 'zstd-napi': await zstdNapiCodec(), 'node:zlib': nodeZstdCodec() };

/** A frame whose blocks each expand 4 bytes to 128 KiB. */
function bomb(nBlocks: number): Buffer {
  const block = (isLast: boolean) => {
    const word = ((2 ** 17) << 3) | (1 << 1) | (isLast ? 1 : 0);
    return [word & 0xff, (word >> 8) & 0xff, word >> 16, 0];
  };
  const header = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 7 << 3]; // a window of 128 KiB
  return Buffer.from([...header, ...Array.from({ length: nBlocks }, (_, i) => block(i === nBlocks - 1)).flat()]);
}

for (const [name, codec] of Object.entries(CODECS)) {
  describe(`zstd by ${name}`, function () {
    before(function () {
      if (codec === undefined) this.skip(); // zstd-napi may not be installed; node:zlib needs Node 22.15
    });
    const decode = (input: Uint8Array, chunkSize?: number) => outcomeOf(codec ?? fzstd, input, chunkSize);

    for (const [key, { size, md5 }] of Object.entries(FRAMES)) {
      it(`decodes the frame ${key}`, async () => {
        expect(await decode(frame(key))).to.deep.equal({ size, md5, error: undefined, offset: undefined });
      });
    }

    it('decodes concatenated frames with skippable frames before, between and after them', async () => {
      const parts = [frame('noise'), frame('three_blocks'), frame('noise')];
      const once = await decode(Buffer.concat(parts));
      const [a, b, c] = parts;
      const mixed = await decode(Buffer.concat([SKIPPABLE, a, SKIPPABLE, SKIPPABLE, b, c, SKIPPABLE]));
      expect(once.error).to.equal(undefined);
      expect(once.size).to.equal(2 * FRAMES['noise'].size + FRAMES['three_blocks'].size);
      expect(mixed).to.deep.equal(once);
    });

    it('gives the same result for any chunk size', async () => {
      const input = Buffer.concat([frame('tiny'), SKIPPABLE, frame('three_blocks'), frame('noise')]);
      const whole = await decode(input);
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: input.length }), async (chunkSize) => {
          expect(await decode(input, chunkSize)).to.deep.equal(whole);
        }),
        { numRuns: 15, seed: 1 },
      );
    });

    it('gives all complete blocks of a truncated input, then an error with the offset', async () => {
      const input = Buffer.concat([frame('noise'), frame('three_blocks')]);
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: input.length - 1 }), async (length) => {
          const cut = input.subarray(0, length);
          const outcome = await decode(cut);
          if (length === frame('noise').length) expect(outcome.error).to.equal(undefined);
          else expect(outcome).to.deep.include({ error: 'INPUT_TRUNCATED', offset: length });
          expect(outcome).to.deep.equal(await outcomeOf(fzstd, cut));
        }),
        { numRuns: 25, seed: 2 },
      );
      const inSecond = input.length - 10; // in the last of three blocks
      expect((await decode(input.subarray(0, inSecond))).size).to.be.greaterThan(FRAMES['noise'].size);
    });

    it('detects flipped bytes', async () => {
      const input = frame('three_blocks');
      const good = await decode(input);
      let refused = 0;
      await fc.assert(
        fc.asyncProperty(fc.nat(input.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
          const damaged = Uint8Array.from(input);
          damaged[at] ^= flip;
          const outcome = await decode(damaged);
          // A larger window in the header does not change the content.
          if (outcome.error === undefined) expect(outcome).to.deep.equal(good);
          else refused++;
          // A flipped size may make the walk over the blocks end too late, unless the decoder fails first.
          expect(outcome.error).to.be.oneOf([undefined, 'INPUT_CORRUPT', 'INPUT_TRUNCATED']);
          expect(outcome.error === undefined).to.equal((await outcomeOf(fzstd, damaged)).error === undefined);
        }),
        { numRuns: 40, seed: 3 },
      );
      expect(refused).to.be.greaterThan(35);
    });

    it('rejects a wrong checksum', async () => {
      const damaged = Uint8Array.from(frame('noise'));
      damaged[damaged.length - 1] ^= 1;
      expect(await decode(damaged)).to.deep.include({ error: 'INPUT_CORRUPT', size: 0 });
    });

    it('rejects trailing bytes after the last frame', async () => {
      const outcome = await decode(Buffer.concat([frame('noise'), Buffer.from('more')]));
      expect(outcome).to.deep.include({ error: 'INPUT_CORRUPT', size: FRAMES['noise'].size });
      expect(outcome.offset).to.equal(frame('noise').length);
    });

    it('rejects a window above the limit before allocating it', async () => {
      const declared = bomb(1);
      declared[5] = (18 << 3) | 0; // 2 ** 28
      expect(2 ** 28).to.be.greaterThan(MAX_ZSTD_WINDOW);
      expect(await decode(declared)).to.deep.include({ error: 'INPUT_UNSUPPORTED', size: 0 });
    });

    it('decompresses a decompression bomb in small pieces', async () => {
      // eslint-disable-next-line @typescript-eslint/require-await -- a stream without waiting
      async function* chunks() {
        yield bomb(80_000); // 10 GiB
      }
      let size = 0;
      const before = process.memoryUsage().arrayBuffers;
      for await (const output of decompressZstd(chunks(), codec ?? fzstd)) {
        size += output.length;
        if (size >= 2 ** 24) break;
      }
      // 16 MiB were requested; without limits the whole 10 GiB would be in memory.
      expect(process.memoryUsage().arrayBuffers - before).to.be.lessThan(2 ** 26);
    });
  });
}

describe('frames of zstd', () => {
  /** Decodes each frame after a time in ms, the first ones last. */
  function slowCodec(times: readonly number[]): ZstdCodec & { most: number } {
    let [nFrames, nDecoding] = [0, 0];
    return {
      isConcurrent: true,
      leavesOutputs: true,
      most: 0,
      frameDecoder() {
        const number = nFrames++;
        return {
          decode: async () => {
            this.most = Math.max(this.most, ++nDecoding);
            await new Promise((done) => setTimeout(done, times[number]));
            nDecoding--;
            if (number === 3) throw new Error('damaged');
            return [Uint8Array.of(number)];
          },
          close() {},
        };
      },
    };
  }

  it('are decoded at the same time, and given in their order up to a damaged one', async () => {
    const codec = slowCodec([80, 60, 40, 20, 0, 0]);
    const six = Buffer.concat(Array.from({ length: 6 }, () => frame('tiny')));
    const numbers: number[] = [];
    const error = await errorOf(
      (async () => {
        for await (const [number = -1] of decompressZstd(byteSourceFrom(six).chunks(), codec)) numbers.push(number);
      })(),
    );
    expect(numbers).to.deep.equal([0, 1, 2]);
    expect(error).to.include({ code: 'INPUT_CORRUPT', offset: 3 * frame('tiny').length });
    expect(codec.most, 'the one that the caller awaits, and three ahead').to.equal(4);
  });
});
