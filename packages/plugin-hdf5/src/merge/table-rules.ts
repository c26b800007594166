import { dataModel } from '@cherenkit/core';
import type { DataModelVersion, MergeRule, TableSpec } from '@cherenkit/tables';
import type { MergeOptions } from './merge-selection.js';

/** How the rows of a table of several files become one table. */
export interface TableRule {
  readonly rule: Exclude<MergeRule, 'observation'>;
  /** Columns that identify a row. */
  readonly ids: readonly string[];
  /** Whether a row belongs to an observation block, and must be the same in all files that have the block. */
  readonly isOfObservations: boolean;
}

/** Whether a table has monitoring data. */
export function isMonitoring(path: string): boolean {
  return /^\/dl[012]\/monitoring\//.test(path);
}

/** Rules of tables by the data model and the strategy. Source: ctapipe 0.32 `HDF5Merger`. */
export class TableRules {
  readonly #strategy: MergeOptions['strategy'];
  readonly #specs = new Map<string, TableSpec | undefined>();

  constructor(strategy: MergeOptions['strategy']) {
    this.#strategy = strategy;
  }

  /** Specification of the table at a path; undefined for tables that the data model does not have. */
  specOf(path: string, version: string): TableSpec | undefined {
    const key = `${version} ${path}`;
    if (!this.#specs.has(key)) this.#specs.set(key, dataModel.findTable(path, version as DataModelVersion)?.spec);
    return this.#specs.get(key);
  }

  /** @param columns - names of the columns of the table */
  ruleOf(path: string, version: string, columns: readonly string[]): TableRule {
    const spec = this.specOf(path, version);
    if (!spec) {
      const rule = columns.includes('obs_id') || columns.includes('time') ? 'append' : 'equal';
      return { rule, ids: [], isOfObservations: false };
    }
    const { merge, ids } = spec;
    if (merge === 'observation') return { rule: 'distinct', ids, isOfObservations: true };
    if (isMonitoring(path) && this.#strategy === 'monitoring-only') {
      return { rule: 'equal', ids, isOfObservations: false };
    }
    const isOncePerBlock = isMonitoring(path) || spec === dataModel.SHOWER_DISTRIBUTION;
    const hasParts = this.#strategy === 'events-single-ob' || this.#strategy === 'shards';
    const rule = isOncePerBlock && hasParts ? 'distinct' : merge;
    return { rule, ids, isOfObservations: false };
  }
}
