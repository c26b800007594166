import { CherenkitError, dataModel } from '@cherenkit/core';
import { isBefore, type DataModelVersion, type MergeRule, type TableSpec } from '@cherenkit/tables';
import type { AttributeContent, DatasetFilter, Hdf5Table } from '../engine/index.js';
import type { AttributeValue, StoredColumn } from '../format/index.js';
import { EventIds } from './event-ids.js';
import { KnownLayouts, MergeInput } from './merge-input.js';
import { includesColumn, includesTable, flagWithout, type MergeSelection } from './merge-selection.js';
import { joinColumns, type RowLayout } from './merged-columns.js';
import {
  attributeValue,
  isPickled,
  NOT_DERIVED,
  storedAttributes,
  type StoredAttributes,
} from './stored-attributes.js';
import { areEqual, describesArray, differenceOfArray, readArray, type TelescopeArray } from './telescope-array.js';

/** Strategies of ctapipe's merger. */
export const MERGE_STRATEGIES = ['events-multiple-obs', 'events-single-ob', 'monitoring-only'] as const;
export type MergeStrategy = (typeof MERGE_STRATEGIES)[number];

/** What to merge, and how. */
export interface MergeOptions extends MergeSelection {
  readonly strategy: MergeStrategy;
  /** Whether the first file is the output of an earlier merge, to which the others are appended. */
  readonly append: boolean;
}

/** Layout of a table, shared by all files in which it is the same. */
export interface SurveyedLayout extends RowLayout {
  readonly chunkRows: number | undefined;
  readonly filters: readonly DatasetFilter[];
}

/** A file that can be merged. */
export interface SurveyedFile {
  readonly path: string;
  readonly size: number;
  readonly nEvents: number;
  readonly tables: ReadonlyMap<string, { readonly nRows: number; readonly layout: SurveyedLayout }>;
}

/** A table of the merged file. */
export interface MergedTable {
  readonly path: string;
  readonly rule: Exclude<MergeRule, 'observation'>;
  readonly ids: readonly string[];
  readonly attributes: StoredAttributes;
  /** Name of the file from which the attributes were taken. */
  readonly from: string;
  columns: readonly StoredColumn[];
}

const TRIGGER = '/dl1/event/subarray/trigger';
const TELESCOPE_TRIGGER = '/dl1/event/telescope/trigger';
const OBSERVATIONS = '/configuration/observation/observation_block';
const VERSION = 'CTA PRODUCT DATA MODEL VERSION';
const CATEGORY = 'CTA PRODUCT DATA CATEGORY';
/** Attributes that change the meaning of stored numbers. */
const MEANING =
  /^CTAFIELD_\d+_(?:UNIT|TRANSFORM_SCALE|TRANSFORM_OFFSET|TIME_SCALE|TIME_FORMAT|NAN_VALUE|POSINF_VALUE|NEGINF_VALUE)$/;
/** Attributes of the root that are needed of each file; of the first one, all are. */
const NEEDED_OF_ROOT =
  /^(?:CTA PRODUCT (?:DATA (?:CATEGORY|LEVELS|MODEL VERSION)|ID|CREATION TIME)|CTA PROCESS ID|CTA ACTIVITY .*|CONTEXT .*)$/;
/** First data model to which monitoring can be attached. */
const FIRST_WITH_MONITORING: DataModelVersion = 'v7.2.0';

/**
 * Examines files one after the other, without reading more than ids and the telescope array, and collects what prevents
 * their merge. The rules are those of ctapipe 0.32 `HDF5Merger`, and more: events must be unique and tables complete.
 */
export class MergeSurvey {
  readonly files: SurveyedFile[] = [];
  readonly problems: string[] = [];
  readonly warnings: string[] = [];
  readonly tables = new Map<string, MergedTable>();
  /** Attributes of the root and of groups: those of the first file that has them. */
  readonly groups = new Map<string, Map<string, AttributeValue>>();
  /** Data levels of all files. */
  readonly levels = new Set<string>();
  /** Reference metadata of files that are not results of a merge by this program. */
  readonly merged: Readonly<Record<string, string>>[] = [];
  /** Whether the input of one of the runs was truncated. */
  isTruncated = false;
  readonly #known = new KnownLayouts();
  readonly #layouts = new Map<string, SurveyedLayout[]>();
  readonly #compared = new Set<string>();
  readonly #ids: EventIds;
  readonly #families = new Map<string, string>();
  readonly #familiesOf = new Map<SurveyedFile, (family: string) => boolean>();
  /** Rows of tables that must be the same in all files, and of observation blocks, by path and ids. */
  readonly #rows = new Map<string, { readonly row: string; readonly from: string }>();
  readonly #tablesWithProblems = new Set<string>();
  readonly #specs = new Map<string, TableSpec | undefined>();
  /** Tables that must be the same in all files, as in the first one. */
  readonly #constant = new Map<string, Uint8Array>();
  #array: TelescopeArray | undefined;
  #first: { readonly name: string; readonly version: string; readonly category: string } | undefined;

  constructor(readonly options: MergeOptions) {
    this.#ids = new EventIds(options.strategy);
  }

  /** Observation blocks of all files, in their order. */
  get obsIds(): readonly number[] {
    return this.#ids.obsIds;
  }

  /**
   * Examines a file.
   *
   * @returns false if it cannot be merged; the reasons are added to `problems`
   */
  async add(path: string): Promise<boolean> {
    const nProblems = this.problems.length;
    try {
      await using file = await MergeInput.open(path, this.#known);
      await this.#examine(path, file);
    } catch (error) {
      if (!CherenkitError.is(error)) throw error;
      this.problems.push(error.message.includes(path) ? error.message : `${path}: ${error.message}`);
    }
    const isMergeable = this.problems.length === nProblems;
    if (!isMergeable) this.#forget(path);
    return isMergeable;
  }

  /** Removes what was taken from a file that cannot be merged, in case that it is skipped. */
  #forget(path: string): void {
    for (const [at, { from }] of this.tables) if (from === path) this.tables.delete(at);
    for (const [family, from] of this.#families) if (from === path) this.#families.delete(family);
    for (const [key, { from }] of this.#rows) if (from === path) this.#rows.delete(key);
    if (this.#first?.name === path) this.#first = this.#array = undefined;
  }

  /** Checks that each file with events has the tables that others have, after all files were added. */
  complete(): void {
    if (this.options.strategy === 'monitoring-only') return;
    for (const file of this.files) {
      for (const [family, from] of this.#families) {
        if (this.#familiesOf.get(file)?.(family) !== false) continue;
        const remedy = `Leave the table out with ${flagWithout(family)}, or process the file again.`;
        this.problems.push(`${file.path} has no ${family}, in contrast to ${from}. ${remedy}`);
      }
    }
    const distribution = '/simulation/service/shower_distribution';
    const without = this.files.filter(({ tables, nEvents }) => nEvents > 0 && !tables.has(distribution));
    if (this.tables.has(distribution) && without.length > 0) {
      this.warnings.push(
        `${without.length} of ${this.files.length} files have no ${distribution}, the first is ${without[0].path}: the merged table does not contain their showers.`,
      );
    }
  }

  async #examine(path: string, file: MergeInput): Promise<void> {
    const nProblems = this.problems.length;
    const { strategy, append } = this.options;
    const isBase = this.#first === undefined;
    const isWhole = strategy !== 'monitoring-only' || (isBase && append);
    const root = await file.attributes('/', isBase ? NOT_DERIVED : NEEDED_OF_ROOT);
    if (!this.#checkMetadata(path, root)) return;
    const { paths } = file;
    await this.#checkArray(path, file);
    const isComparable = this.problems.length === nProblems;
    const wanted = paths.filter((each) => this.#wants(each, { isBase, isWhole }));
    const tables = await this.#openTables(path, file, isComparable ? wanted : []);
    const surveyed: SurveyedFile = {
      path,
      size: file.size,
      nEvents: await rowsAt(file, TRIGGER),
      tables: new Map([...tables].map(([at, table]) => [at, { nRows: table.nRows, layout: this.#layoutOf(table) }])),
    };
    const software = `${text(root, 'CTA ACTIVITY SOFTWARE NAME')} ${text(root, 'CTA ACTIVITY SOFTWARE VERSION')}`;
    for (const [at, table] of tables) await this.#addTable(path, at, table, surveyed, software);
    await this.#checkIds(path, file, root, nProblems);
    if (this.problems.length > nProblems) return;
    this.#addFamilies(surveyed, await rowsAt(file, TELESCOPE_TRIGGER));
    await this.#addGroups(file, [...tables.keys()], root);
    if (isWhole) await this.#addProvenance(file, root);
    this.files.push(surveyed);
  }

  #wants(path: string, { isBase, isWhole }: { readonly isBase: boolean; readonly isWhole: boolean }): boolean {
    if (isBase && this.options.append) return path !== dataModel.MERGED.path;
    if (path === dataModel.MERGED.path) return false;
    if (describesArray(path)) return isBase;
    if (!isWhole) {
      const isMonitoring = /^\/dl[012]\/monitoring\//.test(path) && includesTable(this.options, path);
      return isMonitoring || (isBase && path.startsWith('/configuration/observation/'));
    }
    return includesTable(this.options, path);
  }

  /** @returns whether the file has reference metadata */
  #checkMetadata(path: string, root: ReadonlyMap<string, AttributeContent>): boolean {
    const [version, category] = [text(root, VERSION), text(root, CATEGORY)];
    if (version === '' || category === '') {
      this.problems.push(
        `${path} has no metadata of ctapipe (attribute ${version === '' ? VERSION : CATEGORY}); expected a file of ctapipe or Cherenkit.`,
      );
      return false;
    }
    const first = (this.#first ??= { name: path, version, category });
    if (this.options.strategy === 'monitoring-only') {
      if (!/^v\d+\.\d+\.\d+$/.test(version) || isBefore(version as DataModelVersion, FIRST_WITH_MONITORING)) {
        this.problems.push(
          `${path} has data model ${version}; expected ${FIRST_WITH_MONITORING} or later to attach monitoring data. Process it again.`,
        );
      }
    } else if (version !== first.version) {
      this.problems.push(
        `${path} has data model ${version}, but ${first.name} has ${first.version}. Merge files of each version separately.`,
      );
    }
    if (category !== first.category) {
      this.problems.push(
        `${path} has data of category ${category}, but ${first.name} of ${first.category}. Merge them separately.`,
      );
    }
    return true;
  }

  async #openTables(name: string, file: MergeInput, wanted: readonly string[]): Promise<Map<string, Hdf5Table>> {
    const tables = new Map<string, Hdf5Table>();
    for (const path of wanted) {
      try {
        tables.set(path, await file.table(path));
      } catch (error) {
        const isArray = CherenkitError.is(error) && error.code === 'HDF5_UNSUPPORTED';
        if (!isArray || dataModel.findTable(path)) throw error;
        this.warnings.push(`${name}: ${path} is not merged: ${error.message}`);
      }
    }
    return tables;
  }

  async #checkArray(path: string, file: MergeInput): Promise<void> {
    const { strategy } = this.options;
    if (!this.#array) {
      this.#array = await readArray(file);
      if (!this.#array) this.problems.push(`${path} has no telescope array; expected a file of ctapipe or Cherenkit.`);
      return;
    }
    if (strategy === 'monitoring-only') {
      const found = await readArray(file);
      const [own, expected] = [found?.telIds ?? [], this.#array.telIds].map((ids) => [...ids].sort((a, b) => a - b));
      if (own.join() !== expected.join()) {
        const [some, all] = [own, expected].map((ids) => ids.join(', ') || 'none');
        this.problems.push(
          `${path} has telescopes ${some}, but ${this.#first?.name} has ${all}. Attach monitoring data of the same array.`,
        );
      }
      return;
    }
    const difference = await differenceOfArray(file, this.#array);
    if (difference === undefined) return;
    this.problems.push(
      `${path} has another telescope array than ${this.#first?.name}: ${difference}. Merge files of each array separately.`,
    );
  }

  async #checkIds(
    path: string,
    file: MergeInput,
    root: ReadonlyMap<string, AttributeContent>,
    nProblems: number,
  ): Promise<void> {
    const columns = async (at: string, ...names: readonly string[]): Promise<number[][]> => {
      if (!file.has(at)) return names.map(() => []);
      const values = await (await file.table(at)).read(names);
      return names.map((name) => Array.from(values[name] as ArrayLike<number | bigint>, Number));
    };
    const [observed] = await columns(OBSERVATIONS, 'obs_id');
    const [obsIds, eventIds] = await columns(TRIGGER, 'obs_id', 'event_id');
    if (!file.has(OBSERVATIONS) && !file.has(TRIGGER)) {
      this.problems.push(`${path} has neither ${OBSERVATIONS} nor ${TRIGGER}, so its observation blocks are unknown.`);
      return;
    }
    const isSimulation = text(root, CATEGORY) === 'Sim';
    const isRefused = this.problems.length > nProblems;
    const added = isRefused ? this.#ids.copy() : this.#ids;
    this.problems.push(...added.add(path, [...observed, ...obsIds], { obsIds, eventIds }, isSimulation));
  }

  #layoutOf({ path, rowBytes, columns, chunkRows, filters }: Hdf5Table): SurveyedLayout {
    const known = this.#layouts.get(path) ?? [];
    this.#layouts.set(path, known);
    const same = known.find((layout) => isSameLayout(layout, { rowBytes, columns, chunkRows, filters }));
    if (same) return same;
    const layout = { rowBytes, columns, chunkRows, filters };
    known.push(layout);
    return layout;
  }

  async #addTable(name: string, path: string, table: Hdf5Table, file: SurveyedFile, software: string): Promise<void> {
    const columns = table.columns
      .filter((column) => includesColumn(this.options, path, column.name))
      .map(({ name: column, type, shape = [] }): StoredColumn => ({ name: column, type, shape }));
    const names = table.columns.map((column) => column.name);
    const merged = this.tables.get(path);
    await this.#checkRows(name, path, table);
    if (!merged) {
      const read = storedAttributes(await table.attributes(NOT_DERIVED), names);
      const attributes = columns.length < names.length ? withPrefixes(read, columns) : read;
      this.tables.set(path, { path, ...this.#ruleOf(path, names), attributes, from: name, columns });
      this.#markCompared(path, file, software);
      return;
    }
    const others = columns.filter(({ name: column, type }) =>
      merged.columns.some((each) => each.name === column && each.type !== type),
    );
    const values = others.length > 0 ? await table.read(others.map((column) => column.name)) : {};
    const joined = joinColumns(merged.columns, columns, values);
    if ('difference' in joined) {
      this.#addTableProblem(
        name,
        path,
        `${name}: ${path} has ${joined.difference}, in contrast to ${merged.from}. Process one of them again with the same options, or leave the table out with ${flagWithout(familyOf(path))}.`,
      );
      return;
    }
    merged.columns = joined.columns;
    const isScaled = [...merged.attributes.columns.values()].some((parts) => 'TRANSFORM_SCALE' in parts);
    if (!this.#markCompared(path, file, software) && !isScaled) return;
    const found = storedAttributes(await table.attributes(MEANING), names);
    for (const [column, parts] of found.columns) {
      const expected = merged.attributes.columns.get(column) ?? {};
      for (const [part, value] of Object.entries(parts)) {
        if (JSON.stringify(plain(value)) === JSON.stringify(plain(expected[part]))) continue;
        this.#addTableProblem(
          name,
          path,
          `${name}: column ${column} of ${path} has ${part} ${String(plain(value))}, in ${merged.from} it is ${String(plain(expected[part]) ?? 'missing')}. Process one of them again with the same options.`,
        );
      }
    }
  }

  /** Checks that the rows of an observation block, and tables without observation blocks, are the same in all files. */
  async #checkRows(name: string, path: string, table: Hdf5Table): Promise<void> {
    const names = table.columns.map((column) => column.name);
    const { rule, ids } = this.#ruleOf(path, names);
    const spec = this.#specOf(path);
    const isOfObservations = spec?.merge === 'observation';
    const mayRepeat = this.options.strategy !== 'events-multiple-obs' || !ids.includes('obs_id');
    if (describesArray(path) || !(rule === 'equal' || (isOfObservations && mayRepeat))) return;
    if (rule === 'equal') {
      const rows = await table.rows();
      if (areEqual(rows, this.#constant.get(path))) return;
      if (!this.#constant.has(path)) this.#constant.set(path, rows);
    }
    const values = await table.read(names);
    const textOf = (columns: readonly string[], row: number): string =>
      columns.map((column) => textOfCell(values[column], row, table.nRows)).join(' ');
    for (let row = 0; row < table.nRows; row++) {
      const key = `${path} ${isOfObservations ? textOf(ids, row) : row}`;
      const found = textOf(names, row);
      const known = this.#rows.get(key);
      if (!known) this.#rows.set(key, { row: found, from: name });
      else if (known.row !== found) {
        this.problems.push(
          `${name}: ${path} differs from that of ${known.from} in row ${row}. Leave the table out with ${flagWithout(familyOf(path))}.`,
        );
        return;
      }
    }
  }

  /** Adds a problem of a table, unless there is one of the same table of another telescope. */
  #addTableProblem(name: string, path: string, problem: string): void {
    const key = `${name} ${familyOf(path)}`;
    if (!this.#tablesWithProblems.has(key)) this.problems.push(problem);
    this.#tablesWithProblems.add(key);
  }

  /** Marks a layout written by a program as compared. @returns whether it was not yet */
  #markCompared(path: string, file: SurveyedFile, software: string): boolean {
    const layout = file.tables.get(path)?.layout;
    const number = layout ? (this.#layouts.get(path)?.indexOf(layout) ?? -1) : -1;
    const key = `${path} ${number} ${software}`;
    const isNew = !this.#compared.has(key);
    this.#compared.add(key);
    return isNew;
  }

  #specOf(path: string): TableSpec | undefined {
    if (!this.#specs.has(path)) {
      this.#specs.set(path, dataModel.findTable(path, this.#first?.version as DataModelVersion)?.spec);
    }
    return this.#specs.get(path);
  }

  #ruleOf(path: string, columns: readonly string[]): Pick<MergedTable, 'rule' | 'ids'> {
    const spec = this.#specOf(path);
    const { strategy } = this.options;
    if (!spec) return { rule: columns.includes('obs_id') || columns.includes('time') ? 'append' : 'equal', ids: [] };
    const { merge, ids } = spec;
    if (merge === 'observation') return { rule: 'distinct', ids };
    const isMonitoring = /^\/dl[012]\/monitoring\//.test(path);
    if (isMonitoring && strategy === 'monitoring-only') return { rule: 'equal', ids };
    const isOfObservation = isMonitoring || spec === dataModel.SHOWER_DISTRIBUTION;
    return { rule: isOfObservation && strategy === 'events-single-ob' ? 'distinct' : merge, ids };
  }

  /** Remembers the kinds of event tables of a file: all files with events need the same. */
  #addFamilies(file: SurveyedFile, nTelescopeEvents: number): void {
    if (file.nEvents === 0) return;
    const own = new Set<string>();
    for (const path of file.tables.keys()) {
      const spec = this.#specOf(path);
      if (spec?.origin !== 'ctapipe' || !spec.ids.includes('event_id')) continue;
      const family = familyOf(path);
      own.add(family);
      if (!this.#families.has(family)) this.#families.set(family, file.path);
    }
    this.#familiesOf.set(
      file,
      (family) => own.has(family) || (nTelescopeEvents === 0 && family.includes('/telescope/')),
    );
  }

  async #addGroups(
    file: MergeInput,
    paths: readonly string[],
    root: ReadonlyMap<string, AttributeContent>,
  ): Promise<void> {
    this.#addGroup('/', root);
    const groups = new Set(paths.flatMap(groupsAbove));
    for (const group of groups) {
      const isNew = !this.groups.has(group);
      if (isNew || group === '/cherenkit') this.#addGroup(group, await file.attributes(group, NOT_DERIVED));
    }
  }

  #addGroup(group: string, attributes: ReadonlyMap<string, AttributeContent>): void {
    const known = this.groups.get(group) ?? new Map<string, AttributeValue>();
    this.groups.set(group, known);
    for (const [name, content] of [...attributes].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const value = attributeValue(content, name);
      if (value !== undefined && name !== 'TITLE' && !known.has(name)) known.set(name, value);
    }
    if (group === '/cherenkit' && attributes.get('truncated') === true) this.isTruncated = true;
  }

  async #addProvenance(file: MergeInput, root: ReadonlyMap<string, AttributeContent>): Promise<void> {
    for (const level of text(root, 'CTA PRODUCT DATA LEVELS').split(',')) this.levels.add(level.trim());
    const { path, columns } = dataModel.MERGED;
    if (file.has(path)) {
      const table = await file.table(path);
      const names = columns.map(({ name }) => name);
      const values = await table.read(names);
      for (let row = 0; row < table.nRows; row++) {
        this.merged.push(Object.fromEntries(names.map((name) => [name, String(values[name][row])])));
      }
      return;
    }
    this.merged.push(Object.fromEntries(columns.map(({ name }) => [name, text(root, ATTRIBUTES[name] ?? '')])));
  }
}

/** Adds the empty prefix that ctapipe's merger gives the columns of a table from which it drops a column. */
function withPrefixes(attributes: StoredAttributes, columns: readonly StoredColumn[]): StoredAttributes {
  const parts = columns.map(({ name }) => [name, { PREFIX: '', ...attributes.columns.get(name) }] as const);
  return { ...attributes, columns: new Map(parts) };
}

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

function text(attributes: ReadonlyMap<string, AttributeContent>, name: string): string {
  const value = attributes.get(name);
  if (value === undefined || typeof value === 'object') return '';
  return typeof value === 'string' && isPickled(value) ? '' : String(value);
}

function plain(value: AttributeValue | undefined): string | number | boolean | undefined {
  if (typeof value !== 'object') return value;
  if ('ascii' in value) return value.ascii;
  if ('values' in value) return value.values.join(' ');
  return typeof value.value === 'boolean' ? value.value : Number(value.value);
}

/** Text of a cell, for comparisons. */
function textOfCell(values: ArrayLike<unknown>, row: number, nRows: number): string {
  const count = values.length / nRows;
  return Array.from({ length: count }, (_, i) => JSON.stringify(String(values[row * count + i]))).join(',');
}

async function rowsAt(file: MergeInput, path: string): Promise<number> {
  return file.has(path) ? (await file.table(path)).nRows : 0;
}

/** Path without the telescope. */
function familyOf(path: string): string {
  return path.replace(/\/tel_\d+$/, '');
}

function groupsAbove(path: string): string[] {
  const names = path.split('/').slice(1, -1);
  return names.map((_, i) => `/${names.slice(0, i + 1).join('/')}`);
}

function isSameLayout(a: SurveyedLayout, b: SurveyedLayout): boolean {
  return a.rowBytes === b.rowBytes && a.chunkRows === b.chunkRows && (a.columns === b.columns || haveSameColumns(a, b));
}

function haveSameColumns(a: SurveyedLayout, b: SurveyedLayout): boolean {
  return (
    a.columns.length === b.columns.length &&
    a.columns.every((column, i) => {
      const other = b.columns[i];
      return (
        column.name === other.name &&
        column.type === other.type &&
        column.offset === other.offset &&
        column.isBigEndian === other.isBigEndian &&
        (column.shape ?? []).join() === (other.shape ?? []).join()
      );
    })
  );
}
