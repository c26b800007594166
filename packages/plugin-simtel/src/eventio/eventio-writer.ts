import { encodeDifferentialRows, maxEncodedSize } from '@cherenkit/kernels';
import { MIN_HEADER_SIZE, SYNC_MARKER } from './eventio-header.js';
import type { SimtelTime } from './payload-reader.js';

const FIRST_SIZE = 2 ** 16;
/** Objects fill whole words, as those of sim_telarray. */
const ALIGNMENT = 4;
const ONLY_SUBOBJECTS = 0x4000_0000;

/** What the header of an object says, but for its length. */
export interface ObjectIdentity {
  readonly type: number;
  readonly version: number;
  readonly id: number;
  /** Whether the content is objects and nothing else. */
  readonly onlySubobjects?: boolean;
}

/**
 * Puts EventIO objects into a buffer that grows, little-endian: the counterpart of `PayloadReader`.
 *
 * An object is written as a call that writes its content; its length is filled in when that returns.
 */
export class EventioWriter {
  #bytes = new Uint8Array(FIRST_SIZE);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** What was written since this was called last; valid until something is written again. */
  take(): Uint8Array {
    const written = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    return written;
  }

  /** An object at the top level of a file: with the marker that begins it. */
  topLevel(identity: ObjectIdentity, writeContent: () => void): void {
    this.uint32(SYNC_MARKER);
    this.object(identity, writeContent);
  }

  /** An object within another one. */
  object({ type, version, id, onlySubobjects = false }: ObjectIdentity, writeContent: () => void): void {
    const begin = this.#length;
    this.uint32((type | (version << 20)) >>> 0);
    this.int32(id);
    this.uint32(0);
    writeContent();
    const length = this.#length - begin - MIN_HEADER_SIZE;
    const padding = (ALIGNMENT - (length % ALIGNMENT)) % ALIGNMENT;
    for (let i = 0; i < padding; i++) this.uint8(0);
    this.#view.setUint32(begin + 8, (length + padding) | (onlySubobjects ? ONLY_SUBOBJECTS : 0), true);
  }

  uint8(value: number): void {
    const at = this.#grow(1);
    this.#view.setUint8(at, value);
  }

  int16(value: number): void {
    const at = this.#grow(2);
    this.#view.setInt16(at, value, true);
  }

  uint16(value: number): void {
    const at = this.#grow(2);
    this.#view.setUint16(at, value, true);
  }

  int32(value: number): void {
    const at = this.#grow(4);
    this.#view.setInt32(at, value, true);
  }

  uint32(value: number): void {
    const at = this.#grow(4);
    this.#view.setUint32(at, value, true);
  }

  float32(value: number): void {
    const at = this.#grow(4);
    this.#view.setFloat32(at, value, true);
  }

  float64(value: number): void {
    const at = this.#grow(8);
    this.#view.setFloat64(at, value, true);
  }

  /** Up to 35 bits. */
  unsignedVarint(value: number): void {
    let more = 0;
    while (more < 4 && value >= 2 ** (7 * (more + 1))) more++;
    this.uint8(((0xff00 >> more) & 0xff) | Math.floor(value / 2 ** (8 * more)));
    for (let i = more - 1; i >= 0; i--) this.uint8(Math.floor(value / 2 ** (8 * i)) % 256);
  }

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
    const at = this.#grow(2 * values.length);
    for (let i = 0; i < values.length; i++) this.#view.setInt16(at + 2 * i, values[i], true);
  }

  uint16s(values: ArrayLike<number>): void {
    const at = this.#grow(2 * values.length);
    for (let i = 0; i < values.length; i++) this.#view.setUint16(at + 2 * i, values[i], true);
  }

  int32s(values: ArrayLike<number>): void {
    const at = this.#grow(4 * values.length);
    for (let i = 0; i < values.length; i++) this.#view.setInt32(at + 4 * i, values[i], true);
  }

  float32s(values: ArrayLike<number>): void {
    const at = this.#grow(4 * values.length);
    for (let i = 0; i < values.length; i++) this.#view.setFloat32(at + 4 * i, values[i], true);
  }

  float64s(values: ArrayLike<number>): void {
    const at = this.#grow(8 * values.length);
    for (let i = 0; i < values.length; i++) this.#view.setFloat64(at + 8 * i, values[i], true);
  }

  /** Zeros, for what is in an object and nobody here knows. */
  zeros(count: number): void {
    const at = this.#grow(count);
    this.#bytes.fill(0, at, at + count);
  }

  /** Text with its length in two bytes before it. */
  string(text: string): void {
    const bytes = new TextEncoder().encode(text);
    this.int16(bytes.length);
    this.#put(bytes);
  }

  /** Text with its length as a varint before it. */
  varString(text: string): void {
    const bytes = new TextEncoder().encode(text);
    this.unsignedVarint(bytes.length);
    this.#put(bytes);
  }

  /** Text alone. */
  text(text: string): void {
    this.#put(new TextEncoder().encode(text));
  }

  time({ seconds, nanoseconds }: SimtelTime): void {
    this.int32(seconds);
    this.int32(nanoseconds);
  }

  /** Rows of integers as the differences between neighbours. */
  differentialRows(rows: Uint16Array | Uint32Array, nPerRow: number): void {
    const begin = this.#grow(maxEncodedSize(rows.length));
    this.#length = encodeDifferentialRows(rows, nPerRow, this.#bytes, begin);
  }

  #put(bytes: Uint8Array): void {
    const at = this.#grow(bytes.length);
    this.#bytes.set(bytes, at);
  }

  /** Makes room and takes it; returns where it begins. */
  #grow(count: number): number {
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
