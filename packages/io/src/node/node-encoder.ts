import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { plainEncoder, type ByteEncoder } from '../codec/byte-encoder.js';
import type { Compression } from '../codec/decompressed.js';
import { storedZstdEncoder } from '../codec/stored-zstd-encoder.js';
import { SteppedTransform } from './stepped-transform.js';

const CHUNK_SIZE = 2 ** 18;
/** Of gzip: what takes longer makes noisy samples hardly smaller. */
const GZIP_LEVEL = 4;

/** The parts of Node's zlib that have come with 22.15 and are missing in the types of Node 20. */
interface ZlibWithZstd {
  createZstdCompress?: (options: { chunkSize: number; params: Record<number, number> }) => Transform;
  constants: { ZSTD_c_checksumFlag?: number };
}

/** The part of the package `zstd-napi` that is used here. */
interface ZstdNapi {
  CompressStream: new (parameters: { checksumFlag: boolean }) => Transform;
}

/** The best encoder there is for a kind of compression. */
export async function byteEncoder(compression: Compression): Promise<ByteEncoder> {
  if (compression === 'none') return plainEncoder;
  if (compression === 'gzip') return encoderOf(zlib.createGzip({ level: GZIP_LEVEL, chunkSize: CHUNK_SIZE }));
  return nodeZstdEncoder() ?? (await zstdNapiEncoder()) ?? (await storedZstdEncoder());
}

function nodeZstdEncoder(): ByteEncoder | undefined {
  const { createZstdCompress, constants } = zlib as unknown as ZlibWithZstd; // newer than @types/node knows
  const checksumFlag = constants.ZSTD_c_checksumFlag;
  if (createZstdCompress === undefined || checksumFlag === undefined) return undefined;
  return encoderOf(createZstdCompress({ chunkSize: CHUNK_SIZE, params: { [checksumFlag]: 1 } }));
}

async function zstdNapiEncoder(): Promise<ByteEncoder | undefined> {
  const name: string = 'zstd-napi'; // not a literal: it need not be there when this is compiled
  try {
    const { CompressStream } = (await import(name)) as ZstdNapi;
    return encoderOf(new CompressStream({ checksumFlag: true }));
  } catch {
    return undefined;
  }
}

function encoderOf(stream: Transform): ByteEncoder {
  const transform = new SteppedTransform(stream);
  return {
    encode: (bytes) => transform.write(bytes),
    end: () => transform.end(),
    close: () => transform.close(),
  };
}
