import {
  MIN_HEADER_SIZE,
  EXTENSION_SIZE,
  isExtendedHeader,
  parseObjectHeader,
  type ObjectHeader,
} from './eventio-header.js';
import { PayloadReader } from './payload-reader.js';
import type { ReadingContext } from './reading-context.js';
import type { SimtelError } from './simtel-error.js';

/**
 * Limit of the number of objects within one. Files of hundreds of telescopes have some 10,000 lines in their history,
 * each of them an object.
 */
const MAX_SUBOBJECTS = 2 ** 19;

/** EventIO object: its header and a view of its payload. */
export class EventioObject {
  readonly type: number;
  readonly version: number;
  readonly id: number;

  /**
   * @param offset - position of the header in the decompressed file, bytes; includes the sync marker at the top level
   * @param payloadOffset - position of the payload in the decompressed file, bytes
   * @param payload - bytes after the header; empty if the reader skipped them
   */
  constructor(
    readonly header: ObjectHeader,
    readonly offset: number,
    readonly payloadOffset: number,
    readonly payload: Uint8Array,
    readonly littleEndian: boolean,
    readonly context: ReadingContext,
  ) {
    this.type = header.type;
    this.version = header.version;
    this.id = header.id;
  }

  /** Creates a reader at the start of the payload. */
  reader(): PayloadReader {
    return new PayloadReader(this);
  }

  /** A copy with a payload of its own: it can be kept without the other bytes that were read with it. */
  copy(): EventioObject {
    const { header, offset, payloadOffset, payload, littleEndian, context } = this;
    return new EventioObject(header, offset, payloadOffset, payload.slice(), littleEndian, context);
  }

  /** Description for messages: `object 2010 (ArrayEvent, id 3)`. */
  toString(): string {
    return this.context.describe(this.type, this.id);
  }

  /**
   * Creates a SIMTEL_CORRUPT error about this object.
   *
   * @param sentence - what was found and expected, as a predicate of this object, without full stop
   * @param position - where in the payload, bytes
   */
  corrupt(sentence: string, position = 0): SimtelError {
    const offset = this.payloadOffset + position;
    return this.context.error('SIMTEL_CORRUPT', offset, this.type, `${this.toString()} ${sentence}.`);
  }

  /**
   * Creates a SIMTEL_OBJECT_TOO_LARGE error about this object.
   *
   * @param sentence - what was found and expected, as a predicate of this object, without full stop
   * @param position - where in the payload, bytes
   */
  tooLarge(sentence: string, position = 0): SimtelError {
    const offset = this.payloadOffset + position;
    return this.context.error('SIMTEL_OBJECT_TOO_LARGE', offset, this.type, `${this.toString()} ${sentence}.`);
  }

  /**
   * Iterates over the objects in the payload.
   *
   * @param begin - position of the first object in the payload, bytes
   * @throws SimtelError SIMTEL_CORRUPT (65) if an object extends beyond the payload, SIMTEL_OBJECT_TOO_LARGE (65) if there
   *   are more than half a million
   */
  *subobjects(begin = 0): Generator<EventioObject> {
    const { payload, payloadOffset, littleEndian, context } = this;
    const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
    let position = begin;
    for (let count = 1; position < payload.length; count++) {
      if (count > MAX_SUBOBJECTS) throw this.tooLarge(`contains more than ${MAX_SUBOBJECTS} objects`, position);
      const remaining = payload.length - position;
      const hasHeader =
        remaining >= MIN_HEADER_SIZE &&
        (remaining >= MIN_HEADER_SIZE + EXTENSION_SIZE || !isExtendedHeader(view.getUint32(position, littleEndian)));
      if (!hasHeader) throw this.corrupt(`ends within the header of a sub-object, ${remaining} bytes remain`, position);
      const header = parseObjectHeader(view, position, littleEndian);
      const childPayload = position + header.headerSize;
      const end = childPayload + header.length;
      if (end > payload.length) {
        const child = context.describe(header.type, header.id);
        throw this.corrupt(
          `contains ${child}, which declares ${header.length} bytes, but only ${payload.length - childPayload} remain`,
          position,
        );
      }
      yield new EventioObject(
        header,
        payloadOffset + position,
        payloadOffset + childPayload,
        payload.subarray(childPayload, end),
        littleEndian,
        context,
      );
      position = end;
    }
  }
}
