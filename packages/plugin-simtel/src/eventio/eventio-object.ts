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

/** One object of an EventIO file: its header and a view of its content. */
export class EventioObject {
  readonly type: number;
  readonly version: number;
  readonly id: number;

  /**
   * @param offset - of the header in the decompressed file
   * @param contentOffset - of the content in the decompressed file
   * @param payload - the content; empty where the reader was told to pass it over
   */
  constructor(
    readonly header: ObjectHeader,
    readonly offset: number,
    readonly contentOffset: number,
    readonly payload: Uint8Array,
    readonly littleEndian: boolean,
    readonly context: ReadingContext,
  ) {
    this.type = header.type;
    this.version = header.version;
    this.id = header.id;
  }

  /** A cursor at the beginning of the content. */
  reader(): PayloadReader {
    return new PayloadReader(this);
  }

  /** `object 2010 (ArrayEvent, id 3)`. */
  toString(): string {
    return this.context.describe(this.type, this.id);
  }

  /** An error that says the content makes no sense. */
  corrupt(sentence: string, position = 0): SimtelError {
    const offset = this.contentOffset + position;
    return this.context.error('SIMTEL_CORRUPT', offset, this.type, `${this.toString()} ${sentence}.`);
  }

  /**
   * The objects within, from a position of the content on.
   *
   * @throws SimtelError SIMTEL_CORRUPT when one is longer than what is left of this one
   */
  *subobjects(begin = 0): Generator<EventioObject> {
    const { payload, contentOffset, littleEndian, context } = this;
    const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
    let position = begin;
    while (position < payload.length) {
      const left = payload.length - position;
      const isWhole =
        left >= MIN_HEADER_SIZE &&
        (left >= MIN_HEADER_SIZE + EXTENSION_SIZE || !isExtendedHeader(view.getUint32(position, littleEndian)));
      if (!isWhole) throw this.corrupt(`ends within the header of an object: ${left} bytes are left`, position);
      const header = parseObjectHeader(view, position, littleEndian);
      const content = position + header.headerSize;
      const end = content + header.length;
      if (end > payload.length) {
        const child = context.describe(header.type, header.id);
        throw this.corrupt(
          `holds ${child}, which declares ${header.length} bytes where ${payload.length - content} are left`,
          position,
        );
      }
      yield new EventioObject(
        header,
        contentOffset + position,
        contentOffset + content,
        payload.subarray(content, end),
        littleEndian,
        context,
      );
      position = end;
    }
  }
}
