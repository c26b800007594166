const encoder = new TextEncoder();

/** Writes the fields of a protobuf message. */
export class ProtobufWriter {
  #bytes = new Uint8Array(1024);
  #length = 0;

  /** The bytes of a message whose fields `write` adds. */
  static message(write: (writer: ProtobufWriter) => void): Uint8Array {
    const writer = new ProtobufWriter();
    write(writer);
    return writer.#bytes.subarray(0, writer.#length);
  }

  integer(field: number, value: number): this {
    this.#varint(8 * field);
    this.#varint(value);
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.#varint(8 * field + 2);
    this.#varint(value.length);
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
    return this;
  }

  text(field: number, value: string): this {
    return this.bytes(field, encoder.encode(value));
  }

  message(field: number, write: (writer: ProtobufWriter) => void): this {
    return this.bytes(field, ProtobufWriter.message(write));
  }

  /** Packed integers, not negative. */
  integers(field: number, values: ArrayLike<number>): this {
    return this.message(field, (packed) => {
      for (let i = 0; i < values.length; i++) packed.#varint(values[i]);
    });
  }

  /** Packed float32. */
  floats(field: number, values: ArrayLike<number>): this {
    const bytes = new DataView(new ArrayBuffer(4 * values.length));
    for (let i = 0; i < values.length; i++) bytes.setFloat32(4 * i, values[i], true);
    return this.bytes(field, new Uint8Array(bytes.buffer));
  }

  #varint(value: number): void {
    this.#reserve(8);
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  #reserve(length: number): void {
    if (this.#length + length <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + length));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
