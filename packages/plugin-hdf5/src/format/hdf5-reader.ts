import type { ByteSource } from '@cherenkit/io';
import { HDF5_SIGNATURE } from './hdf5-writer.js';
import {
  readAttributes,
  readObjectHeader,
  readWithin,
  type AttributeContent,
  type ReadMessage,
} from './object-header-reader.js';
import { MessageType } from './object-header-writer.js';
import { corrupt, StructureCursor, unsupported } from './structure-cursor.js';
import { TableReader } from './table-reader.js';

const DEEPEST_GROUP = 100;

interface Entry {
  readonly name: string;
  readonly header: number;
}

/**
 * Reads the groups and tables of a file in the layout of PyTables, which ctapipe writes (superblock 0 or 1, old-style groups).
 *
 * Only what is asked for is read. Blosc, deflate, shuffle and checksums are undone; a dataset behind any other
 * filter is refused, never returned undecoded.
 */
export class Hdf5Reader {
  readonly #file: ByteSource;
  readonly #root: number;
  readonly #groups = new Map<number, Promise<Entry[] | undefined>>();

  private constructor(file: ByteSource, root: number) {
    this.#file = file;
    this.#root = root;
  }

  /** @throws CherenkitError HDF5_CORRUPT if this is no HDF5 file, HDF5_UNSUPPORTED if it is a newer kind */
  static async open(file: ByteSource): Promise<Hdf5Reader> {
    const superblock = new StructureCursor(await file.read(0, Math.min(128, file.size ?? 0)), 0);
    const signature = superblock.take(8);
    if (HDF5_SIGNATURE.some((byte, i) => signature[i] !== byte)) throw corrupt('the signature is missing', 0);
    const version = superblock.u8();
    if (version > 1) throw unsupported(`version ${version} of the superblock`);
    const [addressBytes, lengthBytes] = [superblock.skip(4).u8(), superblock.u8()];
    if (addressBytes !== 8 || lengthBytes !== 8) throw unsupported(`addresses of ${addressBytes} bytes`);
    superblock.skip(version === 0 ? 9 : 13).skip(32);
    return new Hdf5Reader(file, superblock.skip(8).address());
  }

  /** Paths of all tables and other leaves, depth first, by name within a group. */
  async tables(): Promise<string[]> {
    return this.#leaves('', this.#root);
  }

  /** Whether there is a group or a table at a path. */
  async has(path: string): Promise<boolean> {
    return (await this.#find(path)) !== undefined;
  }

  /** @throws RangeError if there is nothing at the path, CherenkitError HDF5_UNSUPPORTED if it is no table */
  async table(path: string): Promise<TableReader> {
    return new TableReader(this.#file, path, await this.#header(path));
  }

  /** Attributes of a table or a group; `/` is the root. */
  async attributes(path: string): Promise<Map<string, AttributeContent>> {
    return readAttributes(await this.#header(path));
  }

  async #header(path: string): Promise<ReadMessage[]> {
    const address = await this.#find(path);
    if (address === undefined) throw new RangeError(`There is nothing at ${path} in the file.`);
    return readObjectHeader(this.#file, address);
  }

  async #find(path: string): Promise<number | undefined> {
    let address: number | undefined = this.#root;
    for (const name of path.split('/').filter(Boolean)) {
      const children: Entry[] | undefined = address === undefined ? undefined : await this.#children(address);
      address = children?.find((child) => child.name === name)?.header;
    }
    return address;
  }

  async #leaves(path: string, address: number): Promise<string[]> {
    const children = await this.#children(address);
    if (!children) return [path];
    if (path.split('/').length > DEEPEST_GROUP) throw corrupt('groups go in circles', address);
    const leaves: string[] = [];
    for (const { name, header } of children) leaves.push(...(await this.#leaves(`${path}/${name}`, header)));
    return leaves;
  }

  // Undefined for what is no group. Remembered, since each path that is asked for goes through the groups above it.
  #children(address: number): Promise<Entry[] | undefined> {
    let children = this.#groups.get(address);
    if (!children) {
      children = this.#readChildren(address);
      this.#groups.set(address, children);
    }
    return children;
  }

  async #readChildren(address: number): Promise<Entry[] | undefined> {
    const messages = await readObjectHeader(this.#file, address);
    const table = messages.find(({ type }) => type === MessageType.SYMBOL_TABLE)?.content;
    if (!table) return undefined;
    const [btree, heap] = [table.address(), table.address()];
    const head = new StructureCursor(await readWithin(this.#file, heap, 32), heap).expect('HEAP').skip(4);
    const [length, , namesAt] = [head.address(), head.u64(), head.address()];
    const names = await readWithin(this.#file, namesAt, length);
    const entries = await this.#entries(btree);
    return entries.map(({ nameOffset, header }) => {
      const name = new StructureCursor(names, namesAt).skip(nameOffset).text();
      if (name === '' || name.includes('/')) throw corrupt('a group has a child without a name', namesAt);
      return { name, header };
    });
  }

  async #entries(
    node: number,
    parentLevel = Number.POSITIVE_INFINITY,
  ): Promise<{ nameOffset: number; header: number }[]> {
    const head = new StructureCursor(await readWithin(this.#file, node, 24), node).expect('TREE');
    const level = head.skip(1).u8();
    if (level >= parentLevel) throw corrupt('a B-tree goes in circles', node);
    const count = head.u16();
    const children = new StructureCursor(await readWithin(this.#file, node + 24, count * 16), node + 24);
    const entries: { nameOffset: number; header: number }[] = [];
    for (let i = 0; i < count; i++) {
      const address = children.skip(8).address();
      entries.push(...(level > 0 ? await this.#entries(address, level) : await this.#leafEntries(address)));
    }
    return entries;
  }

  async #leafEntries(node: number): Promise<{ nameOffset: number; header: number }[]> {
    const count = new StructureCursor(await readWithin(this.#file, node, 8), node).expect('SNOD').skip(2).u16();
    const entries = new StructureCursor(await readWithin(this.#file, node + 8, count * 40), node + 8);
    return Array.from({ length: count }, () => {
      const [nameOffset, header] = [entries.address(), entries.address()];
      entries.skip(24);
      return { nameOffset, header };
    });
  }
}
