import type { Meaning } from './column.js';
import type { ColumnUnit } from './column-unit.js';
import { isBefore, type DataModelVersion } from './data-model-version.js';
import type { ElementType } from './element-type.js';

/** What a merge of files does with the rows of a table. */
export type MergeRule =
  /** Puts the rows of all files one after the other. */
  | 'append'
  /** Demands the same rows of all files, and keeps them once. */
  | 'equal'
  /** Keeps the rows of each observation block once. */
  | 'observation'
  /** Adds up the counts of rows with equal ids. */
  | 'sum'
  /** Keeps each different row once. */
  | 'distinct';

/** What decides whether a table or a column is written: traits of a data writer, or what is known of the events. */
export type WriteCondition =
  | 'writeR0Waveforms'
  | 'writeR1Waveforms'
  | 'writeDl1Images'
  | 'writeDl1Parameters'
  | 'writeMuonParameters'
  | 'writeDl2'
  /** The events are simulated. */
  | 'simulation'
  /** Only ctapipe writes it, so far. */
  | 'ctapipe';

/** How a column was before a version of the data model. */
export interface EarlierColumn {
  readonly before: DataModelVersion;
  readonly name?: string;
  readonly type?: ElementType;
  readonly meaning?: Meaning | undefined;
  readonly dims?: readonly string[];
}

/** A column of a table of the data model. */
export interface ColumnSpec {
  /** `{algorithm}` in it is what stands for it in the path of the table. */
  readonly name: string;
  readonly type: ElementType;
  readonly unit?: ColumnUnit | undefined;
  readonly description: string;
  /** Names of the dimensions of a cell, `['n_pixels']`, or their lengths; those that end with `?` may be missing. Scalar without. */
  readonly dims?: readonly string[];
  readonly meaning?: Meaning | undefined;
  /** Whether its values are finite wherever `is_valid` beside it is true. */
  readonly isRequired?: boolean;
  /** Whether tables may be without it. */
  readonly isOptional?: boolean;
  /** What has to hold for it to be written; such a column may be missing. */
  readonly written?: readonly WriteCondition[];
  /** Whether a writer may store its floats as integers. */
  readonly mayBeFixedPoint?: boolean;
  /** Types that other writers, or other inputs, give it. */
  readonly otherTypes?: readonly ElementType[];
  /** Of columns that exclude each other the kind: a table has those of one kind. */
  readonly variant?: string;
  /** The version that brought it. */
  readonly since?: DataModelVersion;
  /** The version that removed it. */
  readonly until?: DataModelVersion;
  readonly earlier?: readonly EarlierColumn[];
}

/** A table of the data model: where it is, what a row is, its columns, when it is written, how it is merged. */
export interface TableSpec {
  /** `{telescope}` in it stands for `tel_001`, `{camera}` for a number, `{algorithm}` and `{query}` for names. */
  readonly path: string;
  /** Such as "one telescope event". */
  readonly row: string;
  /** The columns that tell rows apart. */
  readonly ids: readonly string[];
  readonly columns: readonly ColumnSpec[];
  /** What all has to hold for it to be written; nothing for tables that every file has. */
  readonly written: readonly WriteCondition[];
  /** When exactly it is there, where the conditions do not tell it all. */
  readonly remark?: string;
  readonly merge: MergeRule;
  /** Whether it belongs to ctapipe's data model; ours lie below `/cherenkit`. */
  readonly origin: 'ctapipe' | 'cherenkit';
  /** Whether files describe its columns, as ctapipe does for containers. */
  readonly hasDescriptions: boolean;
  /** Whether plugins may add columns. */
  readonly isExtensible?: boolean;
  readonly since?: DataModelVersion;
  readonly until?: DataModelVersion;
  /** Where it was before a version of the data model. */
  readonly earlierPath?: { readonly before: DataModelVersion; readonly path: string };
}

/** The columns that a table has in a version of the data model. */
export function columnsIn(spec: TableSpec, version: DataModelVersion): ColumnSpec[] {
  return spec.columns
    .filter(({ since, until }) => (!since || !isBefore(version, since)) && (!until || isBefore(version, until)))
    .map((column) => {
      const earlier = column.earlier?.find(({ before }) => isBefore(version, before));
      return earlier ? { ...column, ...earlier } : column;
    });
}
