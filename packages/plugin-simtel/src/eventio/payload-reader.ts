import type { EventioObject } from './eventio-object.js';

/**
 * A cursor over the content of an object that never reads beyond it.
 *
 * Variable-length integers ("varints") have as many leading ones in their first byte as bytes follow; signed ones
 * are stored zigzag, 0, -1, 1, -2 as 0, 1, 2, 3.
 *
 * Every method throws SimtelError SIMTEL_CORRUPT when the content ends too early.
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

  /** Bytes from the beginning of the content. */
  get position(): number {
    return this.#position;
  }

  /** Bytes that are left. */
  get remaining(): number {
    return this.#view.byteLength - this.#position;
  }

  uint8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  int16(): number {
    return this.#view.getInt16(this.#take(2), this.#littleEndian);
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2), this.#littleEndian);
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4), this.#littleEndian);
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4), this.#littleEndian);
  }

  float32(): number {
    return this.#view.getFloat32(this.#take(4), this.#littleEndian);
  }

  float64(): number {
    return this.#view.getFloat64(this.#take(8), this.#littleEndian);
  }

  /** Above 2^53 the last digits are lost. */
  unsignedVarint(): number {
    const first = this.uint8();
    if (first < 0x80) return first;
    const more = Math.clz32(~(first << 24)); // leading ones, hence bytes that follow
    let value = more >= 7 ? 0 : first & (0x7f >> more);
    const begin = this.#take(more);
    for (let i = 0; i < more; i++) value = value * 256 + this.#view.getUint8(begin + i);
    return value;
  }

  varint(): number {
    const value = this.unsignedVarint();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  /** A count that a following array is as long as: never negative. */
  count(read: 'int16' | 'int32' | 'uint16' | 'varint' | 'unsignedVarint'): number {
    const value = this[read]();
    if (value < 0) throw this.object.corrupt(`declares a negative count, ${value}`, this.#position);
    return value;
  }

  varints(count: number): Int32Array {
    this.#expect(count);
    const values = new Int32Array(count);
    for (let i = 0; i < count; i++) values[i] = this.varint();
    return values;
  }

  unsignedVarints(count: number): Uint32Array {
    this.#expect(count);
    const values = new Uint32Array(count);
    for (let i = 0; i < count; i++) values[i] = this.unsignedVarint();
    return values;
  }

  bytes(count: number): Uint8Array {
    const begin = this.#take(count);
    return this.object.payload.subarray(begin, begin + count);
  }

  int16s(count: number): Int16Array {
    return new Int16Array(this.#aligned(count, 2));
  }

  uint16s(count: number): Uint16Array {
    return new Uint16Array(this.#aligned(count, 2));
  }

  int32s(count: number): Int32Array {
    return new Int32Array(this.#aligned(count, 4));
  }

  float32s(count: number): Float32Array {
    return new Float32Array(this.#aligned(count, 4));
  }

  float64s(count: number): Float64Array {
    return new Float64Array(this.#aligned(count, 8));
  }

  /** Text with its length in two bytes before it. */
  string(): string {
    return this.text(this.count('int16'));
  }

  /** Text with its length as a varint before it. */
  varString(): string {
    return this.text(this.count('unsignedVarint'));
  }

  /** UTF-8; what is not becomes U+FFFD. Zeros at its end are left out. */
  text(length: number): string {
    const text = UTF8.decode(this.bytes(length));
    const end = text.indexOf('\0');
    return end < 0 ? text : text.slice(0, end);
  }

  skip(count: number): void {
    this.#take(count);
  }

  /** Seconds and nanoseconds. */
  time(): SimtelTime {
    return { seconds: this.int32(), nanoseconds: this.int32() };
  }

  #take(count: number): number {
    const begin = this.#position;
    this.#expect(count);
    this.#position = begin + count;
    return begin;
  }

  /** Before memory is taken for something declared: does the content reach so far? */
  #expect(count: number): void {
    if (count > this.remaining) {
      throw this.object.corrupt(`declares ${count} more bytes where ${this.remaining} are left`, this.#position);
    }
  }

  /** The next numbers as a buffer of their own in this machine's byte order: typed arrays need alignment. */
  #aligned(count: number, size: number): ArrayBuffer {
    const bytes = Uint8Array.from(this.bytes(count * size));
    if (this.#littleEndian !== IS_LITTLE_ENDIAN) swapBytes(bytes, size);
    return bytes.buffer;
  }
}

/** A time as sim_telarray stores it: since 1970, UTC, in two signed words. */
export interface SimtelTime {
  readonly seconds: number;
  readonly nanoseconds: number;
}

/** One for all: a file has thousands of texts. */
const UTF8 = new TextDecoder();
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function swapBytes(bytes: Uint8Array, size: number): void {
  for (let begin = 0; begin < bytes.length; begin += size) bytes.subarray(begin, begin + size).reverse();
}
