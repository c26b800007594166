import { CherenkitError, didYouMean, ExitCode } from '@cherenkit/core';
import type { ByteSource } from '@cherenkit/io';
import type { AttributeContent } from '../engine/file-access.js';
import { HDF5_SIGNATURE } from './hdf5-writer.js';
import {
  readAttributes,
  readObjectHeader,
  readWithin,
  tolerated,
  type OnDamage,
  type ReadMessage,
} from './object-header-reader.js';
import { MessageType } from './object-header-writer.js';
import { corrupt, StructureCursor, unsupported } from './structure-cursor.js';
import { TableReader } from './table-reader.js';

const MAX_GROUP_DEPTH = 100;

/** Entry of a group: place of its name, and address of the object header. */
interface SymbolEntry {
  readonly nameOffset: number;
  readonly header: number;
}

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
  readonly #onDamage: OnDamage | undefined;
  /** Addresses of B-tree and heap of groups by that of the header, as repeated in the entries of the groups above. */
  readonly #repeated = new Map<number, readonly [btree: number, heap: number]>();

  private constructor(file: ByteSource, root: number, onDamage: OnDamage | undefined) {
    this.#file = file;
    this.#root = root;
    this.#onDamage = onDamage;
  }

  /**
   * Opens a file.
   *
   * @param onDamage - called for each damaged part, which is then left out, to save the rest; without it, errors are thrown
   * @throws CherenkitError HDF5_CORRUPT (65) if the file is not HDF5, HDF5_UNSUPPORTED (65) for newer superblocks
   */
  static async open(file: ByteSource, onDamage?: OnDamage): Promise<Hdf5Reader> {
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
    const root = superblock.skip(8).address();
    const reader = new Hdf5Reader(file, root, onDamage);
    reader.#remember(root, superblock);
    return reader;
  }

  /** Paths of all tables and other datasets, depth first, sorted by name within a group. */
  async tables(): Promise<string[]> {
    return this.#leaves('', this.#root);
  }

  /**
   * All groups and datasets below the root with the messages of their headers, depth first, sorted by name within a group.
   *
   * @throws CherenkitError HDF5_CORRUPT, HDF5_UNSUPPORTED (65)
   */
  async objects(): Promise<{ readonly path: string; readonly messages: ReadMessage[] }[]> {
    return this.#objectsBelow('', this.#root, 0);
  }

  async #objectsBelow(
    path: string,
    address: number,
    depth: number,
  ): Promise<{ readonly path: string; readonly messages: ReadMessage[] }[]> {
    if (depth > MAX_GROUP_DEPTH) throw corrupt('the groups contain a cycle', address);
    const children = await this.#children(address);
    if (!children) throw unsupported('groups of newer versions');
    const objects = [];
    for (const { name, header } of children) {
      const messages = await readObjectHeader(this.#file, header);
      objects.push({ path: `${path}/${name}`, messages });
      const isGroup = messages.some(({ type }) => type === MessageType.SYMBOL_TABLE);
      if (isGroup) objects.push(...(await this.#objectsBelow(`${path}/${name}`, header, depth + 1)));
    }
    return objects;
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
    return new TableReader(this.#file, path, await this.#header(path), this.#onDamage);
  }

  /**
   * Reads the attributes of a table or group; `/` is the root.
   *
   * @throws RangeError if the path does not exist
   */
  async attributes(path: string): Promise<Map<string, AttributeContent>> {
    return readAttributes(await this.#header(path));
  }

  /**
   * Reads the messages in the header of an object; `/` is the root.
   *
   * @throws RangeError if the path does not exist
   */
  async messages(path: string): Promise<ReadMessage[]> {
    return this.#header(path);
  }

  async #header(path: string): Promise<ReadMessage[]> {
    const address = await this.#find(path);
    if (address === undefined) {
      const tables = await this.tables();
      const all = tables.length > 20 ? [...tables.slice(0, 20), '...'] : tables;
      const remedy = didYouMean(path, tables) || `; its tables are ${all.join(', ')}`;
      throw new RangeError(`${this.#file.name} has no ${path}${remedy}`);
    }
    return readObjectHeader(this.#file, address, this.#onDamage);
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
    const [children] = (await tolerated(async () => [await this.#children(address)], this.#damageOf(path))) ?? [[]];
    if (!children) return [path];
    if (path.split('/').length > MAX_GROUP_DEPTH) throw corrupt('the groups contain a cycle', address);
    const leaves: string[] = [];
    for (const { name, header } of children) leaves.push(...(await this.#leaves(`${path}/${name}`, header)));
    return leaves;
  }

  /** Adds the path to damages. */
  #damageOf(path: string): OnDamage | undefined {
    const onDamage = this.#onDamage;
    return (
      onDamage &&
      ((error) => {
        onDamage(new CherenkitError('HDF5_CORRUPT', ExitCode.BAD_INPUT, `${path || '/'}: ${error.message}`));
      })
    );
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
    const place = await this.#placeOfChildren(address);
    if (!place) return undefined;
    const [btree, heap] = place;
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

  /** Addresses of B-tree and heap; undefined if the object is not a group. */
  async #placeOfChildren(address: number): Promise<readonly [btree: number, heap: number] | undefined> {
    const repeated = this.#onDamage && this.#repeated.get(address);
    if (repeated) return repeated;
    const messages = await readObjectHeader(this.#file, address, this.#onDamage && (() => {}));
    const table = messages.find(({ type }) => type === MessageType.SYMBOL_TABLE)?.content;
    return table && [table.address(), table.address()];
  }

  /** Reads what an entry repeats of its object: cache type 1 is a group. */
  #remember(header: number, entry: StructureCursor): void {
    const isGroup = entry.u32() === 1;
    const place = entry.skip(4);
    if (isGroup) this.#repeated.set(header, [place.address(), place.address()]);
    else place.skip(16);
  }

  async #entries(node: number, parentLevel = Number.POSITIVE_INFINITY): Promise<SymbolEntry[]> {
    const head = new StructureCursor(await readWithin(this.#file, node, 24), node).expect('TREE');
    const level = head.skip(1).u8();
    if (level >= parentLevel) throw corrupt('the B-tree contains a cycle', node);
    const count = head.u16();
    const children = new StructureCursor(await readWithin(this.#file, node + 24, count * 16), node + 24);
    const entries: SymbolEntry[] = [];
    for (let i = 0; i < count; i++) {
      const address = children.skip(8).address();
      const below = (): Promise<SymbolEntry[]> =>
        level > 0 ? this.#entries(address, level) : this.#leafEntries(address);
      entries.push(...((await tolerated(below, this.#onDamage)) ?? []));
    }
    return entries;
  }

  async #leafEntries(node: number): Promise<SymbolEntry[]> {
    const count = new StructureCursor(await readWithin(this.#file, node, 8), node).expect('SNOD').skip(2).u16();
    const entries = new StructureCursor(await readWithin(this.#file, node + 8, count * 40), node + 8);
    return Array.from({ length: count }, () => {
      const [nameOffset, header] = [entries.address(), entries.address()];
      this.#remember(header, entries);
      return { nameOffset, header };
    });
  }
}
