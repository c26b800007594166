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
import type { SimtelError } from './simtel-error.js';

/**
 * Longest object that is kept in memory, bytes. The largest that sim_telarray writes, an event of a hundred cameras
 * without zero suppression, stays below a fifth of it.
 */
export const MAX_OBJECT_SIZE = 2 ** 28;

/** How `eventioObjects` reads. */
export interface EventioOptions {
  /** Whether the content of an object is wanted; what is not is passed over without being kept. Default: all. */
  readonly isWanted?: (header: ObjectHeader) => boolean;
  /** A wanted object that declares more is refused. */
  readonly maxObjectSize?: number;
}

/**
 * The top-level objects of an EventIO file, one after the other.
 *
 * Memory is that of the largest wanted object. Payloads are views that stay valid; nobody writes to them.
 *
 * @param chunks - the decompressed file
 * @throws SimtelError SIMTEL_NOT_EVENTIO, SIMTEL_TRUNCATED, SIMTEL_CORRUPT or SIMTEL_OBJECT_TOO_LARGE; the objects
 *   before the break were yielded
 */
export async function* eventioObjects(
  chunks: AsyncGenerator<Uint8Array>,
  context: ReadingContext,
  { isWanted = () => true, maxObjectSize = MAX_OBJECT_SIZE }: EventioOptions = {},
): AsyncGenerator<EventioObject> {
  const window = new ByteWindow(chunks);
  let inside: ObjectHeader | undefined;
  try {
    for (;;) {
      inside = undefined;
      const offset = window.offset;
      const isThere = await window.fill(SYNC_MARKER_SIZE + MIN_HEADER_SIZE);
      if (window.length === 0 && offset > 0) return;
      const littleEndian = byteOrderAt(window, context);
      if (!isThere || !(await hasWholeHeader(window, littleEndian))) {
        throw context.error(
          'SIMTEL_TRUNCATED',
          offset + window.length,
          undefined,
          'the file ends within the header of an object.',
        );
      }
      const header = parseObjectHeader(window.view(), SYNC_MARKER_SIZE, littleEndian);
      inside = header;
      window.drop(SYNC_MARKER_SIZE + header.headerSize);
      const contentOffset = window.offset;
      let payload: Uint8Array = new Uint8Array(0);
      if (isWanted(header)) {
        if (header.length > maxObjectSize) throw tooLarge(context, header, offset, maxObjectSize);
        if (!(await window.fill(header.length))) throw endsWithin(context, header, offset, window.length);
        payload = window.take(header.length);
      } else {
        const passed = await window.pass(header.length);
        if (passed < header.length) throw endsWithin(context, header, offset, passed);
      }
      yield new EventioObject(header, offset, contentOffset, payload, littleEndian, context);
    }
  } catch (error) {
    if (!(error instanceof CompressedInputError)) throw error;
    const code =
      error.defect === 'unsupported'
        ? 'SIMTEL_UNSUPPORTED'
        : error.defect === 'truncated'
          ? 'SIMTEL_TRUNCATED'
          : 'SIMTEL_CORRUPT';
    const where = inside === undefined ? 'between objects' : `within ${context.describe(inside.type, inside.id)}`;
    const sentence = `reading stops ${where}: ${error.message}.`;
    throw context.error(code, window.offset + window.length, inside?.type, sentence, { cause: error });
  } finally {
    await chunks.return(undefined);
  }
}

/** Whether the object that begins here is little-endian. */
function byteOrderAt(window: ByteWindow, context: ReadingContext): boolean {
  const { offset } = window;
  const isMarkerThere = window.length >= SYNC_MARKER_SIZE;
  if (isMarkerThere && window.view().getUint32(0, true) === SYNC_MARKER) return true;
  if (isMarkerThere && window.view().getUint32(0, false) === SYNC_MARKER) return false;
  if (offset === 0) {
    const found = describeFirstBytes(window.peek(8));
    throw context.error('SIMTEL_NOT_EVENTIO', 0, undefined, `this is no EventIO file: it ${found}.`);
  }
  if (!isMarkerThere) {
    const end = offset + window.length;
    throw context.error('SIMTEL_TRUNCATED', end, undefined, 'the file ends within the header of an object.');
  }
  const found = [...window.peek(SYNC_MARKER_SIZE)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  throw context.error(
    'SIMTEL_CORRUPT',
    offset,
    undefined,
    `expected an object to begin here with the marker 37 8a 1f d4, found ${found}.`,
  );
}

function describeFirstBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'is empty';
  const text = String.fromCharCode(...bytes);
  if (text.startsWith('\x89HDF')) return 'is HDF5';
  if (text.startsWith('SIMPLE')) return 'is FITS';
  if (text.startsWith('BZh')) return 'is compressed with bzip2; decompress it, or use zstd or gzip';
  if (text.startsWith('\xfd7zXZ')) return 'is compressed with xz; decompress it, or use zstd or gzip';
  return `begins with ${JSON.stringify(text)}, EventIO with the bytes 37 8a 1f d4 or d4 1f 8a 37`;
}

async function hasWholeHeader(window: ByteWindow, littleEndian: boolean): Promise<boolean> {
  if (!isExtendedHeader(window.view().getUint32(SYNC_MARKER_SIZE, littleEndian))) return true;
  return window.fill(SYNC_MARKER_SIZE + MIN_HEADER_SIZE + EXTENSION_SIZE);
}

function tooLarge(context: ReadingContext, header: ObjectHeader, offset: number, limit: number): SimtelError {
  const object = context.describe(header.type, header.id);
  const sentence = `${object}, version ${header.version}, declares ${header.length} bytes; the limit is ${limit}.`;
  return context.error('SIMTEL_OBJECT_TOO_LARGE', offset, header.type, sentence);
}

function endsWithin(context: ReadingContext, header: ObjectHeader, offset: number, left: number): SimtelError {
  const object = context.describe(header.type, header.id);
  const sentence = `the file ends within ${object}: ${header.length} bytes are declared, ${left} are left.`;
  return context.error('SIMTEL_TRUNCATED', offset, header.type, sentence);
}

/** The bytes of a stream from some offset on, as far as they have been asked for. */
class ByteWindow {
  readonly #chunks: AsyncGenerator<Uint8Array>;
  /** Together the bytes that are here; all but the first only while something long is put together. */
  #parts: Uint8Array[] = [];
  /** Of the first byte in the stream. */
  offset = 0;
  length = 0;

  constructor(chunks: AsyncGenerator<Uint8Array>) {
    this.#chunks = chunks;
  }

  /** Whether at least `count` bytes are here; reads on as far as needed. */
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

  /** The next bytes, at most `count`. */
  peek(count: number): Uint8Array {
    return this.#contiguous(Math.min(count, this.length)).subarray(0, count);
  }

  /** All bytes of the first part: a header, once it is filled. */
  view(): DataView {
    const bytes = this.#contiguous(Math.min(this.length, SYNC_MARKER_SIZE + MIN_HEADER_SIZE + EXTENSION_SIZE));
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  take(count: number): Uint8Array {
    const bytes = this.#contiguous(count).subarray(0, count);
    this.drop(count);
    return bytes;
  }

  drop(count: number): void {
    let left = count;
    while (left > 0) {
      const [first] = this.#parts;
      if (first === undefined) throw new RangeError(`${count} bytes dropped, ${count - left} are here`);
      if (first.length > left) this.#parts[0] = first.subarray(left);
      else this.#parts.shift();
      left -= Math.min(left, first.length);
    }
    this.offset += count;
    this.length -= count;
  }

  /** Drops bytes as they come, keeping none; returns how many there were. */
  async pass(count: number): Promise<number> {
    let passed = 0;
    while (passed < count && (await this.fill(1))) {
      const step = Math.min(count - passed, this.length);
      this.drop(step);
      passed += step;
    }
    return passed;
  }

  /** Makes the first `count` bytes one part; copies only what straddles a border. */
  #contiguous(count: number): Uint8Array {
    const [first = new Uint8Array(0)] = this.#parts;
    if (first.length >= count) return first;
    const joined = new Uint8Array(count);
    let at = 0;
    while (at < count) {
      const part = this.#parts.shift() ?? new Uint8Array(0);
      const used = Math.min(part.length, count - at);
      joined.set(part.subarray(0, used), at);
      at += used;
      if (used < part.length) this.#parts.unshift(part.subarray(used));
    }
    this.#parts.unshift(joined);
    return joined;
  }
}
