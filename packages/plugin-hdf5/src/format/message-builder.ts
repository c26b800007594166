/** Where HDF5 says "no address" and where a dimension is unlimited. */
export const UNDEFINED_ADDRESS = 0xffff_ffff_ffff_ffffn;

/** The next multiple of eight: HDF5 aligns its version 1 structures so. */
export function aligned(length: number): number {
  return Math.ceil(length / 8) * 8;
}

const utf8 = new TextEncoder();

/** Little-endian bytes of a structure of the file, appended field by field. */
export class MessageBuilder {
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;

  constructor(capacity = 64) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get length(): number {
    return this.#length;
  }

  /** The bytes so far; not a copy. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  u8(...values: number[]): this {
    const at = this.#advance(values.length);
    this.#bytes.set(values, at);
    return this;
  }

  u16(value: number): this {
    const at = this.#advance(2);
    this.#view.setUint16(at, value, true);
    return this;
  }

  u32(value: number): this {
    const at = this.#advance(4);
    this.#view.setUint32(at, value, true);
    return this;
  }

  u64(value: number | bigint): this {
    const at = this.#advance(8);
    this.#view.setBigUint64(at, BigInt(value), true);
    return this;
  }

  raw(bytes: Uint8Array): this {
    const at = this.#advance(bytes.length);
    this.#bytes.set(bytes, at);
    return this;
  }

  /** A string without a terminator, in ASCII in all structures of the format. */
  text(value: string): this {
    return this.raw(utf8.encode(value));
  }

  zeros(count: number): this {
    this.#advance(count);
    return this;
  }

  /** Bytes, then zeros up to a multiple of eight of the bytes' length. */
  padded(bytes: Uint8Array): this {
    return this.raw(bytes).zeros(aligned(bytes.length) - bytes.length);
  }

  /** Zeros up to a length of the whole. */
  zerosUpTo(length: number): this {
    return this.zeros(length - this.#length);
  }

  #advance(count: number): number {
    const start = this.#length;
    const end = start + count;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#bytes.length));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    this.#length = end;
    return start;
  }
}

/** A name as HDF5 stores it: UTF-8 and a terminating NUL. */
export function terminated(name: string): Uint8Array {
  return utf8.encode(`${name}\0`);
}
