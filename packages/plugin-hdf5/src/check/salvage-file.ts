import { CherenkitError, ExitCode } from '@cherenkit/core';
import { openFile, type ByteSink } from '@cherenkit/io';
import { Hdf5Reader, Hdf5Writer } from '../format/index.js';
import { attributeValue, NOT_DERIVED, numberedAttributes, storedAttributes } from '../merge/stored-attributes.js';

/** Most losses that an error lists. */
const MOST_LISTED = 10;

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
  const tables = await reader.tables();
  lost.push(...new Set(damages));
  for (const each of tables) {
    damages = [];
    try {
      const found = await copyTable(reader, writer, each);
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

async function copyTable(
  reader: Hdf5Reader,
  writer: Hdf5Writer,
  path: string,
): Promise<{ readonly nRows: number; readonly nRead: number }> {
  const table = await reader.table(path);
  const columns = table.columns.map(({ name, type, shape }) => ({ name, type, shape: shape ?? [] }));
  const attributes = storedAttributes(
    table.attributes,
    columns.map(({ name }) => name),
  );
  const written = writer.createTable(path, columns, {
    title: attributes.title,
    attributes: numberedAttributes(attributes, columns),
  });
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

function groupsAbove(path: string): string[] {
  const names = path.split('/').slice(1, -1);
  return names.map((_, i) => `/${names.slice(0, i + 1).join('/')}`);
}

/** `The HDF5 file is corrupt at byte 5: what. Remedy.` as `byte 5: what`. */
function withoutRemedy(message: string): string {
  return message
    .replace(/The HDF5 file is corrupt at (byte \d+)/, '$1')
    .replace(/\. (?:Create it again|"h5repack).*$/, '');
}
