import { BufferPool, freeAlone, type ByteSink } from '@cherenkit/io';
import type { StoredColumn } from './placed-column.js';
import { DEFAULT_FILTERS, filterChunk, pytablesFilters, type FilterOptions } from './filter-pipeline.js';
import {
  GROUP_INTERNAL_K,
  GROUP_LEAF_K,
  symbolTableEntry,
  writeGroup,
  type Allocate,
  type ChildAddress,
} from './group-writer.js';
import { alignTo8, MessageBuilder, UNDEFINED_ADDRESS } from './message-builder.js';
import type { Attributes, AttributeValue } from './object-header-writer.js';
import { TableWriter, type FullChunk, type TableOptions, type TableStorage } from './table-writer.js';

const SUPERBLOCK_BYTES = 96;

/** First eight bytes of each HDF5 file. */
export const HDF5_SIGNATURE = Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a);

class GroupNode {
  readonly children = new Map<string, GroupNode | TableWriter>();
  readonly attributes: Map<string, AttributeValue>;

  constructor(attributes: Attributes) {
    this.attributes = new Map(Object.entries(attributes));
  }
}

/** Temporary store of compressed chunks. */
export interface ChunkStore {
  /** Stores bytes and returns their position. */
  append(bytes: Uint8Array): number;
  read(position: number, length: number): Uint8Array;
}

/** Options of a new file. */
export interface Hdf5WriterOptions {
  readonly title?: string;
  readonly filters?: FilterOptions;
  /**
   * Keeps the chunks until the file is finished, which then contains those of each table together: equal tables make equal
   * files, in whatever order their rows were appended.
   */
  readonly chunkStore?: ChunkStore | undefined;
}

interface PendingChunk {
  readonly table: TableWriter;
  readonly firstRow: number;
  /** Whether the caller filtered the chunk, whose memory is then the caller's. */
  readonly isFiltered: boolean;
  readonly filtered: Promise<Uint8Array>;
}

/**
 * Writes HDF5 files of tables in the layout of PyTables: superblock version 0 and old-style groups, which all readers support.
 *
 * Rows are appended to tables synchronously. Full chunks are compressed in the background and written by `drain`, which the
 * caller awaits regularly, for example once per event. `finish` writes index and headers and publishes the sink. An
 * unfinished file has no signature. Files may have up to 2^53 bytes, groups any number of children.
 */
export class Hdf5Writer {
  readonly #sink: ByteSink;
  readonly #storage: TableStorage;
  readonly #root: GroupNode;
  readonly #pending: PendingChunk[] = [];
  readonly #chunkStore: ChunkStore | undefined;
  #end = 0;

  constructor(sink: ByteSink, options: Hdf5WriterOptions = {}) {
    this.#sink = sink;
    this.#chunkStore = options.chunkStore;
    this.#storage = {
      filters: options.filters ?? DEFAULT_FILTERS,
      buffers: new BufferPool(),
      onFull: (chunk) => this.#queueChunk(chunk),
    };
    this.#root = new GroupNode({ ...this.#groupAttributes(options.title), PYTABLES_FORMAT_VERSION: '2.1' });
    this.#allocate(new Uint8Array(SUPERBLOCK_BYTES));
  }

  /**
   * Creates a table and the groups above it.
   *
   * @param path - absolute path, for example `/dl1/event/subarray/trigger`
   * @throws RangeError if the path exists or lies below a table, or if the columns are invalid
   */
  createTable(path: string, columns: readonly StoredColumn[], options: TableOptions = {}): TableWriter {
    const { group, name } = this.#locate(path);
    if (group.children.has(name)) throw new RangeError(`${path} already exists in the file.`);
    const table = new TableWriter(columns, options, this.#storage);
    group.children.set(name, table);
    return table;
  }

  /**
   * Creates an array of any number of dimensions, whose rows, along the first one, are appended as those of a table.
   *
   * @param column - type and shape of a row; its name has no meaning
   * @throws RangeError as {@link Hdf5Writer.createTable}
   */
  createArray(
    path: string,
    column: Omit<StoredColumn, 'name'>,
    options: Omit<TableOptions, 'isArray'> = {},
  ): TableWriter {
    return this.createTable(path, [{ ...column, name: 'values' }], { ...options, isArray: true });
  }

  /** Sets attributes of a table or group; `/` is the root. Creates the group if the path does not exist. */
  setAttributes(path: string, attributes: Attributes): void {
    let node: GroupNode | TableWriter = this.#root;
    if (path !== '/') {
      const { group, name } = this.#locate(path);
      node = group.children.get(name) ?? this.#group(group, name);
    }
    for (const [name, value] of Object.entries(attributes)) node.attributes.set(name, value);
  }

  /**
   * Writes full chunks to the sink, oldest first.
   *
   * @param kept - number of chunks that may stay in memory for compression in the background
   */
  async drain(kept = 0): Promise<void> {
    for (let next = this.#pending[0]; this.#pending.length > kept; next = this.#pending[0]) {
      this.#pending.shift();
      const bytes = await next.filtered;
      const address = this.#chunkStore?.append(bytes) ?? this.#allocate(bytes);
      next.table.addChunk({ row: next.firstRow, bytes: bytes.length, address });
      if (!next.isFiltered) freeAlone(bytes);
    }
  }

  /** Writes the remaining rows, the index and the headers, and publishes the file. The writer cannot be used afterwards. */
  async finish(): Promise<void> {
    const root = await this.#writeGroup(this.#root);
    this.#sink.overwrite(0, this.#superblock(root));
    await this.#sink.publish();
  }

  // One table at a time, so that only one partial chunk is padded to its full size in memory.
  async #writeGroup({ children, attributes }: GroupNode): Promise<Required<ChildAddress>> {
    const addresses = new Map<string, ChildAddress>();
    for (const [name, child] of children) {
      if (child instanceof GroupNode) {
        addresses.set(name, await this.#writeGroup(child));
      } else {
        child.flush();
        await this.drain();
        const store = this.#chunkStore;
        if (store) child.moveChunks(({ address, bytes }) => this.#allocate(store.read(address, bytes)));
        addresses.set(name, child.writeHeader(this.#allocate));
      }
    }
    return writeGroup(addresses, attributes, this.#allocate);
  }

  // Version 0; addresses and lengths have eight bytes.
  #superblock(root: ChildAddress): Uint8Array {
    return new MessageBuilder(SUPERBLOCK_BYTES)
      .raw(HDF5_SIGNATURE)
      .u8(0, 0, 0, 0, 0, 8, 8, 0)
      .u16(GROUP_LEAF_K)
      .u16(GROUP_INTERNAL_K)
      .u32(0)
      .u64(0)
      .u64(UNDEFINED_ADDRESS)
      .u64(this.#end)
      .u64(UNDEFINED_ADDRESS)
      .raw(symbolTableEntry(0, root)).bytes;
  }

  #queueChunk({ table, rows, firstRow, isFiltered }: FullChunk): void {
    const filtered = isFiltered ? Promise.resolve(rows) : this.#filterChunk(rows, table.elementBytes);
    // `drain` reports the failure; this prevents an unhandled rejection until then.
    filtered.catch(() => undefined);
    this.#pending.push({ table, firstRow, isFiltered, filtered });
  }

  async #filterChunk(rows: Uint8Array, elementBytes: number): Promise<Uint8Array> {
    const filtered = await filterChunk(rows, this.#storage.filters, elementBytes);
    if (filtered !== rows) this.#storage.buffers.give(rows);
    return filtered;
  }

  readonly #allocate: Allocate = (bytes) => {
    const address = this.#end;
    this.#sink.append(bytes);
    const space = alignTo8(bytes.length);
    if (space > bytes.length) this.#sink.append(new Uint8Array(space - bytes.length));
    this.#end += space;
    return address;
  };

  #groupAttributes(title = ''): Attributes {
    const filters = { type: 'int64', value: pytablesFilters(this.#storage.filters) } as const;
    return { CLASS: 'GROUP', TITLE: title, VERSION: '1.0', FILTERS: filters };
  }

  #locate(path: string): { group: GroupNode; name: string } {
    const names = path.split('/').slice(1);
    const name = names.pop();
    if (!path.startsWith('/') || !name || names.includes('')) {
      throw new RangeError(`Invalid path "${path}": expected an absolute path such as "/dl1/service/statistics".`);
    }
    const group = names.reduce((above, below) => {
      const child = above.children.get(below) ?? this.#group(above, below);
      if (child instanceof TableWriter)
        throw new RangeError(`Invalid path "${path}": "${below}" is a table, expected a group.`);
      return child;
    }, this.#root);
    return { group, name };
  }

  #group(above: GroupNode, name: string): GroupNode {
    const group = new GroupNode(this.#groupAttributes());
    above.children.set(name, group);
    return group;
  }
}
