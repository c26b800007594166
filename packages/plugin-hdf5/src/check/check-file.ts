import { CherenkitError, counted, dataModel, ExitCode } from '@cherenkit/core';
import { checkTable, type ColumnSpec, type DataModelVersion, type FoundSpec, type Table } from '@cherenkit/tables';
import { Hdf5File } from '../engine/index.js';
import { COMPATIBLE_VERSIONS } from '../source/event-files.js';
import { LAYOUT, OPTICS } from '../tables/instrument-paths.js';
import { readTable, readTableChunks, readTableHeader } from '../tables/read-table.js';
import { dataModelVersion } from '../tables/table-header.js';
import { problemsOfLevels, problemsOfOptics, requiredTables, TriggeredTelescopes } from './file-consistency.js';

/** Result of the check of a file. */
export interface FileCheck {
  readonly path: string;
  readonly nTables: number;
  readonly nEvents: number;
  /** What is wrong, in words. */
  readonly problems: readonly string[];
  /** Datasets that were not read, and why: those of other programs, with types or layouts that are not supported. */
  readonly unchecked: readonly string[];
  /** 0 without problems, that of the error if the file cannot be opened, else that of damaged input. */
  readonly exitCode: number;
}

const { path: TRIGGER } = dataModel.SUBARRAY_TRIGGER;
const { path: TELESCOPE_TRIGGER } = dataModel.TELESCOPE_TRIGGER;
const { path: SHOWER } = dataModel.SHOWER;
/** True values that each simulated shower has. */
const OF_EACH_SHOWER = /^true_(?:energy|alt|az|core_x|core_y|h_first_int)$/;
const OF_SOME_RECONSTRUCTORS = /_core_[xy]$/;
/** Rows that are read at once. */
const CHUNK_ROWS = 2000;
/** Most problems of a kind that are listed with their rows. */
const MOST_ROWS = 3;

/**
 * Checks a file of ctapipe or Cherenkit: structure and checksums by reading everything, columns, types and units by the data
 * model, unique ids, rows that belong together, triggers, numbers of cameras and optics, data levels, and finite values where results are
 * valid.
 */
export async function checkFile(path: string): Promise<FileCheck> {
  const check = new Check(path);
  let exitCode: number = ExitCode.BAD_INPUT;
  try {
    await using file = await Hdf5File.open(path);
    await check.run(file);
  } catch (error) {
    if (!CherenkitError.is(error)) throw error;
    check.problems.push(error.message);
    exitCode = error.exitCode;
  }
  const { problems, unchecked, rows } = check;
  const nEvents = rows.get(TRIGGER) ?? 0;
  return { path, problems, unchecked, nTables: rows.size, nEvents, exitCode: problems.length === 0 ? 0 : exitCode };
}

class Check {
  readonly problems: string[] = [];
  readonly unchecked: string[] = [];
  /** Number of rows of each table. */
  readonly rows = new Map<string, number>();
  /** Ids of events, and of telescope events by telescope. */
  #events: ReadonlySet<string> | undefined;
  readonly #eventsOf = new Map<number, Set<string>>();
  #triggers = new TriggeredTelescopes(undefined);
  #version: DataModelVersion = dataModel.DATA_MODEL_VERSION;

  constructor(readonly path: string) {}

  async run(file: Hdf5File): Promise<void> {
    const { levels, activity } = await this.#checkMetadata(file);
    this.#version = await dataModelVersion(file);
    const paths = await file.paths();
    const layout = await readTable(file, LAYOUT).catch(() => undefined);
    this.#triggers = new TriggeredTelescopes(layout);
    for (const table of requiredTables(paths, layout, activity)) {
      if (!paths.includes(table)) this.problems.push(`${table} is missing`);
    }
    // The tables that list the events first.
    const first = [TRIGGER, TELESCOPE_TRIGGER].filter((each) => paths.includes(each));
    for (const path of [...first, ...paths.filter((each) => !first.includes(each))]) {
      try {
        await this.#checkTable(file, path);
      } catch (error) {
        if (!CherenkitError.is(error)) throw error;
        this.problems.push(error.message.includes(path) ? error.message : `${path}: ${error.message}`);
      }
    }
    this.problems.push(
      ...problemsOfOptics(layout, this.rows.get(OPTICS)),
      ...problemsOfLevels(levels, activity, this.rows),
    );
  }

  /** @returns the data levels, and the name of the activity that made the file */
  async #checkMetadata(file: Hdf5File): Promise<{ readonly levels: string; readonly activity: string }> {
    const root = await file.attributes('/', /^CTA /);
    for (const name of ['PRODUCT DATA MODEL VERSION', 'PRODUCT DATA CATEGORY', 'PRODUCT DATA LEVELS', 'PROCESS TYPE']) {
      if (!root.has(`CTA ${name}`)) this.problems.push(`/: attribute CTA ${name} is missing`);
    }
    const version = root.get('CTA PRODUCT DATA MODEL VERSION');
    if (version !== undefined && !COMPATIBLE_VERSIONS.some((each) => each === version)) {
      const known = COMPATIBLE_VERSIONS.join(', ');
      this.problems.push(`/: attribute CTA PRODUCT DATA MODEL VERSION is ${String(version)}, expected one of ${known}`);
    }
    const text = (name: string): string => String(root.get(`CTA ${name}`) ?? '');
    return { levels: text('PRODUCT DATA LEVELS'), activity: text('ACTIVITY NAME') };
  }

  async #checkTable(file: Hdf5File, path: string): Promise<void> {
    const found = dataModel.findTable(path, this.#version);
    if (!found) {
      await this.#readUnknown(file, path);
      return;
    }
    const header = await readTableHeader(file, path);
    this.rows.set(path, header.nRows);
    const stored = (await (await file.table(path)).attributes(/^NROWS$/)).get('NROWS');
    if (stored !== undefined && Number(stored) !== header.nRows) {
      this.problems.push(
        `${path}: attribute NROWS is ${String(stored)}, but there ${header.nRows === 1 ? 'is' : 'are'} ${counted(header.nRows, 'row')}`,
      );
    }
    const dimensions = path === LAYOUT ? {} : this.#dimensions();
    const options = { version: this.#version, placeholders: found.placeholders, dimensions };
    for (const { kind, column, expected, found: got } of checkTable(found.spec, header.columns, options)) {
      if (kind === 'missing') this.problems.push(`${path}: column ${column} (${expected}) is missing`);
      else if (kind === 'unknown') this.problems.push(`${path}: column ${column} (${got}) is not in the data model`);
      else this.problems.push(`${path}: ${kind} of column ${column} is ${got}, expected ${expected}`);
    }
    const ids = new RowIds(
      found,
      header.columns.map(({ name }) => name),
    );
    const required = requiredColumns(path, found, this.#version);
    let row = 0;
    for await (const chunk of readTableChunks(file, path, { chunkRows: CHUNK_ROWS })) {
      ids.add(chunk);
      this.#checkFinite(path, chunk, required, row);
      if (path.includes('/event/')) this.#checkInfinite(path, chunk, row);
      this.#checkTelescope(path, found, chunk);
      if (path === TRIGGER) this.#triggers.addArrayTriggers(chunk);
      if (path === TELESCOPE_TRIGGER) {
        this.#addTelescopeEvents(chunk);
        this.#triggers.addTelescopeTriggers(chunk);
      }
      row += chunk.nRows;
    }
    if (path === TRIGGER) this.#events = ids.eventKeys;
    if (path === TELESCOPE_TRIGGER) this.#checkTriggers();
    if (ids.repeated.length > 0) {
      this.problems.push(
        `${path}: ${ids.names.join(', ')} ${some(ids.repeated)} ${ids.repeated.length === 1 ? 'occurs' : 'occur'} more than once`,
      );
    }
    this.#checkEvents(path, found, ids);
  }

  /** The array trigger of an event lists the telescopes with a trigger. */
  #checkTriggers(): void {
    this.#triggers.finish();
    const different = [...this.#triggers.different];
    if (different.length === 0) return;
    this.problems.push(
      `${TRIGGER}: tels_with_trigger of ${ofEvents(different)} (obs_id, event_id) differs from ${TELESCOPE_TRIGGER}`,
    );
  }

  /** The table of a telescope has only rows of this telescope. */
  #checkTelescope(path: string, { placeholders }: FoundSpec, chunk: Table): void {
    const telId = placeholders['telescope'];
    if (telId === undefined || !chunk.has('tel_id')) return;
    const other = Array.from(chunk.column('tel_id').values, Number).find((value) => value !== Number(telId));
    if (other !== undefined) this.problems.push(`${path}: tel_id is ${other}, expected ${Number(telId)}`);
  }

  #dimensions(): Record<string, number> {
    const nTelescopes = this.rows.get(LAYOUT);
    return nTelescopes === undefined ? {} : { n_telescopes: nTelescopes };
  }

  async #readUnknown(file: Hdf5File, path: string): Promise<void> {
    const table = await file.table(path).catch((error: unknown) => {
      if (!CherenkitError.is(error) || error.code !== 'HDF5_UNSUPPORTED') throw error;
      this.unchecked.push(error.message.includes(path) ? error.message : `${path}: ${error.message}`);
      return undefined;
    });
    if (!table) return;
    this.rows.set(path, table.nRows);
    for await (const _rows of table.rowBlocks()) {
      // Reading them verifies the checksums of their chunks.
    }
  }

  #addTelescopeEvents(chunk: Table): void {
    const [obsIds, eventIds, telIds] = ['obs_id', 'event_id', 'tel_id'].map((name) => chunk.column(name).values);
    for (let i = 0; i < chunk.nRows; i++) {
      const telId = Number(telIds[i]);
      const events = this.#eventsOf.get(telId) ?? new Set<string>();
      this.#eventsOf.set(telId, events);
      events.add(`${String(obsIds[i])} ${String(eventIds[i])}`);
    }
  }

  /** Tables of events have a row for each event, or each with telescopes; those of a telescope, for each of its triggers. */
  #checkEvents(path: string, { spec, placeholders }: FoundSpec, { eventKeys }: RowIds): void {
    if (!spec.ids.includes('event_id') || spec.origin !== 'ctapipe' || path === TRIGGER) return;
    const telId = placeholders['telescope'];
    const expected = telId === undefined ? this.#events : this.#eventsOf.get(Number(telId));
    const place = telId === undefined ? TRIGGER : `${TELESCOPE_TRIGGER} for telescope ${telId}`;
    const known = expected ?? new Set<string>();
    const unknown = [...eventKeys].filter((key) => !known.has(key));
    const needsNone = path === TELESCOPE_TRIGGER ? this.#triggers.withoutTelescopes : undefined;
    const missing = [...known].filter((key) => !eventKeys.has(key) && !needsNone?.has(key));
    if (unknown.length > 0) {
      this.problems.push(
        `${path}: ${ofEvents(unknown)} (obs_id, event_id) ${unknown.length === 1 ? 'is' : 'are'} not in ${place}`,
      );
    }
    if (missing.length > 0) {
      this.problems.push(
        `${path}: ${ofEvents(missing)} (obs_id, event_id) of ${place} ${missing.length === 1 ? 'is' : 'are'} missing`,
      );
    }
  }

  /** Parameters and results are NaN, never infinite, where they cannot be computed. */
  #checkInfinite(path: string, chunk: Table, firstRow: number): void {
    for (const { name, type, count, values } of chunk.columns.values()) {
      if (count !== 1 || !type.startsWith('float')) continue;
      const rows: string[] = [];
      for (let row = 0; row < chunk.nRows; row++) {
        if (Math.abs(Number(values[row])) === Infinity) rows.push(String(firstRow + row));
      }
      if (rows.length > 0) this.problems.push(`${path}: ${name} is infinite in ${inRows(rows)}`);
    }
  }

  #checkFinite(path: string, chunk: Table, required: readonly RequiredColumn[], firstRow: number): void {
    for (const { name, validity } of required) {
      if (!chunk.has(name) || (validity !== undefined && !chunk.has(validity))) continue;
      const { values, count } = chunk.column(name);
      const valid = validity === undefined ? undefined : chunk.column(validity).values;
      const rows: string[] = [];
      let nValid = 0;
      for (let row = 0; row < chunk.nRows; row++) {
        if (valid && valid[row] !== 1) continue;
        nValid++;
        const cell = Array.from({ length: count }, (_, i) => Number(values[row * count + i]));
        if (!cell.every((value) => Number.isFinite(value))) rows.push(String(firstRow + row));
      }
      // Some reconstructors do not determine the core.
      if (rows.length === nValid && OF_SOME_RECONSTRUCTORS.test(name)) continue;
      const which = validity === undefined ? '' : `, which ${rows.length === 1 ? 'is' : 'are'} valid`;
      if (rows.length > 0) this.problems.push(`${path}: ${name} is not finite in ${inRows(rows)}${which}`);
    }
  }
}

/** Column whose values are finite where another column, if there is one, is true. */
interface RequiredColumn {
  readonly name: string;
  readonly validity: string | undefined;
}

function requiredColumns(path: string, found: FoundSpec, version: DataModelVersion): RequiredColumn[] {
  const columns = [...dataModel.namedColumns(found, version)];
  if (path === SHOWER) {
    return columns.filter(([name]) => OF_EACH_SHOWER.test(name)).map(([name]) => ({ name, validity: undefined }));
  }
  const isFloat = ({ type }: ColumnSpec): boolean => type.startsWith('float');
  return columns
    .filter(([, column]) => column.isRequired && isFloat(column))
    .flatMap(([name]) => {
      const validity = columns.map(([each]) => each).filter((each) => /(?:^|_)is_valid$/.test(each));
      const own = validity.find((each) => name.startsWith(each.slice(0, -'is_valid'.length)));
      return own === undefined ? [] : [{ name, validity: own }];
    });
}

/** Ids of the rows of a table, to find those that occur more than once. */
class RowIds {
  readonly names: readonly string[];
  readonly repeated: string[] = [];
  /** Observation and event ids of all rows. */
  readonly eventKeys = new Set<string>();
  readonly #keys = new Set<string>();

  constructor({ spec }: FoundSpec, columns: readonly string[]) {
    // Times of monitoring data may overlap.
    const isOfTimes = spec.ids.some((id) => id.startsWith('time'));
    this.names = !isOfTimes && spec.ids.every((id) => columns.includes(id)) ? spec.ids : [];
  }

  add(chunk: Table): void {
    if (this.names.length === 0) return;
    const columns = this.names.map((name) => chunk.column(name));
    const isOfEvents = this.names[0] === 'obs_id' && this.names[1] === 'event_id';
    for (let row = 0; row < chunk.nRows; row++) {
      const parts = columns.map(({ values, count }) =>
        Array.from({ length: count }, (_, i) => String(values[row * count + i])).join('/'),
      );
      const key = parts.join(' ');
      if (this.#keys.has(key)) this.repeated.push(key);
      this.#keys.add(key);
      if (isOfEvents) this.eventKeys.add(`${parts[0]} ${parts[1]}`);
    }
  }
}

function inRows(rows: readonly string[]): string {
  return `${rows.length === 1 ? 'row' : 'rows'} ${some(rows)}`;
}

function ofEvents(keys: readonly string[]): string {
  return `${keys.length === 1 ? 'event' : 'events'} ${some(keys)}`;
}

function some(texts: readonly string[]): string {
  const more = texts.length > MOST_ROWS ? ` and ${texts.length - MOST_ROWS} more` : '';
  return `${texts.slice(0, MOST_ROWS).join('; ')}${more}`;
}
