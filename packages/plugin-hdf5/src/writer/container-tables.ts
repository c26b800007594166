import { dataModel, type Container, type NumberType, type RunDescription } from '@cherenkit/core';
import { fillPlaceholders, type Placeholders } from '@cherenkit/tables';
import type { CellContext } from './column-encoder.js';
import { ContainerRows, type RowsTarget, type TableFile } from './container-rows.js';

/** Properties of a file that determine which tables and columns it has. */
export type ContainerTablesOptions = Pick<RowsTarget, 'conditions' | 'version' | 'warn'>;

/** Packed rows of several tables, as plain data. */
export interface PackedRows {
  readonly tables: readonly {
    /** Path in the latest data model. */
    readonly path: string;
    readonly layout: string | undefined;
    /** Range in `rows`. */
    readonly begin: number;
    readonly end: number;
  }[];
  readonly rows: Uint8Array<ArrayBuffer>;
}

/** Tables of containers of one file. */
export class ContainerTables {
  readonly #file: TableFile;
  readonly #telIds: readonly number[];
  readonly #options: ContainerTablesOptions;
  readonly #chargeUnit: string | undefined;
  readonly #types: Readonly<Record<string, NumberType>>;
  readonly #rows = new Map<string, ContainerRows>();

  constructor(file: TableFile, run: RunDescription, options: ContainerTablesOptions) {
    this.#file = file;
    this.#telIds = run.subarray.telIds;
    const { pointingType: pointing, waveformUnit } = run;
    this.#types = { obsId: obsIdTypeOf(run), ...(pointing && { azimuth: pointing, altitude: pointing }) };
    this.#options = options;
    this.#chargeUnit = waveformUnit;
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
      const [telIds, chargeUnit, file] = [this.#telIds, this.#chargeUnit, this.#file];
      const target = { telIds, chargeUnit, ...context, ...this.#options, types, file, placeholders };
      rows = new ContainerRows(spec, target);
      this.#rows.set(path, rows);
    }
    return rows;
  }

  /** Paths in the latest data model of the tables that were created. */
  get paths(): string[] {
    return [...this.#rows].filter(([, { layout }]) => layout !== undefined).map(([path]) => path);
  }

  /** Returns the rows that were written to a collector since the last call. */
  takeRows(): PackedRows {
    const taken = [...this.#rows].map(([path, rows]) => ({ path, layout: rows.layout, rows: rows.takeRows() }));
    const filled = taken.filter(({ rows }) => rows.length > 0);
    const all = new Uint8Array(filled.reduce((sum, { rows }) => sum + rows.length, 0));
    let end = 0;
    const tables = filled.map(({ path, layout, rows }) => {
      all.set(rows, end);
      return { path, layout, begin: end, end: (end += rows.length) };
    });
    return { tables, rows: all };
  }

  /** Whether the rows of a collector can be added: the tables are there, and have the same columns. */
  hasTablesOf({ tables }: PackedRows): boolean {
    return tables.every(({ path, layout }) => layout !== undefined && this.#rows.get(path)?.layout === layout);
  }

  /** Appends the rows of a collector. Returns the number of rows by table. */
  addRows({ tables, rows }: PackedRows): ReadonlyMap<ContainerRows, number> {
    const added = new Map<ContainerRows, number>();
    for (const { path, begin, end } of tables) {
      const packed = rows.subarray(begin, end);
      const table = this.#rows.get(path);
      table?.appendRows(packed);
      if (table) added.set(table, table.countRows(packed));
    }
    return added;
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
