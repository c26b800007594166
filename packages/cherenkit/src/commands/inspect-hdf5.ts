import { Hdf5File } from '@cherenkit/plugin-hdf5';
import { readTableHeader } from '@cherenkit/plugin-hdf5/internal';

/** Table of an HDF5 file, printed by `cherenkit inspect`. */
export interface InspectedTable {
  readonly path: string;
  readonly rows: number;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly shape: readonly number[];
    readonly unit: string | null;
    readonly description: string | null;
  }[];
}

/** Yields the tables of an HDF5 file, in the order of the file. Other datasets are omitted. */
export async function* inspectHdf5(path: string): AsyncGenerator<InspectedTable> {
  await using file = await Hdf5File.open(path);
  for (const table of await file.paths()) {
    if (!(await file.isTable(table))) continue;
    const { nRows, columns } = await readTableHeader(file, table);
    yield {
      path: table,
      rows: nRows,
      columns: columns.map(({ name, type, shape = [], unit = null, description = null }) => {
        return { name, type, shape, unit, description };
      }),
    };
  }
}

/** Yields `/dl1/event/subarray/trigger: 2 rows` and a line for each column: `  time: uint32[2]`. */
export function* describeTable({ path, rows, columns }: InspectedTable): Generator<string> {
  yield `${path}: ${rows} row${rows === 1 ? '' : 's'}`;
  const width = Math.max(...columns.map(({ name }) => name.length));
  for (const { name, type, shape, unit, description } of columns) {
    const cell = `${type}${shape.length > 0 ? `[${shape.join(', ')}]` : ''}`;
    const text = `  ${name.padEnd(width)}  ${cell}${unit === null ? '' : ` ${unit}`}`;
    yield description === null ? text : `${text.padEnd(width + 24)}  ${description}`;
  }
}
