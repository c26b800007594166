import { memoryUnitsPer, snakeCase, type Container, type ContainerClass, type Field, type Time } from '@cherenkit/core';
import type { AttributeContent, Hdf5Table } from '@cherenkit/plugin-hdf5';
import type { ColumnValues } from '@cherenkit/tables';

/** All columns and attributes of a table. */
export interface Rows {
  readonly count: number;
  readonly columns: Readonly<Record<string, ColumnValues>>;
  readonly widths: Readonly<Record<string, number>>;
  readonly attributes: ReadonlyMap<string, AttributeContent>;
}

/** Reads a whole table. */
export async function readRows(table: Hdf5Table): Promise<Rows> {
  return {
    count: table.nRows,
    columns: await table.read(table.columns.map(({ name }) => name)),
    widths: Object.fromEntries(table.columns.map(({ name, count }) => [name, count])),
    attributes: await table.attributes(),
  };
}

/** A number in a row. */
export function numberAt(rows: Rows, column: string, row: number): number {
  return Number(rows.columns[column][row]);
}

/** The cells of an array column in a row. */
function arrayAt<A extends ColumnValues>(rows: Rows, column: string, row: number): A {
  const width = rows.widths[column];
  return rows.columns[column].slice(row * width, (row + 1) * width) as A;
}

/**
 * The container stored in a row, in memory units; fields without a column keep their defaults.
 * An independent inverse of the writer.
 */
export function containerAt<C extends Container>(
  type: ContainerClass<C>,
  rows: Rows,
  row: number,
  prefix: string,
  telIds: readonly number[],
): C {
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(type.fields)) {
    // Three of ctapipe's column names contain a capital letter.
    const plain = snakeCase(name).replace('site_b_', 'site_B_').replace('_e_', '_E_');
    const column = prefix === '' ? plain : `${prefix}_${plain}`;
    if (column in rows.columns) values[name] = valueAt(field, rows, column, row, telIds);
  }
  return new type(values);
}

function valueAt(field: Field, rows: Rows, column: string, row: number, telIds: readonly number[]): unknown {
  const description = field.column;
  switch (description?.type) {
    case 'string':
      return rows.columns[column][row];
    case 'bool':
      return rows.columns[column][row] === 1;
    case 'time':
      return timeAt(rows, column, row);
    case 'telescopes': {
      const mask = arrayAt<Uint8Array>(rows, column, row);
      return telIds.filter((_, i) => mask[i] === 1);
    }
    case 'array':
      return arrayAt(rows, column, row);
    case 'uint64':
      return numberAt(rows, column, row);
    default: {
      const unit = description && 'unit' in description ? description.unit : undefined;
      return numberAt(rows, column, row) * (unit ? memoryUnitsPer(unit) : 1);
    }
  }
}

function timeAt(rows: Rows, column: string, row: number): Time {
  if (rows.widths[column] === 2) {
    const [seconds, quarterNanoseconds] = arrayAt<Uint32Array>(rows, column, row);
    return { seconds, quarterNanoseconds };
  }
  const mjd = numberAt(rows, column, row);
  if (mjd === 0) return { seconds: 0, quarterNanoseconds: 0 };
  const tai = (mjd - 40587) * 86400;
  return { seconds: Math.floor(tai), quarterNanoseconds: Math.round((tai % 1) * 4e9) };
}
