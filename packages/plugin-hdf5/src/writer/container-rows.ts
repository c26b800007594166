import { CherenkitError, dataModel, ExitCode, valueOf, type Container } from '@cherenkit/core';
import {
  fillPlaceholders,
  isIn,
  pathIn,
  type DataModelVersion,
  type Placeholders,
  type WriteCondition,
} from '@cherenkit/tables';
import type { Attributes, CellValue, Hdf5Writer, StoredColumn, TableWriter } from '../format/index.js';
import { columnAttributes } from '../tables/column-attributes.js';
import { digestOf } from './reference-metadata.js';
import { columnEncoder, type CellContext, type ColumnEncoder } from './column-encoder.js';

/** Where tables are created: a file, or a collector of rows. */
export type TableFile = Pick<Hdf5Writer, 'createTable'>;

/** Destination of a table of containers, and properties that determine its columns. */
export interface RowsTarget extends CellContext {
  readonly file: TableFile;
  /** Values of the placeholders in the table's path. */
  readonly placeholders: Placeholders;
  /** Conditions that are true for this file. Columns with other conditions are not written. */
  readonly conditions: ReadonlySet<WriteCondition>;
  /** Version of the data model, which determines the path and the columns. */
  readonly version: DataModelVersion;
  /** Unit of charges, which descriptions of columns name. Default: p.e. */
  readonly chargeUnit?: string | undefined;
  /** Called with a message for values that cannot be written. */
  readonly warn: (message: string) => void;
}

interface Cell {
  /** Index of the container in the row. */
  readonly container: number;
  readonly field: string;
  readonly encode: ColumnEncoder['cell'];
}

/** Field without a column: the first row had no value, or the version of the data model does not have it. */
interface AbsentField extends Omit<Cell, 'encode'> {
  readonly isOfLaterVersion: boolean;
}

/**
 * Writes the rows of a table, each made of one or more containers. The first row creates the table with the columns of all
 * container fields, named as in the specification. Source: ctapipe 0.32 `HDF5TableWriter`.
 */
export class ContainerRows {
  readonly #spec: dataModel.ContainerTableSpec;
  readonly #target: RowsTarget;
  #table: TableWriter | undefined;
  #cells: readonly Cell[] = [];
  /** Fields without a column. */
  #absent: readonly AbsentField[] = [];
  /** The columns, and the fields without one, as text. Undefined before the first row. */
  #description: string | undefined;
  /** Digest of the description, once it was needed. */
  #layout: string | undefined;

  constructor(spec: dataModel.ContainerTableSpec, target: RowsTarget) {
    this.#spec = spec;
    this.#target = target;
  }

  /**
   * Appends a row: one container per part of the specification, of the same classes in all rows.
   *
   * @param first - container of the first part, usually the index; the caller may reuse it
   * @throws CherenkitError ARRAY_SHAPE_CHANGED (2) if the length of an array differs from the first row; VALUE_NOT_STORABLE (65)
   *   if an integer is out of the range of its column
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
      this.#set(table, i, value);
    }
    table.endRow();
    for (const absent of this.#absent) {
      const { container, field } = absent;
      const value = valueOf(container === 0 ? first : others[container - 1], field);
      if (value !== undefined) this.#warnOfLoss(absent, table.nRows);
    }
  }

  /** Creates the table without rows, unless it has been created, with the columns of a row. */
  start(first: Container, others: readonly Container[] = []): void {
    this.#table ??= this.#create([first, ...others]);
  }

  /** Identifies the columns, which the first row determines. Undefined before the first row. */
  get layout(): string | undefined {
    if (this.#description === undefined) return undefined;
    this.#layout ??= digestOf(this.#description);
    return this.#layout;
  }

  /** Returns the rows that were written to a collector since the last call, packed. Valid until the next row is written. */
  takeRows(): Uint8Array {
    return this.#table?.takeRows() ?? NO_ROWS;
  }

  /** Appends packed rows of a table with the same `layout`. */
  appendRows(rows: Uint8Array): void {
    this.#table?.appendRows(rows);
  }

  /** Number of rows of packed rows. */
  countRows(rows: Uint8Array): number {
    return rows.length / (this.#table?.rowBytes ?? 1);
  }

  /** Warns of values that have no column, once per field. */
  #warnOfLoss(absent: AbsentField, row: number): void {
    this.#absent = this.#absent.filter((other) => other !== absent);
    const reason = absent.isOfLaterVersion
      ? `since the data model ${this.#target.version} has no such column. Write ${dataModel.DATA_MODEL_VERSION} to keep them.`
      : 'since the first row of the table has none. Process events with and without these values separately.';
    const name = dataModel.columnName(absent.field);
    this.#target.warn(
      `${this.#path}, row ${row}: the values of ${name} are not written, here and in the following rows, ${reason}`,
    );
  }

  #create(containers: readonly Container[]): TableWriter {
    const { file, placeholders, conditions, version } = this.#target;
    const cells: Cell[] = [];
    const stored: StoredColumn[] = [];
    const attributes: Attributes[] = [];
    const absent: AbsentField[] = [];
    containers.forEach((container, index) => {
      const part = this.#spec.parts[index];
      const prefix = fillPlaceholders(dataModel.prefixOf(part, container), placeholders);
      const meta = valueOf(container, 'meta');
      if (typeof meta === 'object') attributes.push(meta as Attributes);
      for (const [field, entry] of Object.entries(container.fields)) {
        const change = part.columns?.[field] ?? {};
        if (part.omit?.includes(field)) continue;
        if (!dataModel.isWritten(change, conditions, version)) {
          if (!isIn(change, version)) absent.push({ container: index, field, isOfLaterVersion: true });
          continue;
        }
        const encoder = columnEncoder(field, entry, valueOf(container, field), change, this.#target);
        if (!encoder) {
          if (entry.column !== undefined) absent.push({ container: index, field, isOfLaterVersion: false });
          continue;
        }
        const { bytes, shape, type, unit, meaning, cell } = encoder;
        const name = dataModel.columnName(field, prefix);
        const header = {
          name,
          field: dataModel.columnName(field),
          type,
          unit,
          meaning,
          description: this.#describe(entry.description),
        };
        attributes.push(columnAttributes(cells.length, header, { describe: true, bytes }));
        stored.push({ name, shape: shape ?? [], type: type === 'string' ? `S${bytes ?? 1}` : type });
        cells.push({ container: index, field, encode: cell });
      }
    });
    this.#cells = cells;
    this.#absent = absent;
    this.#description = JSON.stringify([stored, attributes, absent]);
    const title = `Storage of ${containers.map((container) => container.constructor.name).join(',')}`;
    return file.createTable(this.#path, stored, { title, attributes: Object.assign({}, ...attributes) as Attributes });
  }

  /** Charges and samples of the simulation are p.e. in all files. */
  #describe(description: string): string {
    const { chargeUnit } = this.#target;
    const isTrue = this.#spec.path.startsWith(SIMULATION);
    return chargeUnit === undefined || isTrue ? description : description.replace(/\bp\.e\./, chargeUnit);
  }

  get #path(): string {
    return fillPlaceholders(pathIn(this.#spec, this.#target.version), this.#target.placeholders);
  }

  #set(table: TableWriter, column: number, value: CellValue): void {
    try {
      table.set(column, value);
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      const message = `${this.#path}, row ${table.nRows + 1}: ${cause.message} The value comes from the input or from a component.`;
      throw new CherenkitError('VALUE_NOT_STORABLE', ExitCode.BAD_INPUT, message, { cause });
    }
  }

  #shapeChanged(table: TableWriter, column: number, value: ArrayLike<unknown>): CherenkitError {
    const { name, count } = table.columns[column];
    return new CherenkitError(
      'ARRAY_SHAPE_CHANGED',
      ExitCode.USAGE,
      `${this.#path}: row ${table.nRows + 1}, column ${name}: expected ${count} values as in the preceding rows, found ` +
        `${value.length}. Events of one and of two gain channels cannot be in one file. If those with two are calibration ` +
        "events, write the others with --EventTypeFilter.allowed_types='[SUBARRAY]'; otherwise select gains for all events.",
    );
  }
}

const SIMULATION = '/simulation/';
const NO_ROWS = new Uint8Array(0);
