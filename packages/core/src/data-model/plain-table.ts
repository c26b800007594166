import {
  columnFrom,
  Table,
  type ColumnSpec,
  type ElementType,
  type TableMeta,
  type TableSpec,
} from '@cherenkit/tables';
import type { ColumnUnit } from '@cherenkit/tables';

/** The specification of a table without containers, whose columns ctapipe's files do not describe. */
export function plainTable(spec: Omit<TableSpec, 'origin' | 'hasDescriptions'>): TableSpec {
  const isOurs = spec.path.startsWith('/cherenkit/');
  return { ...spec, origin: isOurs ? 'cherenkit' : 'ctapipe', hasDescriptions: false };
}

/** A column by name, type, description and unit. */
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
 * A table with the columns of a specification, from values by column name. Values have to be in the column's unit and are converted to
 * its type; optional columns without values are left out.
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
