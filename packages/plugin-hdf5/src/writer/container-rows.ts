import { CherenkitError, dataModel, ExitCode, valueOf, type Container } from '@cherenkit/core';
import { fillPlaceholders, type Placeholders, type WriteCondition } from '@cherenkit/tables';
import type { Attributes, Hdf5Writer, StoredColumn, TableWriter } from '../format/index.js';
import { columnAttributes } from '../tables/column-attributes.js';
import { columnEncoder, type CellContext, type ColumnEncoder } from './column-encoder.js';

/** The file of a table of containers, and what determines its columns. */
export interface RowsTarget extends CellContext {
  readonly file: Hdf5Writer;
  /** Values of the placeholders in the table's path. */
  readonly placeholders: Placeholders;
  /** The conditions that hold for this file; columns with other conditions are not written. */
  readonly conditions: ReadonlySet<WriteCondition>;
}

interface Cell {
  /** 0 for the first container of a row, 1 for the first of the others. */
  readonly container: number;
  readonly field: string;
  readonly encode: ColumnEncoder['cell'];
}

/**
 * Writes the rows of one table, each made of several containers. The first row creates the table, with the columns of all fields of its
 * containers, named as in the specification. Source: ctapipe 0.32 `HDF5TableWriter`.
 */
export class ContainerRows {
  readonly #spec: dataModel.ContainerTableSpec;
  readonly #target: RowsTarget;
  #table: TableWriter | undefined;
  #cells: readonly Cell[] = [];

  constructor(spec: dataModel.ContainerTableSpec, target: RowsTarget) {
    this.#spec = spec;
    this.#target = target;
  }

  /**
   * Adds a row: one container for each part of the specification, of the same classes in each row.
   *
   * @param first - the container of the first part, the index in most tables; it may be reused for the next row
   * @throws CherenkitError ARRAY_SHAPE_CHANGED (2) if an array has another length than in the first row
   */
  write(first: Container, others: readonly Container[] = []): void {
    const table = (this.#table ??= this.#create([first, ...others]));
    const { columns } = table;
    const cells = this.#cells;
    table.startRow();
    for (let i = 0; i < cells.length; i++) {
      const { container, field, encode } = cells[i];
      const value = encode(valueOf(container === 0 ? first : others[container - 1], field));
      if (typeof value === 'object' && value.length !== columns[i].count) throw this.#shapeChanged(table, i, value);
      table.set(i, value);
    }
    table.endRow();
  }

  #create(containers: readonly Container[]): TableWriter {
    const { file, placeholders, conditions } = this.#target;
    const cells: Cell[] = [];
    const stored: StoredColumn[] = [];
    const attributes: Attributes[] = [];
    containers.forEach((container, index) => {
      const part = this.#spec.parts[index];
      const prefix = fillPlaceholders(dataModel.prefixOf(part, container), placeholders);
      const meta = valueOf(container, 'meta');
      if (typeof meta === 'object') attributes.push(meta as Attributes);
      for (const [field, entry] of Object.entries(container.fields)) {
        const change = part.columns?.[field] ?? {};
        if (part.omit?.includes(field) || !dataModel.isWritten(change, conditions)) continue;
        const encoder = columnEncoder(field, entry, valueOf(container, field), change, this.#target);
        if (!encoder) continue;
        const { bytes, shape, type, unit, meaning, cell } = encoder;
        const name = dataModel.columnName(field, prefix);
        const header = {
          name,
          field: dataModel.columnName(field),
          type,
          unit,
          meaning,
          description: entry.description,
        };
        attributes.push(columnAttributes(cells.length, header, { describe: true, bytes }));
        stored.push({ name, shape: shape ?? [], type: type === 'string' ? `S${bytes ?? 1}` : type });
        cells.push({ container: index, field, encode: cell });
      }
    });
    this.#cells = cells;
    const title = `Storage of ${containers.map((container) => container.constructor.name).join(',')}`;
    return file.createTable(this.#path, stored, { title, attributes: Object.assign({}, ...attributes) as Attributes });
  }

  get #path(): string {
    return fillPlaceholders(this.#spec.path, this.#target.placeholders);
  }

  #shapeChanged(table: TableWriter, column: number, value: ArrayLike<unknown>): CherenkitError {
    const { name, count } = table.columns[column];
    return new CherenkitError(
      'ARRAY_SHAPE_CHANGED',
      ExitCode.USAGE,
      `${this.#path}: row ${table.nRows + 1} has ${value.length} values of ${name}, the rows before have ${count}; all rows of a table have equal ` +
        'shapes. Select gains for all events or for none, and write calibration events to a file of their own.',
    );
  }
}
