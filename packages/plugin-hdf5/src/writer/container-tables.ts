import { dataModel, type Container, type NumberType, type RunDescription } from '@cherenkit/core';
import { fillPlaceholders, type Placeholders, type WriteCondition } from '@cherenkit/tables';
import type { Hdf5Writer } from '../format/index.js';
import type { CellContext } from './column-encoder.js';
import { ContainerRows, type RowsTarget } from './container-rows.js';

/** Tables of containers of one file. */
export class ContainerTables {
  readonly #file: Hdf5Writer;
  readonly #telIds: readonly number[];
  readonly #conditions: ReadonlySet<WriteCondition>;
  readonly #types: Readonly<Record<string, NumberType>>;
  readonly #rows = new Map<string, ContainerRows>();

  readonly #warn: RowsTarget['warn'];

  /**
   * @param conditions - conditions that are true for this file
   * @param warn - called with a message for values that cannot be written
   */
  constructor(
    file: Hdf5Writer,
    run: RunDescription,
    conditions: ReadonlySet<WriteCondition>,
    warn: RowsTarget['warn'],
  ) {
    this.#file = file;
    this.#telIds = run.subarray.telIds;
    this.#types = { obsId: obsIdTypeOf(run) };
    this.#conditions = conditions;
    this.#warn = warn;
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
      const types = { ...this.#types, ...context.types };
      const target = {
        telIds: this.#telIds,
        ...context,
        types,
        file: this.#file,
        conditions: this.#conditions,
        placeholders,
        warn: this.#warn,
      };
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

const MAX_INT32 = 2 ** 31 - 1;

function obsIdTypeOf({ obsIdType, observationBlocks }: RunDescription): 'int32' | 'int64' {
  return obsIdType ?? ([...observationBlocks.keys()].every((obsId) => obsId <= MAX_INT32) ? 'int32' : 'int64');
}
