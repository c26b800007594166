import { dataModel } from '@cherenkit/core';
import { partOf, type Column, type Table } from '@cherenkit/tables';
import type { CellValue, Hdf5Writer, StoredType } from '../format/index.js';
import { columnAttributes, metaAttributes } from './column-attributes.js';

/**
 * Writes a table, with metadata, units and transforms as attributes. Source: ctapipe 0.32 `write_table`.
 *
 * Descriptions are written unless the table has none in ctapipe's data model. The length of a text column is that of its
 * longest text.
 *
 * @throws RangeError if the path exists or the table has no columns
 */
export function writeTable(file: Hdf5Writer, path: string, table: Table): void {
  startTable(file, path, table)(table);
}

/**
 * Creates a table like {@link writeTable}, with the columns and metadata of the given one and without rows.
 *
 * @returns appends the rows of a table with the same columns
 */
export function startTable(file: Hdf5Writer, path: string, table: Table): (rows: Table) => void {
  const columns = [...table.columns.values()];
  const describe = dataModel.findTable(path)?.spec.hasDescriptions ?? true;
  const widths = columns.map((column) => (column.type === 'string' ? longestText(column) : undefined));
  const attributes = columns.map((column, i) => columnAttributes(i, column, { describe, bytes: widths[i] }));
  const writer = file.createTable(
    path,
    columns.map(({ name, type, shape }, i) => ({ name, shape, type: storedType(type, widths[i]) })),
    { attributes: Object.assign({ ...metaAttributes(table.meta) }, ...attributes) as (typeof attributes)[number] },
  );
  return (rows) => {
    const values = columns.map(({ name }) => rows.column(name));
    for (let row = 0; row < rows.nRows; row++) {
      writer.startRow();
      for (let i = 0; i < values.length; i++) writer.set(i, cellOf(values[i], row));
      writer.endRow();
    }
  };
}

function cellOf({ values, shape, count }: Column, row: number): CellValue {
  return shape.length === 0 ? values[row] : partOf(values, row * count, (row + 1) * count);
}

function storedType(type: Column['type'], width: number | undefined): StoredType {
  return type === 'string' ? `S${width ?? 1}` : type;
}

/** Length of the longest text, bytes; at least 1, the minimum of a string type. */
function longestText({ values }: Column): number {
  const encoder = new TextEncoder();
  let longest = 1;
  for (let i = 0; i < values.length; i++) longest = Math.max(longest, encoder.encode(values[i] as string).length);
  return longest;
}
