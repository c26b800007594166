import type { EventioObject } from './eventio-object.js';

/**
 * Sequential reader of the payload of an EventIO object, in the byte order of the file.
 *
 * Variable-length integers ("varints") start with as many one bits as further bytes follow. Signed ones are zigzag
 * encoded: 0, -1, 1, -2 are stored as 0, 1, 2, 3.
 *
 * Every method throws SimtelError SIMTEL_CORRUPT (65) instead of reading beyond the end of the payload.
 *
 * @example
 * ```ts
 * import type { EventioObject } from '@cherenkit/plugin-simtel/eventio';
 *
 * export function readTelescopeIds(object: EventioObject): Int16Array {
 *   const reader = object.reader();
 *   return reader.int16s(reader.count('int32'));
 * }
 * ```
 */
export class PayloadReader {
  readonly #view: DataView;
  readonly #littleEndian: boolean;
  #position = 0;

  constructor(readonly object: EventioObject) {
    const { payload } = object;
    this.#view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
    this.#littleEndian = object.littleEndian;
  }

  /** Position in the payload, bytes. */
  get position(): number {
    return this.#position;
  }

  /** Bytes after the current position. */
  get remaining(): number {
    return this.#view.byteLength - this.#position;
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  int16(): number {
    return this.#view.getInt16(this.#advance(2), this.#littleEndian);
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2), this.#littleEndian);
  }

  int32(): number {
    return this.#view.getInt32(this.#advance(4), this.#littleEndian);
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), this.#littleEndian);
  }

  float32(): number {
    return this.#view.getFloat32(this.#advance(4), this.#littleEndian);
  }

  float64(): number {
    return this.#view.getFloat64(this.#advance(8), this.#littleEndian);
  }

  /** Reads an unsigned varint of up to 8 bytes; values above 2^53 are rounded. */
  unsignedVarint(): number {
    const first = this.uint8();
    if (first < 0x80) return first;
    const more = Math.clz32(~(first << 24)); // leading one bits
    let value = more >= 7 ? 0 : first & (0x7f >> more);
    const begin = this.#advance(more);
    for (let i = 0; i < more; i++) value = value * 256 + this.#view.getUint8(begin + i);
    return value;
  }

  /** Reads a signed varint. */
  varint(): number {
    const value = this.unsignedVarint();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  /** Reads a non-negative element count, stored in the given type. */
  count(read: 'int16' | 'int32' | 'uint16' | 'varint' | 'unsignedVarint'): number {
    const value = this[read]();
    if (value < 0) throw this.object.corrupt(`declares a count of ${value}, expected at least 0`, this.#position);
    return value;
  }

  varints(count: number): Int32Array {
    this.#require(count);
    const values = new Int32Array(count);
    for (let i = 0; i < count; i++) values[i] = this.#fitting(this.varint(), -(2 ** 31), 2 ** 31);
    return values;
  }

  unsignedVarints(count: number): Uint32Array {
    this.#require(count);
    const values = new Uint32Array(count);
    for (let i = 0; i < count; i++) values[i] = this.#fitting(this.unsignedVarint(), 0, 2 ** 32);
    return values;
  }

  /** Returns a view of the next bytes. */
  bytes(count: number): Uint8Array {
    const begin = this.#advance(count);
    return this.object.payload.subarray(begin, begin + count);
  }

  int16s(count: number): Int16Array {
    return new Int16Array(this.#copyNumbers(count, 2));
  }

  uint16s(count: number): Uint16Array {
    return new Uint16Array(this.#copyNumbers(count, 2));
  }

  int32s(count: number): Int32Array {
    return new Int32Array(this.#copyNumbers(count, 4));
  }

  float32s(count: number): Float32Array {
    return new Float32Array(this.#copyNumbers(count, 4));
  }

  float64s(count: number): Float64Array {
    return new Float64Array(this.#copyNumbers(count, 8));
  }

  /** Reads a string preceded by its length as int16. */
  string(): string {
    return this.text(this.count('int16'));
  }

  /** Reads a string preceded by its length as unsigned varint. */
  varString(): string {
    return this.text(this.count('unsignedVarint'));
  }

  /** Reads `length` bytes of UTF-8, up to the first NUL. Invalid sequences become U+FFFD. */
  text(length: number): string {
    const text = UTF8.decode(this.bytes(length));
    const end = text.indexOf('\0');
    return end < 0 ? text : text.slice(0, end);
  }

  skip(count: number): void {
    this.#advance(count);
  }

  /** Reads a time stamp. */
  time(): SimtelTime {
    return { seconds: this.int32(), nanoseconds: this.int32() };
  }

  /** @throws SimtelError SIMTEL_CORRUPT for a varint out of the range of the array */
  #fitting(value: number, least: number, end: number): number {
    if (value >= least && value < end) return value;
    throw this.object.corrupt(`has the number ${value}, expected one of 32 bits`, this.#position);
  }

  /** Moves forward; returns the previous position. */
  #advance(count: number): number {
    const begin = this.#position;
    this.#require(count);
    this.#position = begin + count;
    return begin;
  }

  /** Checks that enough bytes remain, before memory is allocated for them. */
  #require(count: number): void {
    if (count > this.remaining) {
      throw this.object.corrupt(`needs ${count} more bytes, but only ${this.remaining} remain`, this.#position);
    }
  }

  /** Copies the next numbers to a new buffer in native byte order, aligned as typed arrays require. */
  #copyNumbers(count: number, size: number): ArrayBuffer {
    const bytes = Uint8Array.from(this.bytes(count * size));
    if (this.#littleEndian !== IS_NATIVE_LITTLE_ENDIAN) swapBytes(bytes, size);
    return bytes.buffer;
  }
}

/** Unix time, UTC, as sim_telarray stores it: two signed 32-bit integers. */
export interface SimtelTime {
  readonly seconds: number;
  readonly nanoseconds: number;
}

// Shared, since creating a decoder for each of the thousands of strings in a file is slow.
const UTF8 = new TextDecoder();
const IS_NATIVE_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function swapBytes(bytes: Uint8Array, size: number): void {
  for (let begin = 0; begin < bytes.length; begin += size) bytes.subarray(begin, begin + size).reverse();
}
