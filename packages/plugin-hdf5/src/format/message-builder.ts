/** HDF5's undefined address, also the maximum size of unlimited dimensions. */
export const UNDEFINED_ADDRESS = 0xffff_ffff_ffff_ffffn;

/** Rounds up to a multiple of eight, the alignment of HDF5's version 1 structures. */
export function alignTo8(length: number): number {
  return Math.ceil(length / 8) * 8;
}

const utf8 = new TextEncoder();

/** Builds a structure of an HDF5 file field by field, little-endian. */
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

  /** View of the bytes written so far. */
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

  /** Appends a string without terminator. */
  text(value: string): this {
    return this.raw(utf8.encode(value));
  }

  zeros(count: number): this {
    this.#advance(count);
    return this;
  }

  /** Appends bytes, padded with zeros to a multiple of eight. */
  padded(bytes: Uint8Array): this {
    return this.raw(bytes).zeros(alignTo8(bytes.length) - bytes.length);
  }

  /** Appends zeros up to a total length. */
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

/** Encodes a name as UTF-8 with a terminating NUL. */
export function nulTerminated(name: string): Uint8Array {
  return utf8.encode(`${name}\0`);
}
