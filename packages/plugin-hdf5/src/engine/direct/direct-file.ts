import type { ByteSource } from '@cherenkit/io';
import { Hdf5Reader } from '../../format/hdf5-reader.js';
import { FilterId } from '../../format/filter-pipeline.js';
import type { ReadMessage } from '../../format/object-header-reader.js';
import { MessageType } from '../../format/object-header-writer.js';
import type { DatasetLayout } from '../dataset-layout.js';
import type { AttributeContent, FileAccess, NodeKind } from '../file-access.js';
import { headerAttributes, inPages, type HeaderAttributes, type ReadBytes } from '../h5wasm/header-attributes.js';
import { StoredRows } from './stored-rows.js';
import { NotDirect, tableLayout } from './table-layout.js';

/** Size of the rows of tables without Blosc that are read directly, bytes. Larger ones take longer than the start of the library. */
const MAX_BYTES_WITHOUT_BLOSC = 2 ** 23;
/** Size of rows whose buffer is kept for the next ones, bytes: that of the blocks in which tables are read. */
const KEPT_BYTES = 2 ** 23;

/** Bytes of an open file. */
export interface OpenFileBytes {
  readonly read: ReadBytes;
  close(): void;
}

/** An object of the file: its kind, and the messages of its header. */
interface FileNode {
  readonly kind: NodeKind;
  readonly messages: readonly ReadMessage[];
}

/** A table: its layout, and its rows. */
interface DirectTable {
  readonly layout: DatasetLayout;
  readonly rows: StoredRows;
}

/**
 * A file whose structure, attributes and tables are read without the HDF5 library, whose start takes longer: files as PyTables,
 * ctapipe and Cherenkit write them. All else is left to the library, which is started for it; it also finds what is wrong with a
 * damaged file.
 */
export class DirectFile implements FileAccess {
  readonly #source: ByteSource;
  readonly #reader: Hdf5Reader;
  readonly #bytes: OpenFileBytes;
  readonly #openLibrary: () => Promise<FileAccess>;
  #library: Promise<FileAccess> | undefined;
  /** All objects by path; undefined if the library has to list them. */
  #nodes: Promise<ReadonlyMap<string, FileNode> | undefined> | undefined;
  /** Undefined for those that the library has to read. */
  readonly #tables = new Map<string, DirectTable | undefined>();
  /** Paths of tables whose rows the library has to read. */
  readonly #notDirect = new Set<string>();
  readonly #attributes = new Map<string, HeaderAttributes | undefined>();
  #isClosed = false;
  /** For rows that are converted, while no others are. */
  #buffer: Uint8Array | undefined = new Uint8Array(0);

  private constructor(
    source: ByteSource,
    reader: Hdf5Reader,
    bytes: OpenFileBytes,
    openLibrary: () => Promise<FileAccess>,
  ) {
    this.#source = source;
    this.#reader = reader;
    this.#bytes = bytes;
    this.#openLibrary = openLibrary;
  }

  /**
   * Opens a file.
   *
   * @param openLibrary - opens it by the library
   * @returns undefined for a file of another format, also a truncated one
   */
  static async open(
    { name, size }: { readonly name: string; readonly size: number },
    bytes: OpenFileBytes,
    openLibrary: () => Promise<FileAccess>,
  ): Promise<DirectFile | undefined> {
    try {
      if (!isComplete(bytes.read(0, Math.min(size, SUPERBLOCK_BYTES)), size)) throw new NotDirect();
      const source = inPages(name, size, bytes.read);
      return new DirectFile(source, await Hdf5Reader.open(source), bytes, openLibrary);
    } catch {
      bytes.close();
      return undefined;
    }
  }

  async nodes(place: string): Promise<ReadonlyMap<string, NodeKind>> {
    const nodes = await this.#all();
    if (!nodes) return (await this.#byLibrary()).nodes(place);
    const within = [...nodes].filter(([path]) => place === '/' || path === place || path.startsWith(`${place}/`));
    return new Map(within.map(([path, { kind }]) => [path, kind]));
  }

  async kindOf(path: string): Promise<NodeKind | undefined> {
    if (path === '/') return 'group';
    const nodes = await this.#all();
    return nodes ? nodes.get(path)?.kind : (await this.#byLibrary()).kindOf(path);
  }

  async brokenLinks(): Promise<ReadonlyMap<string, string>> {
    return (await this.#all()) ? new Map<string, string>() : (await this.#byLibrary()).brokenLinks();
  }

  async attributes(path: string, wanted?: RegExp): Promise<ReadonlyMap<string, AttributeContent>> {
    const nodes = await this.#all();
    if (nodes && !this.#attributes.has(path)) {
      const root = path === '/' ? () => this.#reader.messages('/') : undefined;
      this.#attributes.set(path, attributesIn(nodes.get(path)?.messages ?? (await root?.())));
    }
    const known = nodes && this.#attributes.get(path);
    const attributes = [...(known ?? [])].filter(([name]) => wanted?.test(name) ?? true);
    if (!known || attributes.some(([, value]) => value === undefined)) {
      return (await this.#byLibrary()).attributes(path, wanted);
    }
    return new Map(attributes as [string, AttributeContent][]);
  }

  async layout(path: string): Promise<DatasetLayout> {
    return (await this.#table(path))?.layout ?? (await this.#byLibrary()).layout(path);
  }

  async read(
    path: string,
    start: readonly number[],
    count: readonly number[],
    elementBytes?: number,
  ): Promise<Uint8Array> {
    const rows = await this.#rows(path, start, count, elementBytes);
    return rows ?? (await this.#byLibrary()).read(path, start, count, elementBytes);
  }

  async convert<T>(
    path: string,
    start: readonly number[],
    count: readonly number[],
    elementBytes: number,
    convert: (bytes: Uint8Array) => T,
  ): Promise<T> {
    const rows = await this.#rows(path, start, count, elementBytes, (size) => this.#takeBuffer(size));
    if (!rows) return (await this.#byLibrary()).convert(path, start, count, elementBytes, convert);
    try {
      return convert(rows);
    } finally {
      if (rows.buffer.byteLength <= KEPT_BYTES) this.#buffer = new Uint8Array(rows.buffer);
    }
  }

  async close(): Promise<void> {
    if (!this.#isClosed) this.#bytes.close();
    this.#isClosed = true;
    // What kept the library from opening the file has been reported by the call that needed it.
    const library = await this.#library?.catch(() => undefined);
    await library?.close();
  }

  /** The library, which opens the file for the first call. If the file is closed, it reports that. */
  async #byLibrary(): Promise<FileAccess> {
    const isFirst = this.#library === undefined;
    this.#library ??= this.#openLibrary();
    const library = await this.#library;
    if (isFirst && this.#isClosed) await library.close();
    return library;
  }

  #all(): Promise<ReadonlyMap<string, FileNode> | undefined> {
    if (this.#isClosed) return Promise.resolve(undefined);
    this.#nodes ??= this.#list();
    return this.#nodes;
  }

  async #list(): Promise<ReadonlyMap<string, FileNode> | undefined> {
    try {
      const objects = await this.#reader.objects();
      return new Map(objects.map(({ path, messages }) => [path, { kind: kindIn(messages), messages }]));
    } catch {
      return undefined;
    }
  }

  async #table(path: string): Promise<DirectTable | undefined> {
    const messages = (await this.#all())?.get(path)?.messages;
    if (!messages) return undefined;
    if (!this.#tables.has(path)) this.#tables.set(path, this.#describe(messages));
    return this.#tables.get(path);
  }

  #describe(messages: readonly ReadMessage[]): DirectTable | undefined {
    try {
      const layout = tableLayout(messages, this.#source.size ?? 0);
      return { layout, rows: new StoredRows(this.#source, messages, layout) };
    } catch {
      return undefined;
    }
  }

  /** A buffer of a size, which is not used until it is given back. */
  #takeBuffer(size: number): Uint8Array {
    const kept = this.#buffer;
    this.#buffer = undefined;
    return kept && kept.length >= size ? kept.subarray(0, size) : new Uint8Array(size);
  }

  /**
   * Rows of a table as packed bytes; undefined if the library has to read them.
   *
   * @param bufferOf - makes the array for them
   */
  async #rows(
    path: string,
    [start = 0]: readonly number[],
    count: readonly number[],
    elementBytes: number | undefined,
    bufferOf = (size: number): Uint8Array => new Uint8Array(size),
  ): Promise<Uint8Array | undefined> {
    const table = await this.#table(path);
    if (!table || count.length !== 1 || this.#notDirect.has(path)) return undefined;
    const { layout, rows } = table;
    const [nRows] = layout.shape;
    const isKnown = elementBytes === undefined || elementBytes === layout.elementBytes;
    const isBlosc = layout.filters.some(({ id }) => id === FilterId.BLOSC);
    const isTooLarge = !isBlosc && nRows * layout.elementBytes > MAX_BYTES_WITHOUT_BLOSC;
    if (!isKnown || isTooLarge || start + count[0] > nRows) return undefined;
    try {
      return await rows.read(start, start + count[0], bufferOf(count[0] * layout.elementBytes));
    } catch {
      this.#notDirect.add(path);
      return undefined;
    }
  }
}

function attributesIn(messages: readonly ReadMessage[] | undefined): HeaderAttributes | undefined {
  try {
    return messages && headerAttributes(messages);
  } catch {
    return undefined;
  }
}

/** @throws NotDirect for objects that are neither groups of the old format nor datasets */
function kindIn(messages: readonly ReadMessage[]): NodeKind {
  const types = new Set(messages.map(({ type }) => type));
  if (types.has(MessageType.SYMBOL_TABLE)) return 'group';
  const { DATATYPE, DATASPACE, LAYOUT } = MessageType;
  if ([DATATYPE, DATASPACE, LAYOUT].every((type) => types.has(type))) return 'dataset';
  throw new NotDirect();
}

const SUPERBLOCK_BYTES = 64;

/** Whether a superblock of version 0 or 1 is that of a file which was closed and has all its bytes. */
function isComplete(superblock: Uint8Array, size: number): boolean {
  if (superblock.length < SUPERBLOCK_BYTES) return false;
  const view = new DataView(superblock.buffer, superblock.byteOffset);
  const version = superblock[8];
  const places = version === 0 ? 24 : version === 1 ? 28 : undefined;
  if (places === undefined || view.getUint32(20, true) !== 0) return false;
  const [base, end, driver] = [0, 16, 24].map((offset) => view.getBigUint64(places + offset, true));
  return base === 0n && end === BigInt(size) && driver === 0xffff_ffff_ffff_ffffn;
}
