import { CherenkitError, didYouMean, ExitCode } from '@cherenkit/core';
import type { ByteSource } from '@cherenkit/io';
import type { AttributeContent } from '../engine/file-access.js';
import { HDF5_SIGNATURE } from './hdf5-writer.js';
import { readAttributes, readObjectHeader, readWithin, type ReadMessage } from './object-header-reader.js';
import { MessageType } from './object-header-writer.js';
import { corrupt, StructureCursor, unsupported } from './structure-cursor.js';
import { TableReader } from './table-reader.js';

const MAX_GROUP_DEPTH = 100;

interface Entry {
  readonly name: string;
  readonly header: number;
}

/**
 * Reads groups and tables of HDF5 files as written by PyTables and ctapipe: superblock version 0 or 1, old-style groups.
 *
 * Data are read on demand. Supported filters: Blosc, deflate, shuffle, Fletcher-32. The caller disposes the byte source.
 */
export class Hdf5Reader {
  readonly #file: ByteSource;
  readonly #root: number;
  readonly #groups = new Map<number, Promise<Entry[] | undefined>>();

  private constructor(file: ByteSource, root: number) {
    this.#file = file;
    this.#root = root;
  }

  /** @throws CherenkitError HDF5_CORRUPT (65) if the file is not HDF5, HDF5_UNSUPPORTED (65) for newer superblocks */
  static async open(file: ByteSource): Promise<Hdf5Reader> {
    const superblock = new StructureCursor(await file.read(0, Math.min(128, file.size ?? 0)), 0);
    const signature = superblock.take(8);
    if (HDF5_SIGNATURE.some((byte, i) => signature[i] !== byte)) {
      const message = `${file.name} is not an HDF5 file: expected its signature at byte 0.`;
      throw new CherenkitError('HDF5_CORRUPT', ExitCode.BAD_INPUT, message);
    }
    const version = superblock.u8();
    if (version > 1) throw unsupported(`superblock version ${version}`);
    const [addressBytes, lengthBytes] = [superblock.skip(4).u8(), superblock.u8()];
    if (addressBytes !== 8 || lengthBytes !== 8) throw unsupported(`addresses of ${addressBytes} bytes`);
    superblock.skip(version === 0 ? 9 : 13).skip(32);
    return new Hdf5Reader(file, superblock.skip(8).address());
  }

  /** Paths of all tables and other datasets, depth first, sorted by name within a group. */
  async tables(): Promise<string[]> {
    return this.#leaves('', this.#root);
  }

  /** Whether a group or dataset exists at a path. */
  async has(path: string): Promise<boolean> {
    return (await this.#find(path)) !== undefined;
  }

  /**
   * Opens a table.
   *
   * @throws RangeError if the path does not exist, CherenkitError HDF5_UNSUPPORTED (65) if it is not a table
   */
  async table(path: string): Promise<TableReader> {
    return new TableReader(this.#file, path, await this.#header(path));
  }

  /**
   * Reads the attributes of a table or group; `/` is the root.
   *
   * @throws RangeError if the path does not exist
   */
  async attributes(path: string): Promise<Map<string, AttributeContent>> {
    return readAttributes(await this.#header(path));
  }

  async #header(path: string): Promise<ReadMessage[]> {
    const address = await this.#find(path);
    if (address === undefined) {
      const tables = await this.tables();
      const all = tables.length > 20 ? [...tables.slice(0, 20), '...'] : tables;
      const remedy = didYouMean(path, tables) || `; its tables are ${all.join(', ')}`;
      throw new RangeError(`${this.#file.name} has no ${path}${remedy}`);
    }
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
    if (path.split('/').length > MAX_GROUP_DEPTH) throw corrupt('the groups contain a cycle', address);
    const leaves: string[] = [];
    for (const { name, header } of children) leaves.push(...(await this.#leaves(`${path}/${name}`, header)));
    return leaves;
  }

  // Undefined if the object is not a group. Cached, since looking up a path visits all groups above it.
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
    const [length, , namesAddress] = [head.address(), head.u64(), head.address()];
    const names = await readWithin(this.#file, namesAddress, length);
    const entries = await this.#entries(btree);
    return entries.map(({ nameOffset, header }) => {
      const name = new StructureCursor(names, namesAddress).skip(nameOffset).text();
      if (name === '' || name.includes('/')) throw corrupt('a group has a child with an invalid name', namesAddress);
      return { name, header };
    });
  }

  async #entries(
    node: number,
    parentLevel = Number.POSITIVE_INFINITY,
  ): Promise<{ nameOffset: number; header: number }[]> {
    const head = new StructureCursor(await readWithin(this.#file, node, 24), node).expect('TREE');
    const level = head.skip(1).u8();
    if (level >= parentLevel) throw corrupt('the B-tree contains a cycle', node);
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
