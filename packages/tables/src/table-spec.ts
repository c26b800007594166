import type { Meaning } from './column.js';
import type { ColumnUnit } from './column-unit.js';
import { isBefore, type DataModelVersion } from './data-model-version.js';
import type { ElementType } from './element-type.js';

/** Rule for merging the rows of a table from several files. */
export type MergeRule =
  /** Concatenate the rows. */
  | 'append'
  /** All files must have the same rows, which are kept once. */
  | 'equal'
  /** Keep the rows of each observation block once. */
  | 'observation'
  /** Add the counts of rows with equal ids. */
  | 'sum'
  /** Keep each distinct row once. */
  | 'distinct';

/** Condition for writing a table or a column: a trait of the data writer or a property of the events. */
export type WriteCondition =
  | 'writeR0Waveforms'
  | 'writeR1Waveforms'
  | 'writeDl1Images'
  | 'writeDl1Parameters'
  | 'writeMuonParameters'
  | 'writeDl2'
  /** The events are simulated. */
  | 'simulation'
  /** Written by ctapipe only. */
  | 'ctapipe';

/** Differences of a column before a version of the data model. */
export interface EarlierColumn {
  readonly before: DataModelVersion;
  readonly name?: string;
  readonly type?: ElementType;
  readonly meaning?: Meaning | undefined;
  readonly dims?: readonly string[];
}

/** Specification of a column of the data model. */
export interface ColumnSpec {
  /** May contain placeholders of the table's path, `{algorithm}`. */
  readonly name: string;
  readonly type: ElementType;
  readonly unit?: ColumnUnit | undefined;
  readonly description: string;
  /**
   * Names of the dimensions of a cell, `['n_pixels']`, or lengths, `['2']`; a trailing `?` marks optional ones. Absent
   * for scalars.
   */
  readonly dims?: readonly string[];
  readonly meaning?: Meaning | undefined;
  /** Whether values are finite in rows where `is_valid` is true. */
  readonly isRequired?: boolean;
  /** Whether the column may be missing. */
  readonly isOptional?: boolean;
  /** Conditions for writing the column; otherwise it may be missing. */
  readonly written?: readonly WriteCondition[];
  /** Whether floats may be stored as integers, see `FixedPointScale`. */
  readonly mayBeFixedPoint?: boolean;
  /** Further types in ctapipe's files. */
  readonly otherTypes?: readonly ElementType[];
  /** Name of a group of columns that excludes other groups: a table has the columns of one variant. */
  readonly variant?: string;
  /** Version that introduced the column. */
  readonly since?: DataModelVersion;
  /** Version that removed the column. */
  readonly until?: DataModelVersion;
  readonly earlier?: readonly EarlierColumn[];
}

/** Specification of a table of the data model. */
export interface TableSpec {
  /** Path in the file, with placeholders: `{telescope}` for `tel_001`, `{camera}` for a number, others for names. */
  readonly path: string;
  /** What a row represents: "one telescope event". */
  readonly row: string;
  /** Columns that identify a row. */
  readonly ids: readonly string[];
  readonly columns: readonly ColumnSpec[];
  /** Conditions for writing the table; empty if it is always written. */
  readonly written: readonly WriteCondition[];
  /** Further conditions, in words. */
  readonly remark?: string;
  readonly merge: MergeRule;
  /** Data model to which the table belongs; Cherenkit's own tables are below `/cherenkit`. */
  readonly origin: 'ctapipe' | 'cherenkit';
  /** Whether files contain descriptions of the columns, as ctapipe's do for tables of containers. */
  readonly hasDescriptions: boolean;
  /** Whether plugins may add columns. */
  readonly isExtensible?: boolean;
  readonly since?: DataModelVersion;
  readonly until?: DataModelVersion;
  /** Path before a version of the data model. */
  readonly earlierPath?: { readonly before: DataModelVersion; readonly path: string };
}

/** Whether a version of the data model has a table or a column. */
export function isIn({ since, until }: Pick<ColumnSpec, 'since' | 'until'>, version: DataModelVersion): boolean {
  return (!since || !isBefore(version, since)) && (!until || isBefore(version, until));
}

/** Path of a table in a version of the data model, with placeholders. */
export function pathIn({ path, earlierPath }: TableSpec, version: DataModelVersion): string {
  return earlierPath && isBefore(version, earlierPath.before) ? earlierPath.path : path;
}

/** Columns of a table in a version of the data model. */
export function columnsIn(spec: TableSpec, version: DataModelVersion): ColumnSpec[] {
  return spec.columns
    .filter((column) => isIn(column, version))
    .map((column) => {
      const earlier = column.earlier?.find(({ before }) => isBefore(version, before));
      return earlier ? { ...column, ...earlier } : column;
    });
}
