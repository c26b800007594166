import {
  CherenkitError,
  ExitCode,
  snakeCase,
  type Container,
  type SubarrayDescription,
  valueOf,
} from '@cherenkit/core';
import type { Attributes, Column, Hdf5Writer, TableWriter } from '../hdf5/index.js';
import { columnAttributes, storedColumn, type ColumnOverride, type StoredColumn } from './stored-column.js';

/** How the table of some containers deviates from what their fields say. */
export interface TableLayout {
  /** Prefixes of the columns of each container, in place of its own. */
  readonly prefixes?: readonly string[];
  /** Fields that are left out. */
  readonly omit?: readonly string[];
  /** By field. */
  readonly columns?: Readonly<Record<string, ColumnOverride>>;
}

interface Cells {
  readonly container: number;
  readonly field: string;
  readonly column: StoredColumn;
}

interface ContainerTable {
  readonly table: TableWriter;
  readonly cells: readonly Cells[];
}

/**
 * The column's name of a field: `prod_site_B_total` for `prodSiteBTotal`. A single letter between two words keeps its
 * capital, as in ctapipe.
 */
export function columnName(field: string, prefix = ''): string {
  const name = snakeCase(field).replace(/_[a-z](?=_)/g, (letter) => letter.toUpperCase());
  return prefix === '' ? name : `${prefix}_${name}`;
}

/**
 * Writes containers as rows: the first row at a path makes the table, with the columns of the containers' fields, one
 * container after the other. Source: ctapipe 0.32 `HDF5TableWriter`.
 */
export class ContainerTables {
  readonly #file: Hdf5Writer;
  readonly #subarray: SubarrayDescription;
  readonly #tables = new Map<string, ContainerTable>();

  constructor(file: Hdf5Writer, subarray: SubarrayDescription) {
    this.#file = file;
    this.#subarray = subarray;
  }

  /**
   * Adds a row.
   *
   * @param containers - of the same classes in each row of a table
   * @throws CherenkitError ARRAY_SHAPE_CHANGED (2) if an array has another length than in the first row
   */
  write(path: string, containers: readonly Container[], layout?: TableLayout): void {
    let target = this.#tables.get(path);
    if (!target) {
      target = this.#create(path, containers, layout ?? {});
      this.#tables.set(path, target);
    }
    const { table, cells } = target;
    table.startRow();
    for (let i = 0; i < cells.length; i++) {
      const { container, field, column } = cells[i];
      const value = column.cell(valueOf(containers[container], field));
      if (typeof value === 'object' && value.length !== table.columns[i].count)
        throw shapeChanged(path, table, i, value);
      table.set(i, value);
    }
    table.endRow();
  }

  #create(
    path: string,
    containers: readonly Container[],
    { prefixes, omit = [], columns = {} }: TableLayout,
  ): ContainerTable {
    const cells: Cells[] = [];
    const stored: Column[] = [];
    const attributes: Attributes[] = [];
    containers.forEach((container, index) => {
      const meta = valueOf(container, 'meta');
      if (typeof meta === 'object') attributes.push(meta as Readonly<Record<string, string>>);
      for (const [field, description] of Object.entries(container.fields)) {
        if (omit.includes(field)) continue;
        const column = storedColumn(description, valueOf(container, field), this.#subarray, columns[field]);
        if (!column) continue;
        attributes.push(columnAttributes(cells.length, column, columnName(field), description.description));
        stored.push({
          name: columnName(field, prefixes?.[index] ?? container.prefix),
          type: column.type,
          shape: column.shape,
        });
        cells.push({ container: index, field, column });
      }
    });
    const title = `Storage of ${containers.map((container) => container.constructor.name).join(',')}`;
    const table = this.#file.createTable(path, stored, {
      title,
      attributes: Object.assign({}, ...attributes) as Attributes,
    });
    return { table, cells };
  }
}

function shapeChanged(path: string, table: TableWriter, column: number, value: ArrayLike<unknown>): CherenkitError {
  const { name, count } = table.columns[column];
  return new CherenkitError(
    'ARRAY_SHAPE_CHANGED',
    ExitCode.USAGE,
    `${path}: row ${table.nRows + 1} has ${value.length} values of ${name}, the rows before have ${count}; all rows of a table have equal ` +
      'shapes. Select gains for all events or for none, and write calibration events to a file of their own.',
  );
}
