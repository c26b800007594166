import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { plainEncoder, type ByteEncoder } from '../codec/byte-encoder.js';
import type { Compression } from '../codec/decompressed.js';
import { storedZstdEncoder } from '../codec/stored-zstd-encoder.js';
import { SteppedTransform } from './stepped-transform.js';

const CHUNK_SIZE = 2 ** 18;
/** Compression level of gzip: higher levels hardly reduce the size of noisy samples. */
const GZIP_LEVEL = 4;

/** Parts of Node's zlib that were added in 22.15 and are missing in the types of Node 20. */
interface ZlibWithZstd {
  createZstdCompress?: (options: { chunkSize: number; params: Record<number, number> }) => Transform;
  constants: { ZSTD_c_checksumFlag?: number };
}

/** Parts of the optional package `zstd-napi`. */
interface ZstdNapi {
  CompressStream: new (parameters: { checksumFlag: boolean }) => Transform;
}

/** The best encoder available for a compression. */
export async function byteEncoder(compression: Compression): Promise<ByteEncoder> {
  if (compression === 'none') return plainEncoder;
  if (compression === 'gzip') return encoderOf(zlib.createGzip({ level: GZIP_LEVEL, chunkSize: CHUNK_SIZE }));
  return nodeZstdEncoder() ?? (await zstdNapiEncoder()) ?? (await storedZstdEncoder());
}

function nodeZstdEncoder(): ByteEncoder | undefined {
  const { createZstdCompress, constants } = zlib as unknown as ZlibWithZstd; // missing in @types/node 20
  const checksumFlag = constants.ZSTD_c_checksumFlag;
  if (createZstdCompress === undefined || checksumFlag === undefined) return undefined;
  return encoderOf(createZstdCompress({ chunkSize: CHUNK_SIZE, params: { [checksumFlag]: 1 } }));
}

async function zstdNapiEncoder(): Promise<ByteEncoder | undefined> {
  const name: string = 'zstd-napi'; // not a literal type, so that TypeScript does not resolve the optional package
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
