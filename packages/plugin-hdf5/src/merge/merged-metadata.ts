import { dataModel } from '@cherenkit/core';
import type { AttributeContent } from '../engine/index.js';
import type { AttributeValue } from '../format/index.js';
import { groupsAbove } from '../format/object-path.js';
import type { MergeInput } from './merge-input.js';
import { MERGED_SHARDS, RUN_RECORD } from '../tables/stored-record.js';
import { attributeText, attributeValue, NOT_DERIVED } from './stored-attributes.js';

/** Attributes of the root by the columns of the table of merged files. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  product_id: 'CTA PRODUCT ID',
  creation_time: 'CTA PRODUCT CREATION TIME',
  process_id: 'CTA PROCESS ID',
  activity_name: 'CTA ACTIVITY NAME',
  activity_id: 'CTA ACTIVITY ID',
  start_time: 'CTA ACTIVITY START TIME',
  stop_time: 'CTA ACTIVITY STOP TIME',
  software_name: 'CTA ACTIVITY SOFTWARE NAME',
  software_version: 'CTA ACTIVITY SOFTWARE VERSION',
};

/** Attributes of the root that only say of what the file itself consists. */
const OF_THE_FILE: ReadonlySet<string> = new Set([RUN_RECORD, MERGED_SHARDS]);

/** Attributes and provenance of a merged file. */
export class MergedMetadata {
  /** Attributes of the root and of groups: those of the first file that has them. */
  readonly groups = new Map<string, Map<string, AttributeValue>>();
  /** Data levels of all files. */
  readonly levels = new Set<string>();
  /** Reference metadata of files that are not results of a merge by this program. */
  readonly merged: Readonly<Record<string, string>>[] = [];
  /** Whether the input of one of the runs was truncated. */
  isTruncated = false;

  /**
   * Adds the attributes of the root and of the groups of a file that hold some of its tables.
   *
   * @param paths - the tables that are merged
   */
  async addGroups(
    file: MergeInput,
    paths: readonly string[],
    root: ReadonlyMap<string, AttributeContent>,
  ): Promise<void> {
    this.#addGroup('/', root);
    for (const group of new Set(paths.flatMap(groupsAbove))) {
      const isNew = !this.groups.has(group);
      if (isNew || group === '/cherenkit') this.#addGroup(group, await file.attributes(group, NOT_DERIVED));
    }
  }

  /** Adds the data levels of a file, and the files of which it consists. */
  async addProvenance(file: MergeInput, root: ReadonlyMap<string, AttributeContent>): Promise<void> {
    for (const level of attributeText(root, 'CTA PRODUCT DATA LEVELS').split(',')) this.levels.add(level.trim());
    const { path, columns } = dataModel.MERGED;
    const names = columns.map(({ name }) => name);
    if (!file.has(path)) {
      this.merged.push(Object.fromEntries(names.map((name) => [name, attributeText(root, ATTRIBUTES[name] ?? '')])));
      return;
    }
    const table = await file.table(path);
    const values = await table.read(names);
    for (let row = 0; row < table.nRows; row++) {
      this.merged.push(Object.fromEntries(names.map((name) => [name, String(values[name][row])])));
    }
  }

  #addGroup(group: string, attributes: ReadonlyMap<string, AttributeContent>): void {
    const known = this.groups.get(group) ?? new Map<string, AttributeValue>();
    this.groups.set(group, known);
    for (const [name, content] of [...attributes].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const value = attributeValue(content, name);
      if (OF_THE_FILE.has(name)) continue;
      if (value !== undefined && name !== 'TITLE' && !known.has(name)) known.set(name, value);
    }
    if (group === '/cherenkit' && attributes.get('truncated') === true) this.isTruncated = true;
  }
}
