import {
  columnFrom,
  Table,
  type ColumnSpec,
  type ElementType,
  type TableMeta,
  type TableSpec,
} from '@cherenkit/tables';
import type { ColumnUnit } from '@cherenkit/tables';

/** Specification of a table whose rows are not made of containers. Its columns have no descriptions in ctapipe's files. */
export function plainTable(spec: Omit<TableSpec, 'origin' | 'hasDescriptions'>): TableSpec {
  const isOurs = spec.path.startsWith('/cherenkit/');
  return { ...spec, origin: isOurs ? 'cherenkit' : 'ctapipe', hasDescriptions: false };
}

/** Specification of a column. */
export function column(
  name: string,
  type: ElementType,
  description: string,
  unit?: ColumnUnit,
  more: Partial<ColumnSpec> = {},
): ColumnSpec {
  return { name, type, description, unit, ...more };
}

/**
 * Makes a table with the columns of a specification, from values by column name. Values must be in the unit of the column and
 * are converted to its type; optional columns without values are omitted.
 *
 * @throws RangeError for a column without values
 */
export function tableOf(
  spec: TableSpec,
  values: Readonly<Record<string, ArrayLike<number | bigint | string> | undefined>>,
  meta?: TableMeta,
): Table {
  const columns = spec.columns.flatMap(({ name, type, unit, description, meaning, isOptional }) => {
    const given = values[name];
    if (given === undefined && isOptional) return [];
    if (given === undefined) throw new RangeError(`The table ${spec.path} needs values for ${name}.`);
    return [columnFrom(name, { type, unit, description, meaning, values: given })];
  });
  return new Table(columns, meta);
}
