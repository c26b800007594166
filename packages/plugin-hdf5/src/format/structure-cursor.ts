import { CherenkitError, ExitCode } from '@cherenkit/core';

/** Creates an HDF5_CORRUPT error: what was found and expected, and the position in the file. */
export function corrupt(found: string, position: number): CherenkitError {
  return new CherenkitError(
    'HDF5_CORRUPT',
    ExitCode.BAD_INPUT,
    `The HDF5 file is corrupt at byte ${position}: ${found}. Create it again or fetch another copy.`,
  );
}

/** Creates an HDF5_UNSUPPORTED error for a feature of the format. */
export function unsupported(feature: string): CherenkitError {
  return new CherenkitError(
    'HDF5_UNSUPPORTED',
    ExitCode.BAD_INPUT,
    `The HDF5 file uses an unsupported feature: ${feature}. "h5repack --low=0 --high=0 IN OUT" may convert it.`,
  );
}

// Making a decoder takes longer than decoding a name.
const utf8 = new TextDecoder();
const latin1 = new TextDecoder('latin1');

/** Sequential reader of the little-endian fields of a structure. */
export class StructureCursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #position = 0;

  /** @param origin - position of the bytes in the file, for messages */
  constructor(
    bytes: Uint8Array,
    readonly origin: number,
  ) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get position(): number {
    return this.#position;
  }

  get remaining(): number {
    return this.#bytes.length - this.#position;
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

  /** Reads an address or length; undefined for the undefined address. */
  u64(): number | undefined {
    const value = this.#view.getBigUint64(this.#advance(8), true);
    return value > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(value);
  }

  /**
   * Reads a defined address or length.
   *
   * @throws CherenkitError HDF5_CORRUPT (65) for the undefined address
   */
  address(): number {
    const value = this.u64();
    if (value === undefined) throw corrupt('undefined address', this.origin + this.#position - 8);
    return value;
  }

  /** A cursor at the start of the same bytes. */
  restarted(): StructureCursor {
    return new StructureCursor(this.#bytes, this.origin);
  }

  take(count: number): Uint8Array {
    const start = this.#advance(count);
    return this.#bytes.subarray(start, start + count);
  }

  skip(count: number): this {
    this.#advance(count);
    return this;
  }

  /** Skips padding up to a multiple of eight bytes from a position. */
  align(from: number): this {
    return this.skip((8 - ((this.#position - from) % 8)) % 8);
  }

  /** Reads a NUL-terminated string. */
  text(): string {
    const end = this.#bytes.indexOf(0, this.#position);
    if (end < 0) throw corrupt('unterminated name', this.origin + this.#position);
    const text = utf8.decode(this.#bytes.subarray(this.#position, end));
    this.#position = end + 1;
    return text;
  }

  /** Reads a signature. @throws CherenkitError HDF5_CORRUPT (65) unless the next bytes equal it */
  expect(signature: string): this {
    const found = latin1.decode(this.take(signature.length));
    if (found !== signature) {
      throw corrupt(
        `expected "${signature}", found ${JSON.stringify(found)}`,
        this.origin + this.#position - signature.length,
      );
    }
    return this;
  }

  #advance(count: number): number {
    const start = this.#position;
    if (count > this.#bytes.length - start) throw corrupt('a structure ends prematurely', this.origin + start);
    this.#position += count;
    return start;
  }
}
