/** An array of numpy, in C order. */
export interface PickledArray {
  readonly shape: readonly number[];
  readonly values: Float64Array | Float32Array;
}

/** What a pickle may contain. */
export type PickledValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | PickledArray
  | readonly PickledValue[]
  | Map<PickledValue, PickledValue>;

/** A pickle that is damaged, or that contains anything but numbers, texts, bytes, lists, dictionaries and arrays of numbers. */
export class PickleDefect extends Error {}

/** Constructors that a pickle may name. Nothing else is looked up, and none of them runs code of the pickle. */
const GLOBALS: ReadonlyMap<string, ConstructorKind> = new Map([
  ['numpy.core.multiarray _reconstruct', 'reconstruct'],
  ['numpy._core.multiarray _reconstruct', 'reconstruct'],
  ['numpy.core.numeric _frombuffer', 'fromBuffer'],
  ['numpy._core.numeric _frombuffer', 'fromBuffer'],
  ['numpy.core.multiarray scalar', 'scalar'],
  ['numpy._core.multiarray scalar', 'scalar'],
  ['numpy dtype', 'dtype'],
  ['numpy ndarray', 'ndarray'],
]);

type ConstructorKind = 'reconstruct' | 'fromBuffer' | 'scalar' | 'dtype' | 'ndarray';

class Constructor {
  constructor(readonly kind: ConstructorKind) {}
}

class Mark {}
const MARK = new Mark();

/** Type of the elements of an array. */
class Dtype {
  isLittleEndian = true;

  constructor(
    readonly kind: 'f' | 'i' | 'u' | 'b',
    readonly size: number,
  ) {}
}

/** An array whose state has not been set yet. */
class UnfinishedArray {
  array: PickledArray | undefined;
}

/** The stack may also contain what is no value of the result. */
type Item = PickledValue | Constructor | Mark | Dtype | UnfinishedArray;

const MAX_PROTOCOL = 5;
const MAX_DIMENSIONS = 32;

/**
 * Reads a pickle of Python without running code: numbers, texts, bytes, tuples, lists, dictionaries, and arrays and numbers of
 * numpy. Everything else is refused.
 *
 * No memory is reserved for a length that the pickle claims, unless it contains as many bytes. Source: the opcodes of Python's
 * module `pickletools`.
 *
 * @throws PickleDefect
 */
export function readPickle(bytes: Uint8Array): PickledValue {
  return new PickleReader(bytes).read();
}

const OPCODES: Readonly<Record<number, (reader: PickleReader) => void>> = {
  0x80: (reader) => reader.protocol(),
  0x95: (reader) => reader.skip(8), // FRAME
  0x28: (reader) => reader.push(MARK),
  0x30: (reader) => void reader.pop(), // POP
  0x31: (reader) => void reader.popMark(), // POP_MARK
  0x4e: (reader) => reader.push(null),
  0x88: (reader) => reader.push(true),
  0x89: (reader) => reader.push(false),
  0x4a: (reader) => reader.push(reader.int32()),
  0x4b: (reader) => reader.push(reader.uint8()),
  0x4d: (reader) => reader.push(reader.uint16()),
  0x8a: (reader) => reader.push(reader.long(reader.uint8())),
  0x47: (reader) => reader.push(reader.float64()),
  0x8c: (reader) => reader.push(reader.text(reader.uint8())),
  0x58: (reader) => reader.push(reader.text(reader.uint32())),
  0x8d: (reader) => reader.push(reader.text(reader.uint64())),
  0x43: (reader) => reader.push(reader.bytes(reader.uint8())),
  0x42: (reader) => reader.push(reader.bytes(reader.uint32())),
  0x8e: (reader) => reader.push(reader.bytes(reader.uint64())),
  0x96: (reader) => reader.push(reader.bytes(reader.uint64())), // BYTEARRAY8
  0x55: (reader) => reader.push(reader.bytes(reader.uint8())), // SHORT_BINSTRING, of Python 2
  0x54: (reader) => reader.push(reader.bytes(reader.int32())), // BINSTRING, of Python 2
  0x29: (reader) => reader.push([]),
  0x85: (reader) => reader.tuple(1),
  0x86: (reader) => reader.tuple(2),
  0x87: (reader) => reader.tuple(3),
  0x74: (reader) => reader.push(reader.values(reader.popMark())),
  0x5d: (reader) => reader.push([]),
  0x61: (reader) => reader.append([reader.pop()]),
  0x65: (reader) => reader.append(reader.popMark()),
  0x7d: (reader) => reader.push(new Map()),
  0x73: (reader) => reader.setItems([reader.pop(), reader.pop()].reverse()),
  0x75: (reader) => reader.setItems(reader.popMark()),
  0x94: (reader) => reader.memoize(),
  0x71: (reader) => reader.memoize(reader.uint8()),
  0x72: (reader) => reader.memoize(reader.uint32()),
  0x68: (reader) => reader.recall(reader.uint8()),
  0x6a: (reader) => reader.recall(reader.uint32()),
  0x63: (reader) => reader.global(reader.line(), reader.line()),
  0x93: (reader) => reader.stackGlobal(),
  0x52: (reader) => reader.reduce(),
  0x62: (reader) => reader.build(),
};
const STOP = 0x2e;

class PickleReader {
  readonly #data: Uint8Array;
  readonly #view: DataView;
  readonly #stack: Item[] = [];
  readonly #memo = new Map<number, Item>();
  #at = 0;

  constructor(data: Uint8Array) {
    this.#data = data;
    this.#view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  }

  read(): PickledValue {
    for (;;) {
      const at = this.#at;
      const opcode = this.uint8();
      if (opcode === STOP) return this.#value(this.pop());
      const operation = OPCODES[opcode];
      if (operation === undefined) {
        throw new PickleDefect(`the opcode 0x${opcode.toString(16).padStart(2, '0')} at byte ${at} is not allowed`);
      }
      operation(this);
    }
  }

  skip(count: number): void {
    this.#next(count);
  }

  uint8(): number {
    return this.#view.getUint8(this.#next(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#next(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#next(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#next(4), true);
  }

  uint64(): number {
    return Number(this.#view.getBigUint64(this.#next(8), true));
  }

  float64(): number {
    return this.#view.getFloat64(this.#next(8), false);
  }

  /** An integer of up to eight bytes. */
  long(count: number): number {
    if (count > 8) throw new PickleDefect(`an integer has ${count} bytes, expected at most 8`);
    const bytes = this.bytes(count);
    let value = 0n;
    for (let i = count - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]);
    return Number(BigInt.asIntN(8 * count, value));
  }

  bytes(count: number): Uint8Array {
    const start = this.#next(count);
    return this.#data.subarray(start, start + count);
  }

  text(count: number): string {
    return new TextDecoder().decode(this.bytes(count));
  }

  line(): string {
    const end = this.#data.indexOf(0x0a, this.#at);
    if (end < 0) throw this.#truncated();
    return this.text(end - this.#at + 1).slice(0, -1);
  }

  protocol(): void {
    const version = this.uint8();
    if (version > MAX_PROTOCOL) {
      throw new PickleDefect(`it has the pickle protocol ${version}, expected at most ${MAX_PROTOCOL}`);
    }
  }

  push(item: Item): void {
    this.#stack.push(item);
  }

  pop(): Item {
    const item = this.#stack.pop();
    if (item === undefined || item === MARK) throw new PickleDefect('an opcode has no operand');
    return item;
  }

  popMark(): Item[] {
    const mark = this.#stack.lastIndexOf(MARK);
    if (mark < 0) throw new PickleDefect('an opcode has no mark');
    const items = this.#stack.splice(mark);
    items.shift();
    return items;
  }

  tuple(count: number): void {
    const items = Array.from({ length: count }, () => this.pop());
    this.push(this.values(items.reverse()));
  }

  append(items: readonly Item[]): void {
    const list = this.#stack.at(-1);
    if (!Array.isArray(list)) throw new PickleDefect('an element is appended to what is no list');
    for (const value of this.values(items)) (list as PickledValue[]).push(value);
  }

  setItems(items: readonly Item[]): void {
    const dictionary = this.#stack.at(-1);
    if (!(dictionary instanceof Map) || items.length % 2 !== 0) {
      throw new PickleDefect('a key is set in what is no dictionary');
    }
    const values = this.values(items);
    for (let i = 0; i < values.length; i += 2) dictionary.set(values[i], values[i + 1]);
  }

  memoize(index = this.#memo.size): void {
    const item = this.#stack.at(-1);
    if (item === undefined) throw new PickleDefect('an opcode has no operand');
    this.#memo.set(index, item);
  }

  recall(index: number): void {
    const item = this.#memo.get(index);
    if (item === undefined) throw new PickleDefect(`the memo has no entry ${index}`);
    this.push(item);
  }

  stackGlobal(): void {
    const name = this.pop();
    const module = this.pop();
    this.global(module, name);
  }

  global(module: Item, name: Item): void {
    const kind = typeof module === 'string' && typeof name === 'string' ? GLOBALS.get(`${module} ${name}`) : undefined;
    if (kind === undefined) {
      const named = [module, name].map((part) => (typeof part === 'string' ? part.slice(0, 60) : '?')).join('.');
      throw new PickleDefect(`it contains ${named}, which is not allowed; expected arrays of numbers only`);
    }
    this.push(new Constructor(kind));
  }

  reduce(): void {
    const parameters = this.pop();
    const constructor = this.pop();
    if (!(constructor instanceof Constructor) || !Array.isArray(parameters)) {
      throw new PickleDefect('it calls what is no constructor');
    }
    this.push(construct(constructor.kind, parameters as Item[]));
  }

  build(): void {
    const state = this.pop();
    const object = this.#stack.at(-1);
    if (!Array.isArray(state)) throw new PickleDefect('the state of an object is no tuple');
    const parts = state as Item[];
    if (object instanceof Dtype) {
      object.isLittleEndian = parts[1] !== '>';
    } else if (object instanceof UnfinishedArray) {
      const [, shape, dtype, isFortran, content] = parts;
      object.array = arrayOf(shape, dtype, content, isFortran === true);
    } else throw new PickleDefect('it sets the state of what has none');
  }

  /** Values of items of the stack. Constructors and types of elements stay as they are, for `reduce` and `build`. */
  values(items: readonly Item[]): PickledValue[] {
    // Only `construct` and `build` look at other items; `#value` refuses them in the result.
    return items as PickledValue[];
  }

  /** Checks the result, and replaces unfinished arrays by arrays. */
  #value(item: Item): PickledValue {
    if (item instanceof UnfinishedArray) {
      if (item.array === undefined) throw new PickleDefect('an array has no state');
      return item.array;
    }
    if (item instanceof Constructor || item instanceof Mark || item instanceof Dtype) {
      throw new PickleDefect('the result contains a type');
    }
    if (item instanceof Map)
      return new Map([...item].map(([key, value]) => [this.#shallow(key), this.#shallow(value)]));
    return item;
  }

  /** Tuples of a key or a list of a value contain numbers only: deeper structures are left as they are. */
  #shallow(item: Item): PickledValue {
    return item instanceof Map || Array.isArray(item) ? (item as PickledValue) : this.#value(item);
  }

  /** Moves behind the next bytes, and returns their position. */
  #next(count: number): number {
    if (!(count >= 0 && count <= this.#data.length - this.#at)) throw this.#truncated();
    const at = this.#at;
    this.#at += count;
    return at;
  }

  #truncated(): PickleDefect {
    return new PickleDefect(`it ends at byte ${this.#data.length}, within a value`);
  }
}

function construct(kind: ConstructorKind, parameters: readonly Item[]): Item {
  switch (kind) {
    case 'reconstruct':
      return new UnfinishedArray();
    case 'dtype':
      return dtypeOf(parameters[0]);
    case 'scalar': {
      const [dtype, content] = parameters;
      return arrayOf([], dtype, content, false).values[0];
    }
    case 'fromBuffer': {
      const [content, dtype, shape, order] = parameters;
      return arrayOf(shape, dtype, content, order === 'F');
    }
    default:
      throw new PickleDefect('it creates an array without state');
  }
}

function dtypeOf(code: Item): Dtype {
  const name = typeof code === 'string' ? code.slice(0, 20) : '?';
  const found = /^[<>|=]?([fiub])([1248])$/.exec(name);
  if (!found) throw new PickleDefect(`an array has the type ${name}; expected numbers`);
  const dtype = new Dtype(found[1] as Dtype['kind'], Number(found[2]));
  if (dtype.kind === 'f' && dtype.size < 4) throw new PickleDefect(`an array has the type ${name}; expected f4 or f8`);
  if (name.startsWith('>')) dtype.isLittleEndian = false;
  return dtype;
}

/** Converts the bytes of an array. They are compared with its shape before memory is reserved. */
function arrayOf(shape: Item, dtype: Item, content: Item, isFortran: boolean): PickledArray {
  if (!(dtype instanceof Dtype) || !(content instanceof Uint8Array) || !Array.isArray(shape)) {
    throw new PickleDefect('an array is no array of numbers');
  }
  const lengths = shape as Item[];
  const isShape =
    lengths.length <= MAX_DIMENSIONS && lengths.every((length) => Number.isSafeInteger(length) && Number(length) >= 0);
  const count = isShape ? lengths.reduce<number>((product, length) => product * Number(length), 1) : NaN;
  if (count * dtype.size !== content.length) {
    throw new PickleDefect(
      `an array has ${content.length} bytes, which is not what its shape (${lengths.map(String).join(', ')}) needs`,
    );
  }
  if (isFortran && lengths.length > 1) throw new PickleDefect('an array is in Fortran order; expected C order');
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const read = elementReader(view, dtype);
  const values = dtype.kind === 'f' && dtype.size === 4 ? new Float32Array(count) : new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = read(i * dtype.size);
  return { shape: lengths.map(Number), values };
}

function elementReader(view: DataView, { kind, size, isLittleEndian }: Dtype): (at: number) => number {
  if (kind === 'f')
    return size === 4 ? (at) => view.getFloat32(at, isLittleEndian) : (at) => view.getFloat64(at, isLittleEndian);
  const isSigned = kind === 'i';
  switch (size) {
    case 1:
      return (at) => (isSigned ? view.getInt8(at) : view.getUint8(at));
    case 2:
      return (at) => (isSigned ? view.getInt16(at, isLittleEndian) : view.getUint16(at, isLittleEndian));
    case 4:
      return (at) => (isSigned ? view.getInt32(at, isLittleEndian) : view.getUint32(at, isLittleEndian));
    default:
      return (at) => Number(isSigned ? view.getBigInt64(at, isLittleEndian) : view.getBigUint64(at, isLittleEndian));
  }
}
