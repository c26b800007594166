import { dataModel, type Container, type SubarrayDescription } from '@cherenkit/core';
import { fillPlaceholders, type Placeholders, type WriteCondition } from '@cherenkit/tables';
import type { Hdf5Writer } from '../format/index.js';
import type { CellContext } from './column-encoder.js';
import { ContainerRows } from './container-rows.js';

/** Tables of containers of one file. */
export class ContainerTables {
  readonly #file: Hdf5Writer;
  readonly #telIds: readonly number[];
  readonly #conditions: ReadonlySet<WriteCondition>;
  readonly #rows = new Map<string, ContainerRows>();

  /** @param conditions - conditions that are true for this file */
  constructor(file: Hdf5Writer, subarray: SubarrayDescription, conditions: ReadonlySet<WriteCondition>) {
    this.#file = file;
    this.#telIds = subarray.telIds;
    this.#conditions = conditions;
  }

  /** Whether a table is written to this file. */
  isWritten(spec: dataModel.ContainerTableSpec): boolean {
    return dataModel.isWritten(spec, this.#conditions);
  }

  /** Returns the row writer of a table; call it once per table, not per row. The table is created with its first row. */
  rows(
    spec: dataModel.ContainerTableSpec,
    placeholders: Placeholders = {},
    context: Partial<CellContext> = {},
  ): ContainerRows {
    const path = fillPlaceholders(spec.path, placeholders);
    let rows = this.#rows.get(path);
    if (!rows) {
      const target = { telIds: this.#telIds, ...context, file: this.#file, conditions: this.#conditions, placeholders };
      rows = new ContainerRows(spec, target);
      this.#rows.set(path, rows);
    }
    return rows;
  }

  /** Appends a row to a table with few rows. */
  write(
    spec: dataModel.ContainerTableSpec,
    [first, ...others]: readonly [Container, ...Container[]],
    context?: Partial<CellContext>,
    placeholders?: Placeholders,
  ): void {
    this.rows(spec, placeholders, context).write(first, others);
  }
}
