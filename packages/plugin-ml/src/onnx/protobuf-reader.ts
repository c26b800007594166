/** Wire types of protobuf that ONNX files use. */
const WIRE = { varint: 0, double: 1, bytes: 2, float: 5 } as const;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** A defect of the bytes of a message. */
export class ProtobufDefect extends Error {}

/**
 * Reads the fields of a protobuf message one after the other. Lengths are checked against the end of the message. Source:
 * https://protobuf.dev/programming-guides/encoding.
 */
export class ProtobufReader {
  /** Number of the current field. */
  field = 0;
  #wire = 0;
  #position = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Moves to the next field, whose value must be read or skipped before the next call. @returns false at the end */
  next(): boolean {
    if (this.#position >= this.#bytes.length) return false;
    const tag = this.#varint();
    this.field = Math.floor(tag / 8);
    this.#wire = tag % 8;
    if (this.field < 1) throw new ProtobufDefect(`a field has the number ${this.field}`);
    return true;
  }

  /** Whether the current field contains several packed values, or bytes. */
  get isBytes(): boolean {
    return this.#wire === WIRE.bytes;
  }

  /** Signed integer, at most 2^53. */
  integer(): number {
    this.#expect(WIRE.varint);
    return this.#varint();
  }

  float(): number {
    this.#expect(WIRE.float);
    return this.#view.getFloat32(this.#advance(4), true);
  }

  double(): number {
    this.#expect(WIRE.double);
    return this.#view.getFloat64(this.#advance(8), true);
  }

  /** Bytes of the field, in the memory of the message. */
  bytes(): Uint8Array {
    this.#expect(WIRE.bytes);
    const length = this.#varint();
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  text(): string {
    try {
      return decoder.decode(this.bytes());
    } catch (error) {
      if (error instanceof ProtobufDefect) throw error;
      throw new ProtobufDefect(`field ${this.field} is no valid UTF-8`);
    }
  }

  /** All integers of a packed field. */
  *packedIntegers(): Generator<number> {
    const packed = new ProtobufReader(this.bytes());
    while (packed.#position < packed.#bytes.length) yield packed.#varint();
  }

  skip(): void {
    switch (this.#wire) {
      case WIRE.varint:
        while ((this.#bytes[this.#advance(1)] & 0x80) !== 0);
        break;
      case WIRE.double:
        this.#advance(8);
        break;
      case WIRE.bytes:
        this.bytes();
        break;
      case WIRE.float:
        this.#advance(4);
        break;
      default:
        throw new ProtobufDefect(`field ${this.field} has the unknown wire type ${this.#wire}`);
    }
  }

  #expect(wire: number): void {
    if (this.#wire !== wire)
      throw new ProtobufDefect(`field ${this.field} has the wire type ${this.#wire}, not ${wire}`);
  }

  /** Moves forward; returns the position before. */
  #advance(length: number): number {
    const start = this.#position;
    if (!(length >= 0 && length <= this.#bytes.length - start)) {
      throw new ProtobufDefect(`field ${this.field} ends after the end of its message`);
    }
    this.#position += length;
    return start;
  }

  #varint(): number {
    let low = 0; // the lower 28 bits
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.#bytes[this.#advance(1)];
      low += (byte & 0x7f) << shift;
      if (byte < 0x80) return low;
    }
    let value = BigInt(low);
    for (let shift = 28n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.#advance(1)];
      value += BigInt(byte & 0x7f) << shift;
      if (byte >= 0x80) continue;
      const signed = Number(BigInt.asIntN(64, value));
      if (Number.isSafeInteger(signed)) return signed;
      throw new ProtobufDefect(`an integer is ${signed}, beyond 2^53`);
    }
    throw new ProtobufDefect('an integer has more than 10 bytes');
  }
}
