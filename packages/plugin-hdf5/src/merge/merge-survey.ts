import { CherenkitError, dataModel, nameSome } from '@cherenkit/core';
import { isBefore, type DataModelVersion } from '@cherenkit/tables';
import type { AttributeContent, Hdf5Table } from '../engine/index.js';
import { familyOf, matchesPattern } from '../format/object-path.js';
import { fileDefect } from '../tables/file-defect.js';
import { VERSION_ATTRIBUTE } from '../tables/table-header.js';
import { isEventTable, requireIds, requireTriggerColumns, withoutTriggers } from '../tables/trigger-table.js';
import { EventFamilies } from './event-families.js';
import { EventIds, type IdColumns } from './event-ids.js';
import { KnownLayouts, MergeInput } from './merge-input.js';
import { flagWithout, includesTable, type MergeOptions } from './merge-selection.js';
import { MergedMetadata } from './merged-metadata.js';
import { MergedTables, type MergedTable, type SurveyedLayout } from './merged-tables.js';
import { RepeatedRows } from './repeated-rows.js';
import { attributeText, NOT_DERIVED } from './stored-attributes.js';
import { isMonitoring, TableRules, type TableRule } from './table-rules.js';
import { COMPATIBLE_VERSIONS } from '../source/event-files.js';
import { describesArray, differenceOfArray, readArray, type TelescopeArray } from './telescope-array.js';

/** A file that can be merged. */
export interface SurveyedFile {
  readonly path: string;
  readonly size: number;
  /** Events that are merged: none of a file whose monitoring data are attached. */
  readonly nEvents: number;
  readonly tables: ReadonlyMap<string, { readonly nRows: number; readonly layout: SurveyedLayout }>;
}

/** Reference metadata of the first file, which all others must equal. */
interface FirstFile {
  readonly name: string;
  readonly version: string;
  readonly category: string;
}

const { path: TRIGGER } = dataModel.SUBARRAY_TRIGGER;
const { path: TELESCOPE_TRIGGER } = dataModel.TELESCOPE_TRIGGER;
const { path: OBSERVATIONS } = dataModel.OBSERVATION_BLOCK;
const { path: SHOWER_DISTRIBUTION } = dataModel.SHOWER_DISTRIBUTION;
const CATEGORY = 'CTA PRODUCT DATA CATEGORY';
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
  /** Input files that do not exist, among those with problems. */
  readonly missing = new Set<string>();
  readonly metadata = new MergedMetadata();
  readonly #tables: MergedTables;
  readonly #known = new KnownLayouts();
  readonly #rules: TableRules;
  readonly #rows = new RepeatedRows();
  readonly #families = new EventFamilies();
  readonly #ids: EventIds;
  #array: TelescopeArray | undefined;
  #first: FirstFile | undefined;
  readonly #usedPatterns = new Set<string>();

  /** @param replaced - paths of tables that are left out, since others are written in their place; `*` stands for any text */
  constructor(
    readonly options: MergeOptions,
    private readonly replaced: readonly string[] = [],
  ) {
    this.#tables = new MergedTables(options);
    this.#rules = new TableRules(options.strategy);
    this.#ids = new EventIds(options.strategy);
  }

  /** Tables of the merged file by path. */
  get tables(): ReadonlyMap<string, MergedTable> {
    return this.#tables.byPath;
  }

  /** Patterns of tables to leave out that match no table of any file. */
  get unusedPatterns(): readonly string[] {
    return this.options.exclude.filter((pattern) => !this.#usedPatterns.has(pattern));
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
      const defect = fileDefect(path, error);
      if (!CherenkitError.is(defect)) throw defect;
      if (defect.code === 'INPUT_MISSING') this.missing.add(path);
      this.problems.push(defect.message.includes(path) ? defect.message : `${path}: ${defect.message}`);
    }
    const isMergeable = this.problems.length === nProblems;
    if (!isMergeable) this.#forget(path);
    return isMergeable;
  }

  /** Removes the problems that were found in a file since `nProblems`, which is left out. @returns the problems */
  skip(path: string, nProblems: number): string[] {
    this.#families.forget(path);
    this.missing.delete(path);
    return this.problems.splice(nProblems);
  }

  /** Removes what was taken from a file that cannot be merged, in case that it is skipped. */
  #forget(path: string): void {
    this.#tables.forget(path);
    this.#rows.forget(path);
    if (this.#first?.name === path) this.#first = this.#array = undefined;
  }

  /** Checks that each file with events has the tables that others have, after all files were added. */
  complete(): void {
    const { strategy } = this.options;
    if (strategy === 'monitoring-only') return;
    // Shards of one configuration lack tables only if they have no rows, and some inputs store distributions at their end.
    for (const { path, family, from } of strategy === 'shards' ? [] : this.#families.missing()) {
      const remedy = `Leave the table out with ${flagWithout(family)}, or process the file again.`;
      this.problems.push(`${path} has no ${family}, in contrast to ${from}. ${remedy}`);
    }
    const kept = [...this.tables.keys()].filter(isEventTable);
    if (!includesTable(this.options, TRIGGER) && kept.length > 0) {
      const families = [...new Set(kept.map(familyOf))];
      const message = `--exclude leaves out ${TRIGGER}, which lists the events of ${nameSome(families)}. Include it, or leave these tables out too.`;
      this.problems.push(message);
    }
    const whole = strategy === 'shards' ? [] : this.files;
    const without = whole.filter(({ tables, nEvents }) => nEvents > 0 && !tables.has(SHOWER_DISTRIBUTION));
    if (this.tables.has(SHOWER_DISTRIBUTION) && without.length > 0) {
      this.warnings.push(
        `${without.length} of ${this.files.length} files have no ${SHOWER_DISTRIBUTION}, the first is ${without[0].path}: the merged table does not contain their showers.`,
      );
    }
  }

  async #examine(path: string, file: MergeInput): Promise<void> {
    const nProblems = this.problems.length;
    const isBase = this.#first === undefined;
    const isWhole = isBase || this.options.strategy !== 'monitoring-only';
    for (const pattern of this.options.exclude) {
      if (!this.#usedPatterns.has(pattern) && file.paths.some((each) => matchesPattern(each, pattern))) {
        this.#usedPatterns.add(pattern);
      }
    }
    const root = await file.attributes('/', isBase ? NOT_DERIVED : NEEDED_OF_ROOT);
    const [version, category] = [attributeText(root, VERSION_ATTRIBUTE), attributeText(root, CATEGORY)];
    if (version === '' || category === '') {
      const missing = version === '' ? VERSION_ATTRIBUTE : CATEGORY;
      this.problems.push(
        `${path} has no metadata of ctapipe (attribute ${missing}); expected a file of ctapipe or Cherenkit.`,
      );
      return;
    }
    if (!COMPATIBLE_VERSIONS.some((each) => each === version)) {
      this.problems.push(
        `${path} has data model ${version}; expected ${COMPATIBLE_VERSIONS[0]} to ${COMPATIBLE_VERSIONS.at(-1)}. Process the original data again with a version of cherenkit or ctapipe that writes one of these.`,
      );
      return;
    }
    this.#first ??= { name: path, version, category };
    this.#checkMetadata({ name: path, version, category }, this.#first);
    await this.#checkArray(path, file, this.#first);
    const isComparable = this.problems.length === nProblems;
    const wanted = file.paths.filter((each) => this.#wants(each, { isBase, isWhole }));
    const tables = await this.#openTables(path, file, isComparable ? wanted : []);
    const surveyed: SurveyedFile = {
      path,
      size: file.size,
      nEvents: isWhole ? await rowsAt(file, TRIGGER) : 0,
      tables: new Map(
        [...tables].map(([at, table]) => [at, { nRows: table.nRows, layout: this.#tables.layoutOf(table) }]),
      ),
    };
    await this.#checkTriggers(path, file, tables);
    await this.#addTables(path, tables, root);
    await this.#checkIds(path, file, category, nProblems);
    const { nEvents } = surveyed;
    const eventTables = [...tables.keys()].filter((at) => this.#isEventTable(at));
    if (isComparable) {
      const nTelescopeEvents = await rowsAt(file, TELESCOPE_TRIGGER);
      this.#families.add({ path, nEvents, nTelescopeEvents, eventTables });
    }
    if (this.problems.length > nProblems) return;
    await this.metadata.addGroups(file, [...tables.keys()], root);
    if (isWhole) await this.metadata.addProvenance(file, root);
    this.files.push(surveyed);
    for (const [at, link] of isWhole ? await file.brokenLinks() : []) {
      if (includesTable(this.options, at)) this.warnings.push(`${path}: ${at} is ${link}; it is not merged.`);
    }
  }

  /** Checks that rows of events come with the table that lists the events. */
  async #checkTriggers(path: string, input: MergeInput, tables: ReadonlyMap<string, Hdf5Table>): Promise<void> {
    if (this.options.strategy === 'monitoring-only' || input.has(TRIGGER)) return;
    const filled = [...tables].filter(([at, { nRows }]) => isEventTable(at) && nRows > 0).map(([at]) => at);
    if (filled.length === 0) return;
    this.problems.push(withoutTriggers(path, filled, (await input.brokenLinks()).get(TRIGGER)));
  }

  #wants(path: string, { isBase, isWhole }: { readonly isBase: boolean; readonly isWhole: boolean }): boolean {
    if (isBase && this.options.append) return path !== dataModel.MERGED.path;
    if (path === dataModel.MERGED.path) return false;
    if (describesArray(path)) return isBase;
    if (this.replaced.some((pattern) => matchesPattern(path, pattern))) return false;
    if (isWhole) return includesTable(this.options, path);
    return isMonitoring(path) && includesTable(this.options, path);
  }

  #checkMetadata({ name, version, category }: FirstFile, first: FirstFile): void {
    if (this.options.strategy === 'monitoring-only') {
      if (!/^v\d+\.\d+\.\d+$/.test(version) || isBefore(version as DataModelVersion, FIRST_WITH_MONITORING)) {
        this.problems.push(
          `${name} has data model ${version}; expected ${FIRST_WITH_MONITORING} or later to attach monitoring data. Process it again.`,
        );
      }
    } else if (version !== first.version) {
      this.problems.push(
        `${name} has data model ${version}, but ${first.name} has ${first.version}. Merge files of each version separately.`,
      );
    }
    if (category === first.category) return;
    const remedy =
      this.options.strategy === 'monitoring-only'
        ? 'Attach monitoring data of the same category, or give them to cherenkit process (--monitoring-source).'
        : 'Merge them separately.';
    this.problems.push(`${name} has data of category ${category}, but ${first.name} of ${first.category}. ${remedy}`);
  }

  async #checkArray(path: string, file: MergeInput, first: FirstFile): Promise<void> {
    if (!this.#array) {
      this.#array = await readArray(file);
      if (!this.#array) this.problems.push(`${path} has no telescope array; expected a file of ctapipe or Cherenkit.`);
      return;
    }
    if (this.options.strategy === 'monitoring-only') {
      const found = await readArray(file);
      const [own, expected] = [found?.telIds ?? [], this.#array.telIds].map((ids) => [...ids].sort((a, b) => a - b));
      if (own.join() === expected.join()) return;
      const [some, all] = [own, expected].map((ids) => ids.join(', ') || 'none');
      this.problems.push(
        `${path} has telescopes ${some}, but ${first.name} has ${all}. Attach monitoring data of the same array.`,
      );
      return;
    }
    const difference = await differenceOfArray(file, this.#array);
    if (difference === undefined) return;
    this.problems.push(
      `${path} has another telescope array than ${first.name}: ${difference}. Merge files of each array separately.`,
    );
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

  async #addTables(
    name: string,
    tables: ReadonlyMap<string, Hdf5Table>,
    root: ReadonlyMap<string, AttributeContent>,
  ): Promise<void> {
    const [program, version] = ['NAME', 'VERSION'].map((part) => attributeText(root, `CTA ACTIVITY SOFTWARE ${part}`));
    const reported = new Set<string>();
    for (const [path, table] of tables) {
      const columns = table.columns.map((column) => column.name);
      const rule = this.#rules.ruleOf(path, this.#first?.version ?? '', columns);
      await this.#checkRows(name, table, rule);
      const found = await this.#tables.add({ name, software: `${program} ${version}` }, table, rule);
      // Tables of several telescopes differ in the same way: one is named.
      if (!reported.has(familyOf(path))) this.problems.push(...found);
      if (found.length > 0) reported.add(familyOf(path));
    }
  }

  /** Checks that the rows of an observation block, and tables without observation blocks, are the same in all files. */
  async #checkRows(name: string, table: Hdf5Table, { rule, ids, isOfObservations }: TableRule): Promise<void> {
    const { path } = table;
    const { strategy } = this.options;
    // Of the outputs of shards, the row of the first one is that of a run over all events.
    if (strategy === 'shards' && isOfObservations) return;
    const mayRepeat = strategy !== 'events-multiple-obs' || !ids.includes('obs_id');
    if (describesArray(path) || !(rule === 'equal' || (isOfObservations && mayRepeat))) return;
    const difference = await this.#rows.add(name, table, isOfObservations ? ids : undefined);
    if (!difference) return;
    this.problems.push(
      `${name}: ${path} differs from that of ${difference.from} in row ${difference.row}. Leave the table out with ${flagWithout(familyOf(path))}.`,
    );
  }

  async #checkIds(path: string, file: MergeInput, category: string, nProblems: number): Promise<void> {
    const columns = async (at: string, ...names: readonly string[]): Promise<number[][]> => {
      if (!file.has(at)) return names.map(() => []);
      const values = await (await file.table(at)).read(names);
      for (const name of names) requireIds(`${path}: ${at}`, name, values[name]);
      return names.map((name) => Array.from(values[name] as ArrayLike<number | bigint>, Number));
    };
    if (!file.has(OBSERVATIONS) && !file.has(TRIGGER)) {
      if (this.options.strategy === 'monitoring-only' && this.#first?.name !== path) {
        this.warnings.push(
          `${path} has no observation blocks: its monitoring data are attached, whether or not they are of the same observations.`,
        );
        return;
      }
      this.problems.push(`${path} has neither ${OBSERVATIONS} nor ${TRIGGER}, so its observation blocks are unknown.`);
      return;
    }
    if (file.has(TRIGGER)) requireTriggerColumns(`${path}: ${TRIGGER}`, (await file.table(TRIGGER)).columns);
    const [observed] = await columns(OBSERVATIONS, 'obs_id');
    const [obsIds, eventIds] = await columns(TRIGGER, 'obs_id', 'event_id');
    const isRefused = this.problems.length > nProblems;
    const added = isRefused ? this.#ids.copy() : this.#ids;
    const all = [...observed, ...obsIds];
    const eventsOf = (other: string): Promise<IdColumns> => this.#readEventIds(other);
    this.problems.push(...(await added.add(path, all, { obsIds, eventIds }, category === 'Sim', eventsOf)));
  }

  async #readEventIds(path: string): Promise<IdColumns> {
    await using file = await MergeInput.open(path, this.#known);
    if (!file.has(TRIGGER)) return { obsIds: [], eventIds: [] };
    const { obs_id, event_id } = await (await file.table(TRIGGER)).read(['obs_id', 'event_id']);
    const [obsIds, eventIds] = [obs_id, event_id].map((ids) => Array.from(ids as ArrayLike<number | bigint>, Number));
    return { obsIds, eventIds };
  }

  #isEventTable(path: string): boolean {
    const spec = this.#rules.specOf(path, this.#first?.version ?? '');
    return spec?.origin === 'ctapipe' && spec.ids.includes('event_id');
  }
}

async function rowsAt(file: MergeInput, path: string): Promise<number> {
  return file.has(path) ? (await file.table(path)).nRows : 0;
}
