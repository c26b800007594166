import { columnFrom, memoryUnitsPer, type Column, type ColumnHeader, type Table } from '@cherenkit/tables';
import { valueOf, type Container, type ContainerClass, type FieldColumn, type Fields } from '../event/index.js';
import { columnName } from './container-table.js';

/**
 * Makes columns of the numeric and boolean fields of containers, in the units of files; one row per container.
 *
 * @param prefix - prefix of the column names: `LightEnergy_tel` for `LightEnergy_tel_energy`
 * @param wanted - names of the columns to make. Default: all
 */
export function containerColumns(
  containers: readonly Container[],
  fields: Fields,
  prefix: string,
  wanted?: ReadonlySet<string>,
): Column[] {
  const columns: Column[] = [];
  for (const { field, header, perUnit } of scalarFields(fields, prefix)) {
    const { name, type, unit, description } = header;
    if (wanted?.has(name) === false) continue;
    const values = containers.map((container) => Number(valueOf(container, field)) / perUnit);
    columns.push(columnFrom(name, { type, unit, description, values }));
  }
  return columns;
}

/**
 * Makes containers of the rows of a table, the inverse of {@link containerColumns}. Fields without a column have default
 * values.
 *
 * @throws CherenkitError TABLE_COLUMN_INVALID if a column contains text or its unit cannot be converted
 */
export function containersOf<C extends Container>(table: Table, type: ContainerClass<C>, prefix: string): C[] {
  const containers = Array.from({ length: table.nRows }, () => new type());
  for (const { field, header, perUnit } of scalarFields(type.fields, prefix)) {
    if (!table.has(header.name)) continue;
    const values = table.numbers(header.name, header.unit);
    containers.forEach((container, row) => {
      const value = (values[row] ?? NaN) * perUnit;
      Object.assign(container, { [field]: header.type === 'bool' ? value === 1 : value });
    });
  }
  return containers;
}

type ScalarColumn = Exclude<FieldColumn, { readonly type: keyof typeof NO_SCALARS }>;

const NO_SCALARS = { string: 0, enumeration: 0, time: 0, array: 0, waveforms: 0, telescopes: 0 } as const;

interface ScalarField {
  readonly field: string;
  /** Of the column. */
  readonly header: ColumnHeader;
  /** Size of the unit of the column in units of memory. */
  readonly perUnit: number;
}

/** Known scalar fields by prefix: models on columns ask for them for every telescope event. */
const known = new WeakMap<Fields, Map<string, readonly ScalarField[]>>();

function scalarFields(fields: Fields, prefix: string): readonly ScalarField[] {
  const byPrefix = known.get(fields) ?? new Map<string, readonly ScalarField[]>();
  known.set(fields, byPrefix);
  const found = byPrefix.get(prefix) ?? findScalarFields(fields, prefix);
  byPrefix.set(prefix, found);
  return found;
}

function findScalarFields(fields: Fields, prefix: string): ScalarField[] {
  return Object.entries(fields).flatMap(([field, { column, description }]): ScalarField[] => {
    if (column === undefined || !isScalar(column)) return [];
    const unit = column.type === 'bool' ? undefined : column.unit;
    const header = { name: columnName(field, prefix), type: column.type, unit, description };
    return [{ field, header, perUnit: unit === undefined ? 1 : memoryUnitsPer(unit) }];
  });
}

function isScalar(column: FieldColumn): column is ScalarColumn {
  return !(column.type in NO_SCALARS);
}
