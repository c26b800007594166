import { CherenkitError, ExitCode } from '@cherenkit/core';

/** What is wrong with the file, with its place in it. */
export function corrupt(what: string, at: number): CherenkitError {
  return new CherenkitError(
    'HDF5_CORRUPT',
    ExitCode.BAD_INPUT,
    `The HDF5 file is broken: ${what} at byte ${at}. Make it again or fetch another copy.`,
  );
}

/** What of the format is not known here. */
export function unsupported(what: string): CherenkitError {
  return new CherenkitError(
    'HDF5_UNSUPPORTED',
    ExitCode.BAD_INPUT,
    `The HDF5 file has ${what}, which is not read here. "h5repack --low=0 --high=0 IN OUT" may convert it.`,
  );
}

/** Goes through the little-endian fields of a structure. */
export class StructureCursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  /** @param origin - where the bytes lie in the file, for messages */
  constructor(
    bytes: Uint8Array,
    readonly origin: number,
  ) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get position(): number {
    return this.#at;
  }

  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  u8(): number {
    return this.#bytes[this.#advance(1)];
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** An address or a length; undefined for "no address". */
  u64(): number | undefined {
    const value = this.#view.getBigUint64(this.#advance(8), true);
    return value > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(value);
  }

  /** An address or a length that has to be there. */
  address(): number {
    const value = this.u64();
    if (value === undefined) throw corrupt('an address is missing', this.origin + this.#at - 8);
    return value;
  }

  take(count: number): Uint8Array {
    const start = this.#advance(count);
    return this.#bytes.subarray(start, start + count);
  }

  skip(count: number): this {
    this.#advance(count);
    return this;
  }

  /** Skips to a multiple of eight bytes from a position. */
  align(from: number): this {
    return this.skip((8 - ((this.#at - from) % 8)) % 8);
  }

  /** A text that ends with NUL, which is skipped. */
  text(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    if (end < 0) throw corrupt('a name does not end', this.origin + this.#at);
    const text = new TextDecoder().decode(this.#bytes.subarray(this.#at, end));
    this.#at = end + 1;
    return text;
  }

  /** @throws CherenkitError HDF5_CORRUPT unless the next bytes are these ASCII letters */
  expect(signature: string): this {
    const found = new TextDecoder('latin1').decode(this.take(signature.length));
    if (found !== signature) {
      throw corrupt(
        `"${signature}" is expected, ${JSON.stringify(found)} found`,
        this.origin + this.#at - signature.length,
      );
    }
    return this;
  }

  #advance(count: number): number {
    const start = this.#at;
    if (count > this.#bytes.length - start) throw corrupt('a structure ends too early', this.origin + start);
    this.#at += count;
    return start;
  }
}
