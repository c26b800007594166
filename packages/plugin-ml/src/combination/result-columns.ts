import { dataModel, type Container, type ContainerClass, type FieldColumn } from '@cherenkit/core';
import { columnFrom, type Column, type Table } from '@cherenkit/tables';
import { DISP_COLUMNS } from '../model/input-columns.js';
import { ARRAY_POINTING_COLUMNS } from '../reconstruction/telescope-pointing-columns.js';
import { WEIGHT_COLUMNS } from './image-weights.js';

/** Columns of telescope events that combiners may use, beside the predictions. */
export const COMBINED_COLUMNS: ReadonlySet<string> = new Set([
  'obs_id',
  'event_id',
  'tel_id',
  ...Object.values(WEIGHT_COLUMNS).flat(),
  ...DISP_COLUMNS,
  ...ARRAY_POINTING_COLUMNS,
]);

/**
 * Completes a table of results with the columns of a container that it lacks, with their default values, and describes its
 * columns. Source: ctapipe 0.32 `add_defaults_and_meta`.
 *
 * @param prefix - beginning of the names of columns: `ExtraTreesRegressor_tel`
 * @param omit - fields without columns
 */
export function withDefaults(
  table: Table,
  container: ContainerClass,
  prefix: string,
  omit: readonly string[] = [],
): Table {
  const empty: Container = new container();
  let completed = table;
  for (const [field, { column, description }] of Object.entries(container.fields)) {
    if (!column || omit.includes(field)) continue;
    const name = dataModel.columnName(field, prefix);
    const header = { description, field: dataModel.columnName(field) };
    if (table.has(name)) completed = completed.withColumn(name, table.column(name).with(header));
    else if (hasDefault(column)) {
      const values = new Float64Array(table.nRows).fill((empty as unknown as Record<string, number>)[field]);
      const { unit } = column;
      completed = completed.withColumn(name, columnFrom(name, { unit, values }).with(header));
    }
  }
  return completed;
}

/** Fields whose default is a number; the others are always given. */
function hasDefault(column: FieldColumn): column is Extract<FieldColumn, { readonly type: 'float64' }> {
  return column.type === 'float64';
}

/** Ids of array events: those of the given rows of a table of telescope events. */
export function eventIds(table: Table, rows: Int32Array): Column[] {
  return ['obs_id', 'event_id'].map((name) => table.column(name).take(rows));
}

/**
 * First row of each array event in a table of telescope events, and the number of rows after the last one.
 *
 * @param table - rows of an array event are adjacent
 */
export function eventStarts(table: Table): Int32Array {
  const [obsIds, eventIds] = ['obs_id', 'event_id'].map((name) => table.column(name).values);
  const starts: number[] = [];
  for (let row = 0; row < table.nRows; row++) {
    if (row === 0 || obsIds[row] !== obsIds[row - 1] || eventIds[row] !== eventIds[row - 1]) starts.push(row);
  }
  return Int32Array.from([...starts, table.nRows]);
}
