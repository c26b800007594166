/** Builds the bytes of EventIO objects in either byte order. */
export interface EventioBuilder {
  /** A sub-object with its header. */
  readonly object: (type: number, options: ObjectOptions, ...content: readonly Uint8Array[]) => Uint8Array;
  /** A top-level object, which starts with the sync marker. */
  readonly top: (type: number, options: ObjectOptions, ...content: readonly Uint8Array[]) => Uint8Array;
  readonly int16: (...values: readonly number[]) => Uint8Array;
  readonly int32: (...values: readonly number[]) => Uint8Array;
  readonly float32: (...values: readonly number[]) => Uint8Array;
}

interface ObjectOptions {
  readonly version?: number;
  readonly id?: number;
  readonly onlySubobjects?: boolean;
  readonly isExtended?: boolean;
  /** Declared length, by default the actual one. */
  readonly length?: number;
}

export function eventioBuilder(littleEndian: boolean): EventioBuilder {
  const numbers = (
    size: number,
    values: readonly number[],
    set: (view: DataView, at: number, value: number) => void,
  ) => {
    const bytes = new Uint8Array(size * values.length);
    const view = new DataView(bytes.buffer);
    values.forEach((value, i) => set(view, i * size, value));
    return bytes;
  };
  const int16 = (...values: readonly number[]) =>
    numbers(2, values, (view, at, value) => view.setInt16(at, value, littleEndian));
  const int32 = (...values: readonly number[]) =>
    numbers(4, values, (view, at, value) => view.setInt32(at, value, littleEndian));
  const float32 = (...values: readonly number[]) =>
    numbers(4, values, (view, at, value) => view.setFloat32(at, value, littleEndian));
  const object = (
    type: number,
    { version = 0, id = 0, onlySubobjects = false, isExtended = false, length }: ObjectOptions,
    ...content: readonly Uint8Array[]
  ) => {
    const payload = joined(...content);
    const declared = length ?? payload.length;
    const typeWord = type | (isExtended ? 0x20000 : 0) | (version << 20);
    const lengthWord = (declared % 2 ** 30) | (onlySubobjects ? 0x40000000 : 0);
    const extension = isExtended ? [Math.floor(declared / 2 ** 30)] : [];
    return joined(int32(typeWord, id, lengthWord, ...extension), payload);
  };
  return {
    object,
    top: (...args) => joined(int32(0xd41f8a37 | 0), object(...args)),
    int16,
    int32,
    float32,
  };
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
