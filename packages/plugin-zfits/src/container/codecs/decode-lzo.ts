/** Distance up to which the shorter instructions reach back, bytes. */
const NEAR = 2048;
const FAR = 16384;
const FIRST_ALLOCATION = 65536;

/**
 * Decodes LZO1X data, which does not contain its decoded size. Source: the description of the stream in the documentation of
 * the Linux kernel.
 *
 * @throws RangeError if the data is invalid, or has more than `maxBytes` of content
 */
export function decodeLzo(bytes: Uint8Array, maxBytes: number): Uint8Array {
  return new LzoDecoder(bytes, maxBytes).decode();
}

class LzoDecoder {
  #content: Uint8Array;
  #size = 0;
  #at = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly maxBytes: number,
  ) {
    this.#content = new Uint8Array(Math.min(maxBytes, FIRST_ALLOCATION));
  }

  decode(): Uint8Array {
    /** Number of literals copied by the last instruction; 4 for a run of literals. */
    let state = 0;
    if (this.bytes[0] > 17) {
      const count = this.#byte() - 17;
      this.#literals(count);
      state = Math.min(count, 4);
    }
    for (;;) {
      const instruction = this.#byte();
      let length: number;
      let distance: number;
      let trailing: number;
      if (instruction < 16) {
        if (state === 0) {
          this.#literals(instruction === 0 ? this.#more(18) : instruction + 3);
          state = 4;
          continue;
        }
        trailing = instruction & 3;
        distance = (instruction >> 2) + (this.#byte() << 2) + 1 + (state === 4 ? NEAR : 0);
        length = state === 4 ? 3 : 2;
      } else if (instruction >= 64) {
        trailing = instruction & 3;
        distance = ((instruction >> 2) & 7) + (this.#byte() << 3) + 1;
        length = (instruction >> 5) + 1;
      } else {
        const isFar = instruction < 32;
        const mask = isFar ? 7 : 31;
        length = (instruction & mask || this.#more(mask)) + 2;
        const word = this.#byte() | (this.#byte() << 8);
        trailing = word & 3;
        distance = (word >> 2) + (isFar ? ((instruction & 8) << 11) + FAR : 1);
        if (isFar && distance === FAR) return this.#content.subarray(0, this.#size);
      }
      this.#copy(distance, length);
      this.#literals(trailing);
      state = trailing;
    }
  }

  #byte(): number {
    if (this.#at >= this.bytes.length) throw new RangeError('LZO data without end mark');
    return this.bytes[this.#at++];
  }

  /** Reads the rest of a length: 255 per zero byte. */
  #more(base: number): number {
    let length = base;
    let byte = this.#byte();
    for (; byte === 0; byte = this.#byte()) length += 255;
    return length + byte;
  }

  #literals(count: number): void {
    if (this.#at + count > this.bytes.length) throw new RangeError('LZO data end within literals');
    this.#reserve(count);
    this.#content.set(this.bytes.subarray(this.#at, this.#at + count), this.#size);
    this.#at += count;
    this.#size += count;
  }

  #copy(distance: number, length: number): void {
    if (distance > this.#size) {
      throw new RangeError(`LZO data refer to byte ${this.#size - distance}, before the first byte`);
    }
    this.#reserve(length);
    const end = this.#size + length;
    // Byte by byte: the copied part may overlap itself.
    for (let to = this.#size; to < end; to++) this.#content[to] = this.#content[to - distance];
    this.#size = end;
  }

  #reserve(count: number): void {
    const size = this.#size + count;
    if (size > this.maxBytes) throw new RangeError(`LZO data with more than ${this.maxBytes} bytes of content`);
    if (size <= this.#content.length) return;
    const larger = new Uint8Array(Math.min(this.maxBytes, Math.max(2 * this.#content.length, size)));
    larger.set(this.#content);
    this.#content = larger;
  }
}
