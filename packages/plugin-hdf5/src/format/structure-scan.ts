import { HDF5_SIGNATURE } from './hdf5-writer.js';
import { MessageType } from './object-header-writer.js';

/** A table as found by {@link scanStructure}. */
export interface ScannedTable {
  readonly nRows: number;
  /** Columns, chunk size and filters as they are stored: equal for tables of the same layout. */
  readonly signature: string;
}

/** Most objects and nodes of groups that are scanned; more are left to the HDF5 library. */
const MAX_VISITED = 20_000;
const MAX_DEPTH = 100;
/** Messages that make up the signature of a table, except the layout, which contains an address. */
const SIGNED = new Set<number>([MessageType.DATATYPE, MessageType.FILTERS]);

/**
 * Lists the tables of a file in the classic format, as written by PyTables and ctapipe, by their paths: depth first, sorted by
 * name within a group. Attributes are skipped, which makes this 20 times faster than the HDF5 library.
 *
 * @param bytes - the whole file
 * @returns undefined for files with anything else than groups and chunked tables, and for damaged files: they are to be read
 *   by the library
 */
export function scanStructure(bytes: Uint8Array): ReadonlyMap<string, ScannedTable> | undefined {
  try {
    return new StructureScan(bytes).run();
  } catch (error) {
    if (error instanceof NotScanned || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Thrown for what is left to the library. */
class NotScanned extends Error {}

/** Position and length of a message of an object header. */
type Message = readonly [type: number, position: number, length: number];

class StructureScan {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #tables = new Map<string, ScannedTable>();
  #nVisited = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  run(): ReadonlyMap<string, ScannedTable> {
    // Superblock version 0: sizes of addresses and lengths, base address, end of the file, root group.
    require(HDF5_SIGNATURE.every((byte, i) => this.#bytes[i] === byte) && this.#bytes[8] === 0);
    require(this.#bytes[13] === 8 && this.#bytes[14] === 8 && this.#address(24) === 0);
    require(this.#address(40) === this.#bytes.length);
    this.#object('', this.#address(64), 0);
    return this.#tables;
  }

  /** Counts what is visited: a damaged file may have cycles. */
  #visit(depth: number): void {
    require(++this.#nVisited <= MAX_VISITED && depth <= MAX_DEPTH);
  }

  #object(path: string, header: number, depth: number): void {
    this.#visit(depth);
    const messages = this.#messages(header);
    const group = messages.find(([type]) => type === MessageType.SYMBOL_TABLE);
    if (!group) {
      this.#tables.set(path, this.#table(messages));
      return;
    }
    const heap = this.#address(group[1] + 8);
    this.#expect(heap, 'HEAP');
    this.#children(this.#address(group[1]), this.#address(heap + 24), path, depth);
  }

  #children(node: number, names: number, path: string, depth: number): void {
    this.#visit(depth);
    this.#expect(node, 'TREE');
    const level = this.#view.getUint8(node + 5);
    const count = this.#view.getUint16(node + 6, true);
    for (let i = 0; i < count; i++) {
      const child = this.#address(node + 32 + 16 * i);
      if (level > 0) this.#children(child, names, path, depth + 1);
      else this.#entries(child, names, path, depth);
    }
  }

  #entries(node: number, names: number, path: string, depth: number): void {
    this.#expect(node, 'SNOD');
    const count = this.#view.getUint16(node + 6, true);
    for (let entry = node + 8; entry < node + 8 + 40 * count; entry += 40) {
      // Type 2 is a symbolic link.
      require(this.#view.getUint32(entry + 16, true) < 2);
      this.#object(`${path}/${this.#name(names + this.#address(entry))}`, this.#address(entry + 8), depth + 1);
    }
  }

  #messages(header: number): Message[] {
    require(this.#view.getUint8(header) === 1);
    let left = this.#view.getUint16(header + 2, true);
    const blocks = [[header + 16, this.#view.getUint32(header + 8, true)]];
    const messages: Message[] = [];
    for (const [start, length] of blocks) {
      for (let at = start; at + 8 <= start + length && left > 0; left--) {
        const [type, size] = [this.#view.getUint16(at, true), this.#view.getUint16(at + 2, true)];
        const isShared = (this.#view.getUint8(at + 4) & 2) !== 0;
        at += 8;
        if (type === MessageType.CONTINUATION) blocks.push([this.#address(at), this.#address(at + 8)]);
        else if (type !== MessageType.ATTRIBUTE) {
          require(!isShared);
          messages.push([type, at, size]);
        }
        at += size;
      }
    }
    return messages;
  }

  #table(messages: readonly Message[]): ScannedTable {
    const positionOf = (type: number): number => messages.find((message) => message[0] === type)?.[1] ?? NaN;
    const [space, layout] = [positionOf(MessageType.DATASPACE), positionOf(MessageType.LAYOUT)];
    // One dimension; layout version 3, chunked; chunks of rows.
    require(this.#view.getUint8(space) === 1 && this.#view.getUint8(space + 1) === 1);
    require(this.#view.getUint16(layout, true) === 0x203 && this.#view.getUint8(layout + 2) === 2);
    const signed = messages.filter(([type]) => SIGNED.has(type)).map(([, at, length]) => this.#text(at, at + length));
    return { nRows: this.#address(space + 8), signature: [this.#text(layout + 11, layout + 19), ...signed].join('|') };
  }

  #address(at: number): number {
    const value = this.#view.getUint32(at, true) + this.#view.getUint32(at + 4, true) * 2 ** 32;
    require(Number.isSafeInteger(value));
    return value;
  }

  #expect(at: number, signature: string): void {
    require(this.#text(at, at + signature.length) === signature);
  }

  #name(at: number): string {
    const end = this.#bytes.indexOf(0, at);
    require(end > at);
    return new TextDecoder().decode(this.#bytes.subarray(at, end));
  }

  #text(start: number, end: number): string {
    require(end <= this.#bytes.length);
    return latin1.decode(this.#bytes.subarray(start, end));
  }
}

const latin1 = new TextDecoder('latin1');

function require(condition: boolean): asserts condition {
  if (!condition) throw new NotScanned();
}
