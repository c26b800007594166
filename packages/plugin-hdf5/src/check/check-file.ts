import { CherenkitError, dataModel } from '@cherenkit/core';
import { checkTable, type ColumnSpec, type DataModelVersion, type FoundSpec, type Table } from '@cherenkit/tables';
import { Hdf5File } from '../engine/index.js';
import { readTableChunks, readTableHeader } from '../tables/read-table.js';
import { dataModelVersion } from '../tables/table-header.js';

/** Result of the check of a file. */
export interface FileCheck {
  readonly path: string;
  readonly nTables: number;
  readonly nEvents: number;
  /** What is wrong, in words. */
  readonly problems: readonly string[];
}

const TRIGGER = '/dl1/event/subarray/trigger';
const TELESCOPE_TRIGGER = '/dl1/event/telescope/trigger';
const LAYOUT = '/configuration/instrument/subarray/layout';
/** Rows that are read at once. */
const CHUNK_ROWS = 2000;
/** Most problems of a kind that are listed with their rows. */
const MOST_ROWS = 3;

/**
 * Checks a file of ctapipe or Cherenkit: structure and checksums by reading everything, columns, types and units by the data
 * model, unique ids, numbers of rows that belong together, and finite values where results are valid.
 */
export async function checkFile(path: string): Promise<FileCheck> {
  const check = new Check(path);
  try {
    await using file = await Hdf5File.open(path);
    await check.run(file);
  } catch (error) {
    if (!CherenkitError.is(error)) throw error;
    check.problems.push(error.message);
  }
  const { problems, rows } = check;
  return { path, problems, nTables: rows.size, nEvents: rows.get(TRIGGER) ?? 0 };
}

class Check {
  readonly problems: string[] = [];
  /** Number of rows of each table. */
  readonly rows = new Map<string, number>();
  /** Ids of events, and of telescope events by telescope. */
  #events: ReadonlySet<string> | undefined;
  readonly #eventsOf = new Map<number, Set<string>>();
  #version: DataModelVersion = dataModel.DATA_MODEL_VERSION;

  constructor(readonly path: string) {}

  async run(file: Hdf5File): Promise<void> {
    await this.#checkMetadata(file);
    this.#version = await dataModelVersion(file);
    const paths = await file.paths();
    const required = [
      LAYOUT,
      ...(paths.some((each) => each.includes('/event/')) ? [TRIGGER] : []),
      ...(paths.some((each) => /^\/dl\d\/event\/telescope\//.test(each)) ? [TELESCOPE_TRIGGER] : []),
    ];
    for (const table of required) if (!paths.includes(table)) this.problems.push(`${table} is missing`);
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
  }

  async #checkMetadata(file: Hdf5File): Promise<void> {
    const root = await file.attributes('/', /^CTA /);
    for (const name of ['PRODUCT DATA MODEL VERSION', 'PRODUCT DATA CATEGORY', 'PRODUCT DATA LEVELS', 'PROCESS TYPE']) {
      if (!root.has(`CTA ${name}`)) this.problems.push(`/: attribute CTA ${name} is missing`);
    }
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
      this.problems.push(`${path}: attribute NROWS is ${String(stored)}, but there are ${header.nRows} rows`);
    }
    const dimensions = path === LAYOUT ? {} : this.#dimensions();
    const options = { version: this.#version, placeholders: found.placeholders, dimensions };
    for (const { kind, column, expected, found: got } of checkTable(found.spec, header.columns, options)) {
      this.problems.push(`${path}: ${kind} of column ${column} is ${got}, expected ${expected}`);
    }
    const ids = new RowIds(
      found,
      header.columns.map(({ name }) => name),
    );
    const required = requiredColumns(found, this.#version);
    let row = 0;
    for await (const chunk of readTableChunks(file, path, { chunkRows: CHUNK_ROWS })) {
      ids.add(chunk);
      this.#checkFinite(path, chunk, required, row);
      if (path === TELESCOPE_TRIGGER) this.#addTelescopeEvents(chunk);
      row += chunk.nRows;
    }
    if (path === TRIGGER) this.#events = ids.eventKeys;
    if (ids.repeated.length > 0) {
      this.problems.push(`${path}: ${ids.names.join(', ')} ${some(ids.repeated)} occur more than once`);
    }
    this.#checkEvents(path, found, ids);
  }

  #dimensions(): Record<string, number> {
    const nTelescopes = this.rows.get(LAYOUT);
    return nTelescopes === undefined ? {} : { n_telescopes: nTelescopes };
  }

  async #readUnknown(file: Hdf5File, path: string): Promise<void> {
    const table = await file.table(path).catch((error: unknown) => {
      if (CherenkitError.is(error) && error.code === 'HDF5_UNSUPPORTED') return undefined;
      throw error;
    });
    if (!table) return;
    this.rows.set(path, table.nRows);
    for (let row = 0; row < table.nRows; row += CHUNK_ROWS) await table.rows(row, row + CHUNK_ROWS);
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

  /** Tables of events have a row for each event; those of a telescope, for each of its triggers. */
  #checkEvents(path: string, { spec, placeholders }: FoundSpec, { eventKeys }: RowIds): void {
    if (!spec.ids.includes('event_id') || spec.origin !== 'ctapipe' || path === TRIGGER) return;
    const telId = placeholders['telescope'];
    const expected = telId === undefined ? this.#events : this.#eventsOf.get(Number(telId));
    const place = telId === undefined ? TRIGGER : `${TELESCOPE_TRIGGER} for telescope ${telId}`;
    const known = expected ?? new Set<string>();
    const unknown = [...eventKeys].filter((key) => !known.has(key));
    const missing = [...known].filter((key) => !eventKeys.has(key));
    if (unknown.length > 0) {
      this.problems.push(`${path}: events ${some(unknown)} (obs_id, event_id) are not in ${place}`);
    }
    if (missing.length > 0) {
      this.problems.push(`${path}: events ${some(missing)} (obs_id, event_id) of ${place} are missing`);
    }
  }

  #checkFinite(path: string, chunk: Table, required: readonly RequiredColumn[], firstRow: number): void {
    for (const { name, validity } of required) {
      if (!chunk.has(name) || !chunk.has(validity)) continue;
      const [{ values, count }, valid] = [chunk.column(name), chunk.column(validity).values];
      const rows: string[] = [];
      for (let row = 0; row < chunk.nRows; row++) {
        if (valid[row] !== 1) continue;
        const cell = Array.from({ length: count }, (_, i) => Number(values[row * count + i]));
        if (!cell.every((value) => Number.isFinite(value))) rows.push(String(firstRow + row));
      }
      if (rows.length > 0) this.problems.push(`${path}: ${name} is not finite in rows ${some(rows)}, which are valid`);
    }
  }
}

/** Column whose values are finite where another column is true. */
interface RequiredColumn {
  readonly name: string;
  readonly validity: string;
}

function requiredColumns(found: FoundSpec, version: DataModelVersion): RequiredColumn[] {
  const columns = [...dataModel.namedColumns(found, version)];
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
    this.names = spec.ids.every((id) => columns.includes(id)) ? spec.ids : [];
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

function some(texts: readonly string[]): string {
  const more = texts.length > MOST_ROWS ? ` and ${texts.length - MOST_ROWS} more` : '';
  return `${texts.slice(0, MOST_ROWS).join('; ')}${more}`;
}
