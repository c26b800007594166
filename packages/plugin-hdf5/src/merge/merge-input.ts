import { readBytes } from '#tool-host';
import { sizeProblem } from '../engine/check-size.js';
import type { DatasetLayout } from '../engine/dataset-layout.js';
import { Hdf5File, type AttributeContent, type Hdf5Table } from '../engine/index.js';
import { scanStructure, type ScannedTable } from '../format/structure-scan.js';

/** Size of files up to which their structure is scanned in memory. Larger ones take longer to read than to list. */
const MAX_SCANNED_BYTES = 2 ** 24;

/**
 * Layouts of the tables of earlier files. The library takes much longer to describe a table than to read a few rows, and the
 * files of a merge are alike.
 */
export class KnownLayouts {
  readonly #layouts = new Map<string, DatasetLayout>();

  find(path: string, { signature }: ScannedTable): DatasetLayout | undefined {
    return this.#layouts.get(`${path} ${signature}`);
  }

  add(path: string, { signature }: ScannedTable, table: Hdf5Table): void {
    const { rowBytes: elementBytes, columns: members, chunkRows, filters } = table;
    const chunkShape = chunkRows === undefined ? undefined : [chunkRows];
    this.#layouts.set(`${path} ${signature}`, {
      shape: [],
      elementBytes,
      isCompound: true,
      members,
      chunkShape,
      filters,
    });
  }
}

/** A file to be merged. */
export class MergeInput implements AsyncDisposable {
  readonly size: number;

  private constructor(
    /** The open file. */
    readonly file: Hdf5File,
    /** Paths of all tables and other datasets. */
    readonly paths: readonly string[],
    private readonly structure: ReadonlyMap<string, ScannedTable> | undefined,
    private readonly known: KnownLayouts,
  ) {
    this.size = file.size;
  }

  /** @throws as `Hdf5File.open` */
  static async open(path: string, known: KnownLayouts): Promise<MergeInput> {
    const file = await Hdf5File.open(path);
    try {
      const structure = file.size <= MAX_SCANNED_BYTES ? scanStructure(readBytes(path)) : undefined;
      const paths = structure ? [...structure.keys()] : await file.paths();
      return new MergeInput(file, paths, structure, known);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  has(path: string): boolean {
    return this.paths.includes(path);
  }

  attributes(path: string, wanted?: RegExp): Promise<ReadonlyMap<string, AttributeContent>> {
    return this.file.attributes(path, wanted);
  }

  /** Links that lead to no object of the file, see `Hdf5File.brokenLinks`. */
  async brokenLinks(): Promise<ReadonlyMap<string, string>> {
    // A scanned file has no symbolic links, and listing them takes long.
    return this.structure ? new Map() : this.file.brokenLinks();
  }

  /** @throws as `Hdf5File.table` */
  async table(path: string): Promise<Hdf5Table> {
    const scanned = this.structure?.get(path);
    if (!scanned) return this.file.table(path);
    const layout = this.known.find(path, scanned);
    const own = layout && { ...layout, shape: [scanned.nRows] };
    if (own && sizeProblem(own, this.size) === undefined) return this.file.knownTable(path, own);
    const table = await this.file.table(path);
    this.known.add(path, scanned, table);
    return table;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.file.close();
  }
}
