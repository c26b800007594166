import { areAdjacent, CompressedInputError, concatenate } from '@cherenkit/io';
import { EventioObject } from './eventio-object.js';
import {
  EXTENSION_SIZE,
  isExtendedHeader,
  MIN_HEADER_SIZE,
  parseObjectHeader,
  SYNC_MARKER,
  SYNC_MARKER_SIZE,
  type ObjectHeader,
} from './eventio-header.js';
import type { ReadingContext } from './reading-context.js';
import type { SimtelError, SimtelErrorCode } from './simtel-error.js';

/**
 * Default limit of the payload size, bytes: five times the largest object that sim_telarray writes, an event of a
 * hundred cameras without zero suppression.
 */
export const MAX_OBJECT_SIZE = 2 ** 28;

/** Options of {@link eventioObjects}. */
export interface EventioOptions {
  /** Whether to read the payload of an object; otherwise the payload is skipped and empty. Default: always. */
  readonly needsPayload?: (header: ObjectHeader) => boolean;
  /** Largest payload to read, bytes. Default: {@link MAX_OBJECT_SIZE}. */
  readonly maxObjectSize?: number;
}

/**
 * Iterates over the top-level objects of an EventIO file.
 *
 * Memory use is bounded by the largest payload read. Payloads are views that remain valid and must not be modified.
 *
 * @param chunks - the decompressed file
 * @throws SimtelError SIMTEL_NOT_EVENTIO, SIMTEL_TRUNCATED, SIMTEL_CORRUPT, SIMTEL_OBJECT_TOO_LARGE or
 *   SIMTEL_UNSUPPORTED (65), after yielding the objects before the error
 */
export async function* eventioObjects(
  chunks: AsyncGenerator<Uint8Array>,
  context: ReadingContext,
  { needsPayload = () => true, maxObjectSize = MAX_OBJECT_SIZE }: EventioOptions = {},
): AsyncGenerator<EventioObject> {
  const window = new ByteWindow(chunks);
  let current: ObjectHeader | undefined;
  try {
    for (;;) {
      current = undefined;
      const offset = window.offset;
      const hasHeader = await window.fill(SYNC_MARKER_SIZE + MIN_HEADER_SIZE);
      if (window.length === 0 && offset > 0) return;
      const littleEndian = readByteOrder(window, context);
      if (!hasHeader || !(await hasExtension(window, littleEndian))) {
        throw truncatedHeader(context, offset + window.length);
      }
      const header = parseObjectHeader(window.headerView(), SYNC_MARKER_SIZE, littleEndian);
      current = header;
      window.advance(SYNC_MARKER_SIZE + header.headerSize);
      const payloadOffset = window.offset;
      let payload: Uint8Array = new Uint8Array(0);
      if (needsPayload(header)) {
        if (header.length > maxObjectSize) throw tooLarge(context, header, offset, maxObjectSize);
        if (!(await window.fill(header.length))) throw truncatedPayload(context, header, offset, window.length);
        payload = window.read(header.length);
      } else {
        const skipped = await window.skip(header.length);
        if (skipped < header.length) throw truncatedPayload(context, header, offset, skipped);
      }
      yield new EventioObject(header, offset, payloadOffset, payload, littleEndian, context);
    }
  } catch (error) {
    if (!(error instanceof CompressedInputError)) throw error;
    const place = current === undefined ? 'between objects' : `within ${context.describe(current.type, current.id)}`;
    const sentence = `decompression failed ${place}: ${error.message}.`;
    const offset = window.offset + window.length;
    throw context.error(CODE_OF_DEFECT[error.defect], offset, current?.type, sentence, { cause: error });
  } finally {
    await chunks.return(undefined);
  }
}

const CODE_OF_DEFECT: Readonly<Record<CompressedInputError['defect'], SimtelErrorCode>> = {
  unsupported: 'SIMTEL_UNSUPPORTED',
  truncated: 'SIMTEL_TRUNCATED',
  corrupt: 'SIMTEL_CORRUPT',
};

/** Reads the byte order from the sync marker at the start of the window. Returns true for little-endian. */
function readByteOrder(window: ByteWindow, context: ReadingContext): boolean {
  const { offset } = window;
  const hasMarker = window.length >= SYNC_MARKER_SIZE;
  if (hasMarker && window.headerView().getUint32(0, true) === SYNC_MARKER) return true;
  if (hasMarker && window.headerView().getUint32(0, false) === SYNC_MARKER) return false;
  if (offset === 0) {
    const found = describeFirstBytes(window.peek(8));
    throw context.error('SIMTEL_NOT_EVENTIO', 0, undefined, `expected an EventIO file, but the file ${found}.`);
  }
  if (!hasMarker) throw truncatedHeader(context, offset + window.length);
  const found = [...window.peek(SYNC_MARKER_SIZE)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  throw context.error(
    'SIMTEL_CORRUPT',
    offset,
    undefined,
    `expected the sync marker of an object, 37 8a 1f d4 or d4 1f 8a 37, found ${found}.`,
  );
}

function describeFirstBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'is empty';
  const text = String.fromCharCode(...bytes);
  if (text.startsWith('\x89HDF')) return 'is HDF5';
  if (text.startsWith('SIMPLE')) return 'is FITS';
  if (text.startsWith('BZh')) return 'is compressed with bzip2; decompress it, or use zstd or gzip';
  if (text.startsWith('\xfd7zXZ')) return 'is compressed with xz; decompress it, or use zstd or gzip';
  return `begins with ${JSON.stringify(text)} instead of the bytes 37 8a 1f d4 or d4 1f 8a 37`;
}

/** Whether the header is complete, including the extension word if it has one. */
async function hasExtension(window: ByteWindow, littleEndian: boolean): Promise<boolean> {
  if (!isExtendedHeader(window.headerView().getUint32(SYNC_MARKER_SIZE, littleEndian))) return true;
  return window.fill(SYNC_MARKER_SIZE + MIN_HEADER_SIZE + EXTENSION_SIZE);
}

function tooLarge(context: ReadingContext, header: ObjectHeader, offset: number, limit: number): SimtelError {
  const object = context.describe(header.type, header.id);
  const sentence = `${object}, version ${header.version}, declares ${header.length} bytes, expected at most ${limit}.`;
  return context.error('SIMTEL_OBJECT_TOO_LARGE', offset, header.type, sentence);
}

function truncatedHeader(context: ReadingContext, offset: number): SimtelError {
  return context.error('SIMTEL_TRUNCATED', offset, undefined, 'the file ends within an object header.');
}

function truncatedPayload(
  context: ReadingContext,
  header: ObjectHeader,
  offset: number,
  remaining: number,
): SimtelError {
  const object = context.describe(header.type, header.id);
  const sentence = `the file ends within ${object}, which declares ${header.length} bytes, but only ${remaining} remain.`;
  return context.error('SIMTEL_TRUNCATED', offset, header.type, sentence);
}

/** Sliding window over a byte stream: reads ahead as needed and drops what has been consumed. */
class ByteWindow {
  readonly #chunks: AsyncGenerator<Uint8Array>;
  /** Buffered bytes in order; more than one part only while a long object is being read. */
  #parts: Uint8Array[] = [];
  /** Position of the window in the stream, bytes. */
  offset = 0;
  /** Number of buffered bytes. */
  length = 0;

  constructor(chunks: AsyncGenerator<Uint8Array>) {
    this.#chunks = chunks;
  }

  /** Reads until at least `count` bytes are buffered. Returns false if the stream ends before. */
  async fill(count: number): Promise<boolean> {
    while (this.length < count) {
      const next = await this.#chunks.next();
      if (next.done) return false;
      const last = this.#parts.at(-1);
      if (last === undefined || !areAdjacent(last, next.value)) this.#parts.push(next.value);
      else this.#parts[this.#parts.length - 1] = concatenate(last, next.value);
      this.length += next.value.length;
    }
    return true;
  }

  /** Returns up to `count` buffered bytes without consuming them. */
  peek(count: number): Uint8Array {
    return this.#contiguous(Math.min(count, this.length)).subarray(0, count);
  }

  /** View of the buffered bytes that contains at least a complete header, if that many are buffered. */
  headerView(): DataView {
    const bytes = this.#contiguous(Math.min(this.length, SYNC_MARKER_SIZE + MIN_HEADER_SIZE + EXTENSION_SIZE));
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Consumes and returns `count` buffered bytes. */
  read(count: number): Uint8Array {
    const bytes = this.#contiguous(count).subarray(0, count);
    this.advance(count);
    return bytes;
  }

  /** Consumes `count` buffered bytes. */
  advance(count: number): void {
    let remaining = count;
    while (remaining > 0) {
      const [first] = this.#parts;
      if (first === undefined)
        throw new RangeError(`Cannot advance by ${count} bytes, ${count - remaining} are buffered.`);
      if (first.length > remaining) this.#parts[0] = first.subarray(remaining);
      else this.#parts.shift();
      remaining -= Math.min(remaining, first.length);
    }
    this.offset += count;
    this.length -= count;
  }

  /** Skips up to `count` bytes without buffering them all. Returns how many were skipped before the stream ended. */
  async skip(count: number): Promise<number> {
    let skipped = 0;
    while (skipped < count && (await this.fill(1))) {
      const step = Math.min(count - skipped, this.length);
      this.advance(step);
      skipped += step;
    }
    return skipped;
  }

  /** Makes the first `count` bytes contiguous; copies only if they span several parts. */
  #contiguous(count: number): Uint8Array {
    const [first = new Uint8Array(0)] = this.#parts;
    if (first.length >= count) return first;
    const joined = new Uint8Array(count);
    let position = 0;
    while (position < count) {
      const part = this.#parts.shift() ?? new Uint8Array(0);
      const used = Math.min(part.length, count - position);
      joined.set(part.subarray(0, used), position);
      position += used;
      if (used < part.length) this.#parts.unshift(part.subarray(used));
    }
    this.#parts.unshift(joined);
    return joined;
  }
}
