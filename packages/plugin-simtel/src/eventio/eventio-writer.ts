import { encodeDifferentialRows, maxEncodedSize } from '@cherenkit/kernels';
import { MIN_HEADER_SIZE, SYNC_MARKER } from './eventio-header.js';
import type { SimtelTime } from './payload-reader.js';

const INITIAL_CAPACITY = 2 ** 16;
/** Payloads are padded to whole words, as sim_telarray does; bytes. */
const ALIGNMENT = 4;
const ONLY_SUBOBJECTS = 0x4000_0000;

/** Header fields of an object to write; the length is computed. */
export interface ObjectIdentity {
  readonly type: number;
  readonly version: number;
  readonly id: number;
  /** Whether the payload consists of objects only. Default: false. */
  readonly onlySubobjects?: boolean;
}

/**
 * Encodes EventIO objects into a growing buffer, little-endian; the counterpart of `PayloadReader`.
 *
 * The payload of an object is written by a callback; its length is filled in afterwards.
 *
 * @example
 * ```ts
 * import { EventioWriter } from '@cherenkit/plugin-simtel/eventio';
 *
 * const writer = new EventioWriter();
 * writer.topLevel({ type: 2010, version: 0, id: 1, onlySubobjects: true }, () => {
 *   writer.object({ type: 9999, version: 0, id: 1 }, () => writer.float32s([1, 2, 3]));
 * });
 * console.log(writer.takeBytes().length);
 * ```
 */
export class EventioWriter {
  #bytes = new Uint8Array(INITIAL_CAPACITY);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** Returns the bytes written since the last call and clears the buffer. The view is valid until the next write. */
  takeBytes(): Uint8Array {
    const written = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    return written;
  }

  /** Writes an object at the top level of a file, preceded by the sync marker. */
  topLevel(identity: ObjectIdentity, writePayload: () => void): void {
    this.uint32(SYNC_MARKER);
    this.object(identity, writePayload);
  }

  /** Writes an object within another one. */
  object({ type, version, id, onlySubobjects = false }: ObjectIdentity, writePayload: () => void): void {
    const begin = this.#length;
    this.uint32((type | (version << 20)) >>> 0);
    this.int32(id);
    this.uint32(0);
    writePayload();
    const length = this.#length - begin - MIN_HEADER_SIZE;
    const padding = (ALIGNMENT - (length % ALIGNMENT)) % ALIGNMENT;
    for (let i = 0; i < padding; i++) this.uint8(0);
    this.#view.setUint32(begin + 8, (length + padding) | (onlySubobjects ? ONLY_SUBOBJECTS : 0), true);
  }

  uint8(value: number): void {
    const position = this.#reserve(1);
    this.#view.setUint8(position, value);
  }

  int16(value: number): void {
    const position = this.#reserve(2);
    this.#view.setInt16(position, value, true);
  }

  uint16(value: number): void {
    const position = this.#reserve(2);
    this.#view.setUint16(position, value, true);
  }

  int32(value: number): void {
    const position = this.#reserve(4);
    this.#view.setInt32(position, value, true);
  }

  uint32(value: number): void {
    const position = this.#reserve(4);
    this.#view.setUint32(position, value, true);
  }

  float32(value: number): void {
    const position = this.#reserve(4);
    this.#view.setFloat32(position, value, true);
  }

  float64(value: number): void {
    const position = this.#reserve(8);
    this.#view.setFloat64(position, value, true);
  }

  /** Writes an unsigned integer of up to 35 bits as a varint. */
  unsignedVarint(value: number): void {
    let more = 0;
    while (more < 4 && value >= 2 ** (7 * (more + 1))) more++;
    this.uint8(((0xff00 >> more) & 0xff) | Math.floor(value / 2 ** (8 * more)));
    for (let i = more - 1; i >= 0; i--) this.uint8(Math.floor(value / 2 ** (8 * i)) % 256);
  }

  /** Writes a signed integer as a zigzag-encoded varint. */
  varint(value: number): void {
    this.unsignedVarint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  varints(values: ArrayLike<number>): void {
    for (let i = 0; i < values.length; i++) this.varint(values[i]);
  }

  unsignedVarints(values: ArrayLike<number>): void {
    for (let i = 0; i < values.length; i++) this.unsignedVarint(values[i]);
  }

  int16s(values: ArrayLike<number>): void {
    const position = this.#reserve(2 * values.length);
    for (let i = 0; i < values.length; i++) this.#view.setInt16(position + 2 * i, values[i], true);
  }

  uint16s(values: ArrayLike<number>): void {
    const position = this.#reserve(2 * values.length);
    for (let i = 0; i < values.length; i++) this.#view.setUint16(position + 2 * i, values[i], true);
  }

  int32s(values: ArrayLike<number>): void {
    const position = this.#reserve(4 * values.length);
    for (let i = 0; i < values.length; i++) this.#view.setInt32(position + 4 * i, values[i], true);
  }

  float32s(values: ArrayLike<number>): void {
    const position = this.#reserve(4 * values.length);
    for (let i = 0; i < values.length; i++) this.#view.setFloat32(position + 4 * i, values[i], true);
  }

  float64s(values: ArrayLike<number>): void {
    const position = this.#reserve(8 * values.length);
    for (let i = 0; i < values.length; i++) this.#view.setFloat64(position + 8 * i, values[i], true);
  }

  /** Writes zero bytes, in place of fields without a value. */
  zeros(count: number): void {
    const position = this.#reserve(count);
    this.#bytes.fill(0, position, position + count);
  }

  /** Writes a string preceded by its length as int16. */
  string(text: string): void {
    const bytes = new TextEncoder().encode(text);
    this.int16(bytes.length);
    this.#append(bytes);
  }

  /** Writes a string preceded by its length as unsigned varint. */
  varString(text: string): void {
    const bytes = new TextEncoder().encode(text);
    this.unsignedVarint(bytes.length);
    this.#append(bytes);
  }

  /** Writes a string without its length. */
  text(text: string): void {
    this.#append(new TextEncoder().encode(text));
  }

  time({ seconds, nanoseconds }: SimtelTime): void {
    this.int32(seconds);
    this.int32(nanoseconds);
  }

  /** Writes rows of integers as varints of the differences between neighbors. */
  differentialRows(rows: Uint16Array | Uint32Array, nPerRow: number): void {
    const position = this.#reserve(maxEncodedSize(rows.length));
    this.#length = encodeDifferentialRows(rows, nPerRow, this.#bytes, position);
  }

  #append(bytes: Uint8Array): void {
    const position = this.#reserve(bytes.length);
    this.#bytes.set(bytes, position);
  }

  /** Extends the buffer by `count` bytes; returns their position. */
  #reserve(count: number): number {
    const begin = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, begin));
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return begin;
  }
}
