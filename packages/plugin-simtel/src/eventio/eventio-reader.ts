import { CompressedInputError } from '@cherenkit/io';
import { ByteWindow } from './byte-window.js';
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
 * Default limit of the payload size, bytes. The largest object that sim_telarray writes, an event of a hundred cameras
 * without zero suppression, is smaller.
 */
export const MAX_OBJECT_SIZE = 2 ** 26;

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
  options: EventioOptions = {},
): AsyncGenerator<EventioObject> {
  try {
    yield* objectsIn(new ByteWindow({ chunks, free: () => {} }), context, options);
  } finally {
    await chunks.return(undefined);
  }
}

/** Iterates over the top-level objects as {@link eventioObjects} does, in a window over the file, whose memory the caller may free. */
export async function* objectsIn(
  window: ByteWindow,
  context: ReadingContext,
  { needsPayload = () => true, maxObjectSize = MAX_OBJECT_SIZE }: EventioOptions = {},
): AsyncGenerator<EventioObject> {
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
      const header = parseObjectHeader(window.view(), SYNC_MARKER_SIZE, littleEndian);
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
  if (hasMarker && window.view().getUint32(0, true) === SYNC_MARKER) return true;
  if (hasMarker && window.view().getUint32(0, false) === SYNC_MARKER) return false;
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
  if (!isExtendedHeader(window.view().getUint32(SYNC_MARKER_SIZE, littleEndian))) return true;
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
