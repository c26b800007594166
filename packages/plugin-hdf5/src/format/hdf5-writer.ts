import type { ByteSink } from '@cherenkit/io';
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
import { aligned, MessageBuilder, UNDEFINED_ADDRESS } from './message-builder.js';
import type { Attributes, AttributeValue } from './object-header-writer.js';
import { TableWriter, type FullChunk, type TableOptions } from './table-writer.js';

const SUPERBLOCK_BYTES = 96;

/** The eight bytes that every HDF5 file starts with. */
export const HDF5_SIGNATURE = Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a);

class GroupNode {
  readonly children = new Map<string, GroupNode | TableWriter>();
  readonly attributes: Map<string, AttributeValue>;

  constructor(attributes: Attributes) {
    this.attributes = new Map(Object.entries(attributes));
  }
}

interface PendingChunk {
  readonly table: TableWriter;
  readonly firstRow: number;
  readonly filtered: Promise<Uint8Array>;
}

/**
 * Writes an HDF5 file of tables in the layout of PyTables (superblock 0, old-style groups): the oldest one, which all readers know.
 *
 * Rows go into the tables synchronously; full chunks are compressed meanwhile and leave memory in `drain`, which
 * the caller awaits now and then (once per event). `finish` writes the structure and publishes the sink. A file
 * that is not finished has no signature. Sizes are limited by addresses only (2^53 bytes); a group has any number of children.
 */
export class Hdf5Writer {
  readonly #sink: ByteSink;
  readonly #filters: FilterOptions;
  readonly #root: GroupNode;
  readonly #pending: PendingChunk[] = [];
  #end = 0;

  constructor(sink: ByteSink, options: { readonly title?: string; readonly filters?: FilterOptions } = {}) {
    this.#sink = sink;
    this.#filters = options.filters ?? DEFAULT_FILTERS;
    this.#root = new GroupNode({ ...this.#groupAttributes(options.title), PYTABLES_FORMAT_VERSION: '2.1' });
    this.#allocate(new Uint8Array(SUPERBLOCK_BYTES));
  }

  /**
   * Makes a table, and the groups above it.
   *
   * @param path - absolute, `/dl1/event/subarray/trigger`
   * @throws RangeError when there is something at the path, or a table above it, or for impossible columns
   */
  createTable(path: string, columns: readonly StoredColumn[], options: TableOptions = {}): TableWriter {
    const { group, name } = this.#locate(path);
    if (group.children.has(name)) throw new RangeError(`There is something at ${path} already.`);
    const table = new TableWriter(columns, options, this.#filters, (chunk) => this.#take(chunk));
    group.children.set(name, table);
    return table;
  }

  /** Sets attributes of a table, or of a group, which is made if need be; `/` is the root. */
  setAttributes(path: string, attributes: Attributes): void {
    let node: GroupNode | TableWriter = this.#root;
    if (path !== '/') {
      const { group, name } = this.#locate(path);
      node = group.children.get(name) ?? this.#group(group, name);
    }
    for (const [name, value] of Object.entries(attributes)) node.attributes.set(name, value);
  }

  /**
   * Writes the chunks that have filled up, the oldest first.
   *
   * @param kept - so many may stay in memory, to be compressed while the next rows are made
   */
  async drain(kept = 0): Promise<void> {
    for (let next = this.#pending[0]; this.#pending.length > kept; next = this.#pending[0]) {
      this.#pending.shift();
      const bytes = await next.filtered;
      next.table.stored({ row: next.firstRow, bytes: bytes.length, address: this.#allocate(bytes) });
    }
  }

  /** Writes what is left and the structure, and publishes the file. Nothing can be added afterwards. */
  async finish(): Promise<void> {
    const root = await this.#writeGroup(this.#root);
    this.#sink.overwrite(0, this.#superblock(root));
    await this.#sink.publish();
  }

  // Tables one by one, so that no more than one partial chunk at a time is padded to its full length.
  async #writeGroup({ children, attributes }: GroupNode): Promise<Required<ChildAddress>> {
    const addresses = new Map<string, ChildAddress>();
    for (const [name, child] of children) {
      if (child instanceof GroupNode) {
        addresses.set(name, await this.#writeGroup(child));
      } else {
        child.flush();
        await this.drain();
        addresses.set(name, child.writeHeader(this.#allocate));
      }
    }
    return writeGroup(addresses, attributes, this.#allocate);
  }

  // Version 0; eight bytes for addresses and lengths.
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

  #take({ table, rows, firstRow }: FullChunk): void {
    const filtered = filterChunk(rows, this.#filters, table.rowBytes);
    // The failure is drain's to throw; without this it would count as unhandled before.
    filtered.catch(() => undefined);
    this.#pending.push({ table, firstRow, filtered });
  }

  readonly #allocate: Allocate = (bytes) => {
    const address = this.#end;
    this.#sink.append(bytes);
    const space = aligned(bytes.length);
    if (space > bytes.length) this.#sink.append(new Uint8Array(space - bytes.length));
    this.#end += space;
    return address;
  };

  #groupAttributes(title = ''): Attributes {
    const filters = { type: 'int64', value: pytablesFilters(this.#filters) } as const;
    return { CLASS: 'GROUP', TITLE: title, VERSION: '1.0', FILTERS: filters };
  }

  #locate(path: string): { group: GroupNode; name: string } {
    const names = path.split('/').slice(1);
    const name = names.pop();
    if (!path.startsWith('/') || !name || names.includes('')) {
      throw new RangeError(`"${path}" is no path of a table or group; it should look like "/dl1/service/statistics".`);
    }
    const group = names.reduce((above, below) => {
      const child = above.children.get(below) ?? this.#group(above, below);
      if (child instanceof TableWriter) throw new RangeError(`${path} would lie below "${below}", which is a table.`);
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
