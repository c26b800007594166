import type { Meaning } from './column.js';
import type { ColumnUnit } from './column-unit.js';
import { isBefore, type DataModelVersion } from './data-model-version.js';
import type { ElementType } from './element-type.js';

/** How the rows of a table are merged from several files. */
export type MergeRule =
  /** Concatenate the rows. */
  | 'append'
  /** All files need the same rows; keep them once. */
  | 'equal'
  /** Keep the rows of each observation block once. */
  | 'observation'
  /** Add the counts of rows with equal ids. */
  | 'sum'
  /** Keep each different row once. */
  | 'distinct';

/** A condition for writing a table or a column: a trait of the data writer or a property of the events. */
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

/** A column of a table of the data model. */
export interface ColumnSpec {
  /** May contain placeholders of the table's path, `{algorithm}`. */
  readonly name: string;
  readonly type: ElementType;
  readonly unit?: ColumnUnit | undefined;
  readonly description: string;
  /** Names of the dimensions of a cell, `['n_pixels']`, or lengths, `['2']`; a `?` at the end marks optional ones. Absent for scalars. */
  readonly dims?: readonly string[];
  readonly meaning?: Meaning | undefined;
  /** Whether values are finite in rows with `is_valid` true. */
  readonly isRequired?: boolean;
  /** Whether the column may be missing. */
  readonly isOptional?: boolean;
  /** Conditions for writing the column, which may be missing otherwise. */
  readonly written?: readonly WriteCondition[];
  /** Whether floats may be stored as integers. */
  readonly mayBeFixedPoint?: boolean;
  /** Further types in files of ctapipe. */
  readonly otherTypes?: readonly ElementType[];
  /** Name of a group of columns that excludes others: a table has the columns of one variant. */
  readonly variant?: string;
  /** The version that introduced it. */
  readonly since?: DataModelVersion;
  /** The version that removed it. */
  readonly until?: DataModelVersion;
  readonly earlier?: readonly EarlierColumn[];
}

/** The specification of a table of the data model. */
export interface TableSpec {
  /** Path in the file, with placeholders: `{telescope}` for `tel_001`, `{camera}` for a number, others for names. */
  readonly path: string;
  /** What a row is: "one telescope event". */
  readonly row: string;
  /** The columns that identify a row. */
  readonly ids: readonly string[];
  readonly columns: readonly ColumnSpec[];
  /** Conditions for writing the table; empty if it is always written. */
  readonly written: readonly WriteCondition[];
  /** Further conditions, in words. */
  readonly remark?: string;
  readonly merge: MergeRule;
  /** The data model that the table belongs to; Cherenkit's own tables are below `/cherenkit`. */
  readonly origin: 'ctapipe' | 'cherenkit';
  /** Whether files have descriptions of the columns, as ctapipe's have for tables of containers. */
  readonly hasDescriptions: boolean;
  /** Whether plugins may add columns. */
  readonly isExtensible?: boolean;
  readonly since?: DataModelVersion;
  readonly until?: DataModelVersion;
  /** Its path before a version of the data model. */
  readonly earlierPath?: { readonly before: DataModelVersion; readonly path: string };
}

/** The columns of a table in a version of the data model. */
export function columnsIn(spec: TableSpec, version: DataModelVersion): ColumnSpec[] {
  return spec.columns
    .filter(({ since, until }) => (!since || !isBefore(version, since)) && (!until || isBefore(version, until)))
    .map((column) => {
      const earlier = column.earlier?.find(({ before }) => isBefore(version, before));
      return earlier ? { ...column, ...earlier } : column;
    });
}
