import { CherenkitError, didYouMean, ExitCode, nameSome } from '@cherenkit/core';
import type { ColumnValues, ElementType } from '@cherenkit/tables';
import { loadLibrary, openBytes, stageFile } from '#hdf5-host';
import { elementsIn } from './check-size.js';
import type { DatasetLayout } from './dataset-layout.js';
import { decodeColumn, elementTypeOfMember, valuesFor } from './decode-columns.js';
import type { AttributeContent, FileAccess } from './file-access.js';
import { DirectFile } from './direct/direct-file.js';
import { H5wasmFile } from './h5wasm/h5wasm-file.js';
import { unsupportedInFile } from './h5wasm/hdf5-library.js';
import type { Hdf5Source } from './hdf5-source.js';
import { Hdf5Table } from './hdf5-table.js';
import { openInWorker } from './worker/worker-access.js';

/** Options of {@link Hdf5File.open}. */
export interface Hdf5OpenOptions {
  /** Whether the library runs in a worker. Default: false. */
  readonly worker?: boolean;
  /** Longest time that the library in the worker may take for one request, ms. Default: 5 minutes. */
  readonly timeout?: number;
}

/** Array in an HDF5 file that is not a table: numbers or texts in C order. */
export interface Hdf5Array {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly values: ColumnValues;
}

/**
 * HDF5 file, read by the HDF5 library compiled to WebAssembly: all versions of the format, with the filters deflate,
 * shuffle, Fletcher-32, szip, n-bit, scale-offset and Blosc. Links to other files are not followed.
 *
 * Structure, attributes and rows are read on demand. In Node.js, structure, attributes and tables of files as PyTables, ctapipe and
 * Cherenkit write them are read without the library, which is loaded for all else: for Blosc before Node 22.15, and for large tables
 * with other filters.
 *
 * @example
 * ```ts
 * await using file = await Hdf5File.open('events.dl2.h5');
 * const shower = await file.table('/simulation/event/subarray/shower');
 * const { true_energy: energies } = await shower.read(['true_energy'], 0, 10);
 * console.log(await file.paths(), shower.nRows, energies);
 * ```
 */
export class Hdf5File implements AsyncDisposable {
  /** Path or name, for messages. */
  readonly name: string;
  /** Size of the file, bytes. */
  readonly size: number;
  readonly #access: FileAccess;

  private constructor(name: string, size: number, access: FileAccess) {
    this.name = name;
    this.size = size;
    this.#access = access;
  }

  /**
   * Opens a file.
   *
   * @param options - `worker`: by the library in a worker, for untrusted input and for pages. On some damaged files the
   *   library aborts or does not return; in a worker, files that are opened later are read nevertheless, by a new worker.
   * @throws CherenkitError INPUT_MISSING (66); HDF5_CORRUPT (65) for damaged files and files of other formats;
   *   HDF5_LIBRARY_ABORTED (65) if another file made the library abort
   */
  static async open(
    source: Hdf5Source,
    { worker = false, timeout = 300_000 }: Hdf5OpenOptions = {},
  ): Promise<Hdf5File> {
    if (worker) {
      const { name, size, access } = await openInWorker(source, timeout);
      return new Hdf5File(name, size, access);
    }
    const file = await stageFile(source);
    const byLibrary = async (): Promise<FileAccess> => new H5wasmFile(await loadLibrary(), file);
    const bytes = openBytes(source, file);
    const direct = bytes && (await DirectFile.open(file, bytes, byLibrary));
    return new Hdf5File(file.name, file.size, direct ?? (await byLibrary()));
  }

  /**
   * Paths of all tables and other datasets, depth first, sorted by name within a group.
   *
   * @param place - only those in this group, which is faster, or the dataset at this path. Empty if there is none
   */
  async paths(place = '/'): Promise<string[]> {
    return [...(await this.#access.nodes(place))].filter(([, kind]) => kind === 'dataset').map(([path]) => path);
  }

  /** Whether a group or dataset exists at a path. */
  async has(path: string): Promise<boolean> {
    return (await this.#access.kindOf(path)) !== undefined;
  }

  /** Links that are not followed, by path, with what they are: links to other files and broken symbolic links. */
  async brokenLinks(): Promise<ReadonlyMap<string, string>> {
    return this.#access.brokenLinks();
  }

  /**
   * Reads the attributes of a group or dataset; `/` is the root. They are kept for later calls.
   *
   * @param wanted - reads only the attributes whose name matches, which is faster
   * @throws CherenkitError TABLE_UNKNOWN (2) if the path does not exist
   */
  async attributes(path: string, wanted?: RegExp): Promise<ReadonlyMap<string, AttributeContent>> {
    if ((await this.#access.kindOf(path)) === undefined) throw await this.#missing(path);
    return this.#access.attributes(path, wanted);
  }

  /** Whether there is a table at a path: rows of columns, which {@link Hdf5File.table} opens. */
  async isTable(path: string): Promise<boolean> {
    if ((await this.#access.kindOf(path)) !== 'dataset') return false;
    const { isCompound, shape } = await this.#access.layout(path);
    return isCompound && shape.length === 1;
  }

  /**
   * Opens a table.
   *
   * @throws CherenkitError TABLE_UNKNOWN (2) if the path does not exist; HDF5_UNSUPPORTED (65) if it is not a table or has other
   *   types than numbers, booleans and texts of fixed length
   */
  async table(path: string): Promise<Hdf5Table> {
    const layout = await this.#layout(path);
    if (!layout.isCompound || layout.shape.length !== 1) {
      throw unsupportedInFile(this.name, `${path} is not a table`, 'Read it as an array.');
    }
    return new Hdf5Table(this.#access, path, layout);
  }

  /**
   * Returns the lengths of the dimensions of an array or a table, without reading its values.
   *
   * @throws CherenkitError TABLE_UNKNOWN (2) if the path does not exist; HDF5_UNSUPPORTED (65) if it is a group
   */
  async shape(path: string): Promise<readonly number[]> {
    return (await this.#layout(path)).shape;
  }

  /**
   * Opens a table whose layout is known from an earlier reading of the same file, which is faster.
   *
   * @param layout - the layout, of a one-dimensional dataset with columns
   */
  knownTable(path: string, layout: DatasetLayout): Hdf5Table {
    return new Hdf5Table(this.#access, path, layout);
  }

  /**
   * Reads an array of numbers or texts, or some of its rows: the elements `start` to `stop` (exclusive) of its first dimension.
   *
   * @throws CherenkitError TABLE_UNKNOWN (2) if the path does not exist; HDF5_UNSUPPORTED (65) if it is a table or group
   */
  async array(
    path: string,
    { start = 0, stop = Infinity }: { readonly start?: number; readonly stop?: number } = {},
  ): Promise<Hdf5Array> {
    const { shape: whole, members, isCompound, elementBytes } = await this.#layout(path);
    const [member] = members;
    if (isCompound || !member) throw unsupportedInFile(this.name, `${path} is not an array`, 'Read it as a table.');
    const first = Math.min(start, whole[0] ?? 0);
    const shape = whole.map((length, axis) => (axis === 0 ? Math.max(0, Math.min(stop, length) - first) : length));
    const bytes = await this.#access.read(
      path,
      shape.map((_, axis) => (axis === 0 ? first : 0)),
      shape,
    );
    const values = valuesFor(member, elementsIn(shape));
    decodeColumn(member, bytes, elementBytes, values, 0);
    return { type: elementTypeOfMember(member), shape: [...shape, ...(member.shape ?? [])], values };
  }

  async close(): Promise<void> {
    await this.#access.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #layout(path: string): Promise<DatasetLayout> {
    const kind = await this.#access.kindOf(path);
    if (kind === undefined) throw await this.#missing(path);
    if (kind === 'group') throw unsupportedInFile(this.name, `${path} is a group`, 'Give the path of a table.');
    return this.#access.layout(path);
  }

  async #missing(path: string): Promise<CherenkitError> {
    const link = (await this.brokenLinks()).get(path);
    if (link !== undefined) {
      return new CherenkitError('TABLE_UNKNOWN', ExitCode.USAGE, `${this.name} has no ${path}: it is ${link}.`);
    }
    const paths = await this.paths();
    const remedy = didYouMean(path, paths) || `; its tables are ${nameSome(paths)}`;
    return new CherenkitError('TABLE_UNKNOWN', ExitCode.USAGE, `${this.name} has no ${path}${remedy}`);
  }
}
