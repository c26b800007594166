import { dataModel } from '@cherenkit/core';
import { columnFrom, columnsIn, Table, type TableSpec } from '@cherenkit/tables';

/**
 * Table without rows, with the columns of a specification.
 *
 * @param dimensions - lengths of dimensions; columns with other dimensions are left out
 */
export function emptyTable(spec: TableSpec, dimensions: Readonly<Record<string, number>>): Table {
  const columns = columnsIn(spec, dataModel.DATA_MODEL_VERSION).flatMap(({ name, dims = [], ...column }) => {
    const shape = dims.map((dim) => dimensions[dim] ?? Number(dim));
    const { type, unit, description, meaning } = column;
    return shape.some(Number.isNaN) ? [] : [columnFrom(name, { type, unit, description, meaning, shape, values: [] })];
  });
  return new Table(columns);
}
