import { HuffmanDecoder, SmoothingDecoder } from '@cherenkit/kernels';

// Codecs of 16-bit values. A byte after the last whole value is dropped, as the writers pad blocks.

/** A copy of the bytes as 16-bit values; `slice` of a Buffer would share its memory. */
function wordsOf(bytes: Uint8Array): Int16Array {
  return new Int16Array(new Uint8Array(bytes.subarray(0, bytes.length & ~1)).buffer);
}

function bytesOf(words: Int16Array | Uint16Array): Uint8Array {
  return new Uint8Array(words.buffer);
}

/** Undoes the difference of each value to the one before. */
export function undoDifferences(bytes: Uint8Array): Uint8Array {
  const values = wordsOf(bytes);
  for (let i = 1; i < values.length; i++) values[i] += values[i - 1];
  return bytesOf(values);
}

/** Undoes the subtraction of the mean of the two values before. */
export function undoSmoothing(bytes: Uint8Array): Uint8Array {
  const values = wordsOf(bytes);
  new SmoothingDecoder().decode(values);
  return bytesOf(values);
}

/** Undoes the offset of 128 that makes small differences positive. */
export function undoOffset(bytes: Uint8Array): Uint8Array {
  const values = wordsOf(bytes);
  for (let i = 0; i < values.length; i++) values[i] -= 128;
  return bytesOf(values);
}

/**
 * Joins values whose halves are stored apart: the lower halves of all, then the upper ones.
 *
 * @param size - bytes of a value, 2 or 4
 * @throws RangeError unless the input consists of whole values
 */
export function joinHalves(bytes: Uint8Array, size: 2 | 4): Uint8Array {
  if (bytes.length % size !== 0) {
    throw new RangeError(`${bytes.length} bytes of split values, expected a multiple of ${size}`);
  }
  const joined = new Uint8Array(bytes.length);
  const middle = bytes.length / 2;
  if (size === 2) {
    for (let i = 0, at = 0; i < middle; i++) {
      joined[at++] = bytes[i];
      joined[at++] = bytes[middle + i];
    }
    return joined;
  }
  for (let i = 0, at = 0; i < middle; i += 2) {
    joined[at++] = bytes[i];
    joined[at++] = bytes[i + 1];
    joined[at++] = bytes[middle + i];
    joined[at++] = bytes[middle + i + 1];
  }
  return joined;
}

/**
 * Decodes one or two Huffman streams, whose lengths precede them as 32-bit integers.
 *
 * @throws RangeError if a stream is invalid, or the content has more than `maxBytes`
 */
export function decodeHuffman(bytes: Uint8Array, nStreams: 1 | 2, maxBytes: number): Uint8Array {
  const parts = huffmanStreams(bytes, nStreams).map((stream) => new HuffmanDecoder(stream, Math.floor(maxBytes / 2)));
  const values = new Uint16Array(parts.reduce((total, { nValues }) => total + nValues, 0));
  let at = 0;
  for (const decoder of parts) decoder.read(values.subarray(at, (at += decoder.nValues)));
  return bytesOf(values);
}

function huffmanStreams(bytes: Uint8Array, nStreams: 1 | 2): Uint8Array[] {
  return huffmanRanges(bytes, nStreams, bytes.length).map(({ begin, end }) => bytes.subarray(begin, end));
}

/**
 * Places of Huffman streams in a block.
 *
 * @param bytes - the block or its begin
 * @param nBytes - size of the block
 * @throws RangeError if the streams are longer than the block
 */
export function huffmanRanges(
  bytes: Uint8Array,
  nStreams: 1 | 2,
  nBytes: number,
): { readonly begin: number; readonly end: number }[] {
  if (bytes.length < 4 * nStreams) throw new RangeError('the length of a Huffman stream is missing');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = 4 * nStreams;
  return Array.from({ length: nStreams }, (_, i) => {
    const length = view.getUint32(4 * i, true);
    if (end + length > nBytes) {
      throw new RangeError(`a Huffman stream of ${length} bytes, but ${nBytes - end} bytes are left`);
    }
    const begin = end;
    end += length;
    return { begin, end };
  });
}

/** Most bytes of a symbol with its code: uint16, uint8, and 64 bits. */
const MAX_CODE_BYTES = 11;

/** Whether the begin of a block contains all codes of its first Huffman stream, however long they are. */
export function hasHuffmanCodes(begin: Uint8Array): boolean {
  // The length of the stream, the number of its values, and that of its symbols.
  const headerBytes = 4 + 8 + 8;
  if (begin.length < headerBytes) return false;
  const nSymbols = new DataView(begin.buffer, begin.byteOffset).getBigUint64(headerBytes - 8, true);
  return nSymbols <= (begin.length - headerBytes) / MAX_CODE_BYTES;
}
