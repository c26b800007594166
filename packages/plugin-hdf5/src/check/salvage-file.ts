import { CherenkitError, ExitCode } from '@cherenkit/core';
import { openFile, type ByteSink } from '@cherenkit/io';
import { Hdf5File, type AttributeContent } from '../engine/index.js';
import { Hdf5Reader, Hdf5Writer, type StoredColumn, type TableWriter } from '../format/index.js';
import { groupsAbove } from '../format/object-path.js';
import { rowConverter } from '../merge/merged-columns.js';
import { attributeValue, NOT_DERIVED, numberedAttributes, storedAttributes } from '../merge/stored-attributes.js';

/** Most losses that an error lists. */
const MOST_LISTED = 10;

/** Rows of a table, and those that were copied. */
interface CopiedRows {
  readonly nRows: number;
  readonly nRead: number;
}

/** What was saved of a damaged file, and what was lost. */
export interface SalvageResult {
  readonly nTables: number;
  readonly nRows: number;
  /** Lost rows, and objects that cannot be read, in words. */
  readonly lost: readonly string[];
}

/**
 * Copies what can be read of a damaged file, such as one whose end is missing, to a new file: tables with all rows of undamaged
 * chunks, and attributes. Links between tables are not restored: rows of an event may be lost in one table only.
 *
 * @param sink - the new file; it is published
 * @throws CherenkitError HDF5_CORRUPT, HDF5_UNSUPPORTED (65) if the file is not HDF5 or has another format than ctapipe's;
 *   NOTHING_SALVAGED (65); INPUT_MISSING (66)
 */
export async function salvageFile(path: string, sink: ByteSink): Promise<SalvageResult> {
  await using file = await openFile(path);
  const lost: string[] = [];
  let damages: string[] = [];
  const reader = await Hdf5Reader.open(file, ({ message }) => damages.push(withoutRemedy(message)));
  const writer = new Hdf5Writer(sink);
  const groups = new Set<string>(['/']);
  let [nTables, nRows] = [0, 0];
  await using library = await LibraryTables.open(path);
  const tables = await reader.tables();
  lost.push(...new Set(damages));
  for (const each of tables) {
    damages = [];
    try {
      const found = (await library.copyUnsupported(reader, writer, each)) ?? (await copyTable(reader, writer, each));
      nTables++;
      nRows += found.nRead;
      groupsAbove(each).forEach((group) => groups.add(group));
      if (found.nRead < found.nRows)
        lost.push(`${each}: ${found.nRows - found.nRead} of ${found.nRows} rows${first(damages)}`);
      else if (damages.length > 0) lost.push(`${each}: attributes${first(damages)}`);
    } catch (error) {
      if (!CherenkitError.is(error)) throw error;
      lost.push(`${each || '/'}: all${first([withoutRemedy(error.message)])}`);
    }
  }
  if (nRows === 0 && lost.length > 0) {
    const reasons = lost.slice(0, MOST_LISTED).map((each) => `- ${each}`);
    const message = [`${path}: no row can be saved. No file was written.`, ...reasons].join('\n');
    throw new CherenkitError('NOTHING_SALVAGED', ExitCode.BAD_INPUT, message);
  }
  for (const group of groups) {
    const attributes = await reader.attributes(group).catch(() => new Map<string, never>());
    const values = [...attributes]
      .filter(([name]) => NOT_DERIVED.test(name) && name !== 'TITLE')
      .flatMap(([name, content]) => {
        const value = attributeValue(content, name);
        return value === undefined ? [] : [[name, value] as const];
      });
    writer.setAttributes(group, Object.fromEntries(values));
  }
  await writer.finish();
  return { nTables, nRows, lost };
}

/** Reads tables by the HDF5 library, which knows more layouts and types than the reader of damaged files. */
class LibraryTables implements AsyncDisposable {
  private constructor(readonly file: Hdf5File | undefined) {}

  /** Opens a file, unless the damage prevents it. */
  static async open(path: string): Promise<LibraryTables> {
    return new LibraryTables(await Hdf5File.open(path).catch(() => undefined));
  }

  /** Copies a table that the reader does not support; returns undefined for other tables, and damaged ones. */
  async copyUnsupported(reader: Hdf5Reader, writer: Hdf5Writer, path: string): Promise<CopiedRows | undefined> {
    if (!this.file) return undefined;
    const isSupported = await reader.table(path).then(
      () => true,
      (error: unknown) => !CherenkitError.is(error) || error.code !== 'HDF5_UNSUPPORTED',
    );
    if (isSupported) return undefined;
    const table = await this.file.table(path).catch(() => undefined);
    if (!table) return undefined;
    const { nRows, columns, rowBytes } = table;
    const blocks = table.rowBlocks();
    // Read before the table is created, since what was created cannot be removed.
    let block = await blocks.next();
    const stored = columns.map(({ name, type, shape }) => ({ name, type, shape: shape ?? [] }));
    const written = createTable(writer, path, stored, await table.attributes());
    const convert = rowConverter({ rowBytes, columns }, written, path);
    for (; !block.done; block = await blocks.next()) {
      written.appendRows(convert(block.value));
      await writer.drain();
    }
    return { nRows, nRead: nRows };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.file?.close();
  }
}

function createTable(
  writer: Hdf5Writer,
  path: string,
  columns: readonly StoredColumn[],
  found: ReadonlyMap<string, AttributeContent>,
): TableWriter {
  const names = columns.map(({ name }) => name);
  const attributes = storedAttributes(found, names);
  return writer.createTable(path, columns, {
    title: attributes.title,
    attributes: numberedAttributes(attributes, columns),
  });
}

async function copyTable(reader: Hdf5Reader, writer: Hdf5Writer, path: string): Promise<CopiedRows> {
  const table = await reader.table(path);
  const columns = table.columns.map(({ name, type, shape }) => ({ name, type, shape: shape ?? [] }));
  const written = createTable(writer, path, columns, table.attributes);
  let nRead = 0;
  for await (const rows of table.wholeChunks()) {
    written.appendRows(packed(rows, table, written));
    nRead += rows.length / table.rowBytes;
    await writer.drain();
  }
  return { nRows: table.nRows, nRead };
}

function first(damages: readonly string[]): string {
  return damages.length > 0 ? ` (${damages[0]})` : '';
}

interface Rows {
  readonly rowBytes: number;
  readonly columns: readonly { readonly offset: number; readonly size: number }[];
}

/** Rows without the padding between columns. */
function packed(rows: Uint8Array, from: Rows, to: Rows): Uint8Array {
  if (from.rowBytes === to.rowBytes) return rows;
  const nRows = rows.length / from.rowBytes;
  const result = new Uint8Array(nRows * to.rowBytes);
  for (let row = 0; row < nRows; row++) {
    from.columns.forEach(({ offset, size }, i) => {
      const start = row * from.rowBytes + offset;
      result.set(rows.subarray(start, start + size), row * to.rowBytes + to.columns[i].offset);
    });
  }
  return result;
}

/** `The HDF5 file is corrupt at byte 5: what. Remedy.` as `byte 5: what`. */
function withoutRemedy(message: string): string {
  return message
    .replace(/The HDF5 file is corrupt at (byte \d+)/, '$1')
    .replace(/\. (?:Create it again|"h5repack).*$/, '');
}
