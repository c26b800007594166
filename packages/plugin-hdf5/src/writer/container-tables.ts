import { dataModel, type Container, type NumberType, type RunDescription } from '@cherenkit/core';
import { fillPlaceholders, type Placeholders } from '@cherenkit/tables';
import type { Hdf5Writer } from '../format/index.js';
import type { CellContext } from './column-encoder.js';
import { ContainerRows, type RowsTarget } from './container-rows.js';

/** Properties of a file that determine which tables and columns it has. */
export type ContainerTablesOptions = Pick<RowsTarget, 'conditions' | 'version' | 'warn'>;

/** Tables of containers of one file. */
export class ContainerTables {
  readonly #file: Hdf5Writer;
  readonly #telIds: readonly number[];
  readonly #options: ContainerTablesOptions;
  readonly #types: Readonly<Record<string, NumberType>>;
  readonly #rows = new Map<string, ContainerRows>();

  constructor(file: Hdf5Writer, run: RunDescription, options: ContainerTablesOptions) {
    this.#file = file;
    this.#telIds = run.subarray.telIds;
    const { pointingType: pointing } = run;
    this.#types = { obsId: obsIdTypeOf(run), ...(pointing && { azimuth: pointing, altitude: pointing }) };
    this.#options = options;
  }

  /** Whether a table is written to this file. */
  isWritten(spec: dataModel.ContainerTableSpec): boolean {
    return dataModel.isWritten(spec, this.#options.conditions, this.#options.version);
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
      const target = { telIds: this.#telIds, ...context, ...this.#options, types, file: this.#file, placeholders };
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
