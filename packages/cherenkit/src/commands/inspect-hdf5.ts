import { CherenkitError, counted, printable } from '@cherenkit/core';
import { Hdf5File } from '@cherenkit/plugin-hdf5';
import { readTableHeader } from '@cherenkit/plugin-hdf5/internal';

/** Table of an HDF5 file, printed by `cherenkit inspect`. */
export interface InspectedTable {
  readonly path: string;
  /** Null if the table cannot be read. */
  readonly rows: number | null;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly shape: readonly number[];
    readonly unit: string | null;
    readonly description: string | null;
  }[];
  /** Why the table cannot be read: types of columns that are not supported. */
  readonly problem: string | null;
}

/** Yields the tables of an HDF5 file, in the order of the file. Other datasets are omitted. */
export async function* inspectHdf5(path: string): AsyncGenerator<InspectedTable> {
  await using file = await Hdf5File.open(path);
  for (const table of await file.paths()) {
    const inspected = await inspectTable(file, table);
    if (inspected) yield inspected;
  }
}

/** Describes a table; undefined for other datasets. */
async function inspectTable(file: Hdf5File, path: string): Promise<InspectedTable | undefined> {
  try {
    if (!(await file.isTable(path))) return undefined;
    const { nRows, columns } = await readTableHeader(file, path);
    const described = columns.map(({ name, type, shape = [], unit = null, description = null }) => {
      return { name, type, shape, unit, description };
    });
    return { path, rows: nRows, columns: described, problem: null };
  } catch (error) {
    if (!CherenkitError.is(error) || error.code !== 'HDF5_UNSUPPORTED') throw error;
    return { path, rows: null, columns: [], problem: error.message };
  }
}

/** Yields `/dl1/event/subarray/trigger: 2 rows` and a line for each column: `  time: uint32[2]`. */
export function* describeTable({ path, rows, columns, problem }: InspectedTable): Generator<string> {
  if (rows === null) {
    yield printable(`${path}: ${problem ?? 'not readable'}`);
    return;
  }
  yield printable(`${path}: ${counted(rows, 'row')}`);
  const width = Math.max(...columns.map(({ name }) => name.length));
  for (const { name, type, shape, unit, description } of columns) {
    const cell = `${type}${shape.length > 0 ? `[${shape.join(', ')}]` : ''}`;
    const text = `  ${name.padEnd(width)}  ${cell}${unit === null ? '' : ` ${unit}`}`;
    yield printable(description === null ? text : `${text.padEnd(width + 24)}  ${description}`);
  }
}
