import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import type { GzipDecoder, ZstdCodec, ZstdFrameDecoder, ZstdFrames } from '../codec/byte-codec.js';
import { CompressedInputError } from '../codec/compressed-input-error.js';
import { fzstdCodec } from '../codec/fzstd-codec.js';
import { MAX_ZSTD_WINDOW } from '../codec/zstd-pieces.js';
import { SteppedTransform } from './stepped-transform.js';

/**
 * Buffer size of decoders. With Node's default of 16 KiB zstd takes four times as long. Outputs are consecutive in a buffer of this size,
 * so that few objects of a file, of 1 MB each, straddle two buffers; a decoder processes one buffer per turn of the event loop.
 */
const CHUNK_SIZE = 2 ** 23;
/** Deflate compresses by a factor of at most 1032: 32 KiB never expand to more than 33 MiB. */
const GZIP_SLICE = 2 ** 15;

/** Parts of Node's zlib that were added in 22.15 and are missing in the types of Node 20. */
interface ZlibWithZstd {
  zstdDecompress?: (
    bytes: Uint8Array,
    options: { maxOutputLength: number; params: Record<number, number> },
    done: (error: Error | null, content: Uint8Array) => void,
  ) => void;
  createZstdDecompress?: (options: { chunkSize: number; params: Record<number, number> }) => Transform;
  constants: { ZSTD_d_windowLogMax?: number };
}

/** Node's own zstd for data in memory, which costs less than a stream per piece; undefined before Node 22.15. */
export const zstdFrames = nodeZstdFrames();

function nodeZstdFrames(): ZstdFrames | undefined {
  const { zstdDecompress, constants } = zlib as unknown as ZlibWithZstd; // missing in @types/node 20
  const windowLogMax = constants.ZSTD_d_windowLogMax;
  if (zstdDecompress === undefined || windowLogMax === undefined) return undefined;
  const params = { [windowLogMax]: Math.log2(MAX_ZSTD_WINDOW) };
  return (bytes, maxBytes) =>
    new Promise((resolve, reject) => {
      zstdDecompress(bytes, { maxOutputLength: Math.max(1, maxBytes), params }, (error, content) => {
        if (error === null) resolve(content);
        else if (error instanceof RangeError) reject(error);
        else reject(new CompressedInputError('corrupt', 'zstd', 0, error.message, { cause: error }));
      });
    });
}

/** Parts of the optional package `zstd-napi`. */
interface ZstdNapi {
  DecompressStream: new (parameters: { windowLogMax: number }) => Transform;
}

function codecOf(open: () => Transform, leavesOutputs: boolean): ZstdCodec {
  const frameDecoder = (): ZstdFrameDecoder => {
    const transform = new SteppedTransform(open());
    return {
      async decode(bytes, isLast) {
        const outputs = await transform.write(bytes);
        return isLast ? [...outputs, ...(await transform.end())] : outputs;
      },
      close: () => transform.close(),
    };
  };
  return { isConcurrent: true, leavesOutputs, frameDecoder };
}

/** Node's own zstd; undefined before Node 22.15. */
export function nodeZstdCodec(): ZstdCodec | undefined {
  const { createZstdDecompress, constants } = zlib as unknown as ZlibWithZstd; // missing in @types/node 20
  const windowLogMax = constants.ZSTD_d_windowLogMax;
  if (createZstdDecompress === undefined || windowLogMax === undefined) return undefined;
  const params = { [windowLogMax]: Math.log2(MAX_ZSTD_WINDOW) };
  return codecOf(() => createZstdDecompress({ chunkSize: CHUNK_SIZE, params }), true);
}

/** The optional package `zstd-napi`, three times as fast as `fzstd`; undefined if it is not installed. */
export async function zstdNapiCodec(): Promise<ZstdCodec | undefined> {
  const name: string = 'zstd-napi'; // not a literal type, so that TypeScript does not resolve the optional package
  try {
    const { DecompressStream } = (await import(name)) as ZstdNapi;
    return codecOf(() => new DecompressStream({ windowLogMax: Math.log2(MAX_ZSTD_WINDOW) }), false);
  } catch {
    return undefined;
  }
}

/** The fastest zstd decoder available. */
export async function zstdCodec(): Promise<ZstdCodec> {
  return nodeZstdCodec() ?? (await zstdNapiCodec()) ?? (await fzstdCodec());
}

/** Node's gzip decoder, which supports several members. */
export const gunzip: GzipDecoder = async function* (chunks) {
  const transform = new SteppedTransform(zlib.createGunzip({ chunkSize: CHUNK_SIZE }));
  let offset = 0;
  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length; at += GZIP_SLICE) {
        const slice = chunk.subarray(at, at + GZIP_SLICE);
        yield* await transform.write(slice);
        offset += slice.length;
      }
    }
    yield* await transform.end();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (!(cause instanceof Error) || !code.startsWith('Z_')) throw cause;
    const defect = code === 'Z_BUF_ERROR' ? 'truncated' : 'corrupt';
    throw new CompressedInputError(defect, 'gzip', offset, cause.message, { cause });
  } finally {
    transform.close();
  }
};
