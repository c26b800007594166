import Blosc from 'numcodecs/blosc';
import { shuffle } from './byte-filters.js';

// The package's own typings do not resolve with TypeScript's NodeNext, so what is used of it is typed here.
interface BloscCodec {
  encode(content: Uint8Array): Promise<Uint8Array>;
  decode(encoded: Uint8Array): Promise<Uint8Array>;
}
interface BloscSettings {
  readonly id: 'blosc';
  readonly cname: 'zstd';
  readonly clevel: number;
  readonly shuffle: 0 | 1;
  /** 0 leaves the choice to blosc. */
  readonly blocksize: number;
}
const { fromConfig } = Blosc as { readonly fromConfig: (settings: BloscSettings) => BloscCodec };

// Blosc's header: version, version of the codec, flags, size of an element; then the lengths of content, block and whole.
const FLAGS = 2;
const ELEMENT_SIZE = 3;
const CONTENT_BYTES = 4;
const WHOLE_BYTES = 12;
const SHUFFLED = 0x01;
const STORED = 0x02;

// An element is an 8-bit number; the build of blosc in numcodecs knows only elements of this size by itself.
const LARGEST_ELEMENT = 255;
const BUILT_IN_ELEMENT = 4;

/**
 * The element size with which rows are shuffled: the whole row up to 255 bytes, the size of a float beyond.
 * (PyTables then does not shuffle at all, by which files of images are a tenth larger.)
 */
export function bloscElementSize(rowBytes: number): number {
  return rowBytes <= LARGEST_ELEMENT ? rowBytes : BUILT_IN_ELEMENT;
}

/**
 * A Blosc-1 buffer of rows, compressed by zstd, as HDF5's registered filter 32001 stores it.
 *
 * @param level - 1 (fast) to 9 (small)
 */
export async function encodeBlosc(rows: Uint8Array, rowBytes: number, level: number): Promise<Uint8Array> {
  const elementSize = bloscElementSize(rowBytes);
  if (elementSize === BUILT_IN_ELEMENT) return codec(level, 1, 0).encode(rows);
  // The rows are shuffled here and the header says so. Blosc shuffles block by block; this makes it one block, and
  // perhaps a second one of up to three bytes, since blocks are whole elements of the build's own size.
  const blockBytes = rows.length - (rows.length % BUILT_IN_ELEMENT);
  const shuffled = rows.slice();
  shuffled.set(shuffle(rows.subarray(0, blockBytes), elementSize));
  const encoded = await codec(level, 0, rows.length).encode(shuffled);
  if (encoded[FLAGS] & STORED) return codec(level, 0, 0).encode(rows);
  encoded[FLAGS] |= SHUFFLED;
  encoded[ELEMENT_SIZE] = elementSize;
  return encoded;
}

/**
 * The content of a Blosc-1 buffer of any of blosc's compressors.
 *
 * @throws RangeError if the header does not fit the buffer or the length that is expected
 */
export async function decodeBlosc(encoded: Uint8Array, contentBytes: number): Promise<Uint8Array> {
  const header = new DataView(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  const [content, whole] = [header.getUint32(CONTENT_BYTES, true), header.getUint32(WHOLE_BYTES, true)];
  if (content !== contentBytes || whole !== encoded.length) {
    throw new RangeError(
      `A blosc buffer of ${encoded.length} bytes says ${content} from ${whole}, not ${contentBytes}.`,
    );
  }
  return codec(5, 0, 0).decode(encoded);
}

function codec(level: number, shuffled: 0 | 1, blocksize: number): BloscCodec {
  return fromConfig({ id: 'blosc', cname: 'zstd', clevel: level, shuffle: shuffled, blocksize });
}
