import { CherenkitError, Component, dataModel, ExitCode, trait, type SubarrayDescription } from '@cherenkit/core';
import { fillPlaceholders, Table } from '@cherenkit/tables';
import { Hdf5File, isHdf5Source, type Hdf5Source } from '../engine/index.js';
import { readSubarray } from '../tables/read-subarray.js';
import { readTable, readTableHeader } from '../tables/read-table.js';
import { hasTriggers, requireIds } from '../tables/trigger-table.js';
import { emptyTable } from './empty-table.js';
import { columnsInFile, columnsInMemory, type EventColumns } from './event-columns.js';
import { checkedOptions, type SubarrayEventOptions, type TelescopeEventOptions } from './loader-options.js';
import { EVENT_IDS, findRows, readRowsOf, sideBySide, TELESCOPE_EVENT_IDS, type RowRange } from './rows-by-ids.js';
import { stackEvents, type TelescopeEvents } from './stack-events.js';
import { TableChunks } from './table-chunks.js';
import { TelescopeEventIndex, type TelescopeRows } from './telescope-event-index.js';
import { fixedPointing, interpolatedPointing } from './telescope-pointing.js';

type SubarrayContents = Required<Omit<SubarrayEventOptions, 'start' | 'stop' | 'columns'>>;
type TelescopeContents = Required<Omit<TelescopeEventOptions, 'start' | 'stop' | 'telescopes'>>;

interface OpenFile {
  readonly file: Hdf5File;
  /** Whether the loader has opened the file, and closes it. */
  readonly isOwn: boolean;
  readonly subarray: SubarrayDescription;
  /** Number of array events. */
  readonly nEvents: number;
}

const DL2_SUBARRAY = '/dl2/event/subarray';
const DL2_TELESCOPE = '/dl2/event/telescope';

/**
 * Joins the tables of an HDF5 file of DL1 and DL2 data to tables of array events or telescope events. Source: ctapipe 0.32
 * `TableLoader`, with the same columns in the same order.
 *
 * Rows of different tables are matched by their ids. Integers stay integers where ctapipe's joins make floats of them; values
 * missing in the file are NaN, -1, the largest unsigned integer, false or the empty string, where ctapipe has masked values or
 * raises an error. A file without events gives tables without rows.
 *
 * @example
 * ```ts
 * import { TableLoader } from 'cherenkit';
 *
 * await using loader = await TableLoader.open('events.dl2.h5');
 * const events = await loader.readSubarrayEvents();
 * const lsts = await loader.readTelescopeEvents({ telescopes: ['LST_LST_LSTCam'], dl2: false });
 * console.log(events.filter('HillasReconstructor_is_valid').statistics(), lsts.filter('hillas_intensity > 50'));
 * ```
 */
export class TableLoader
  extends Component.withTraits({
    inputUrl: trait.path({ default: '', help: 'The HDF5 file.' }),
    dl1Images: trait.boolean({ default: false, help: 'Load images.' }),
    dl1Parameters: trait.boolean({ default: true, help: 'Load image parameters.' }),
    dl1Muons: trait.boolean({ default: false, help: 'Load parameters of muon rings.' }),
    dl2: trait.boolean({ default: true, help: 'Load reconstructed showers.' }),
    simulated: trait.boolean({ default: true, help: 'Load simulated showers.' }),
    trueImages: trait.boolean({ default: false, help: 'Load simulated images.' }),
    trueParameters: trait.boolean({ default: true, help: 'Load parameters of simulated images.' }),
    instrument: trait.boolean({
      default: false,
      help: 'Add the description of the telescope to each telescope event.',
    }),
    observationInfo: trait.boolean({ default: false, help: 'Add the observation block to each event.' }),
    pointing: trait.boolean({ default: true, help: 'Add the pointing of the telescope to each telescope event.' }),
    focalLengthChoice: trait.oneOf(['EFFECTIVE', 'EQUIVALENT'], {
      default: 'EFFECTIVE',
      caseless: true,
      help: 'Focal length of the camera frames in the description of the array: effective (from ray tracing) or equivalent (nominal).',
    }),
  })
  implements AsyncDisposable
{
  static override readonly kind: string = 'TableLoader';
  static override readonly help = 'Loads tables of array events and telescope events from an HDF5 file.';

  #open: OpenFile | undefined;
  #index: TelescopeEventIndex | undefined;
  #instrument: Table | undefined;

  /**
   * Opens the file and reads the description of the array.
   *
   * @param input - a file to open, or an open one, which is not closed with the loader. Default: the trait `inputUrl`
   * @throws CherenkitError INPUT_MISSING (66); HDF5_CORRUPT, HDF5_TABLE_MISSING or HDF5_UNSUPPORTED (65); EFFECTIVE_FOCAL_LENGTH_UNKNOWN (2)
   */
  async open(input: Hdf5File | Hdf5Source = this.traits.inputUrl): Promise<void> {
    const isOwn = isHdf5Source(input);
    const file = isOwn ? await Hdf5File.open(input) : input;
    try {
      const subarray = await readSubarray(file, this.traits.focalLengthChoice);
      const { path } = dataModel.SUBARRAY_TRIGGER;
      const nEvents = (await hasTriggers(file)) ? (await file.table(path)).nRows : 0;
      this.#open = { file, isOwn, subarray, nEvents };
    } catch (error) {
      if (isOwn) await file.close();
      throw error;
    }
  }

  /** The file, for other tables: `readTable(loader.file, path)`. */
  get file(): Hdf5File {
    return this.#opened.file;
  }

  /** The array. */
  get subarray(): SubarrayDescription {
    return this.#opened.subarray;
  }

  /** Number of array events. */
  get nEvents(): number {
    return this.#opened.nEvents;
  }

  /** Reads the settings of the simulation, one row per observation block. @throws CherenkitError TABLE_UNKNOWN (2) if the file has none */
  async readSimulationConfiguration(): Promise<Table> {
    return readTable(this.file, dataModel.SIMULATION_RUN.path);
  }

  /** Reads the histograms of the simulated showers. @throws CherenkitError TABLE_UNKNOWN (2) if the file has none */
  async readShowerDistribution(): Promise<Table> {
    return readTable(this.file, dataModel.SHOWER_DISTRIBUTION.path);
  }

  /** Reads the observation blocks. @throws CherenkitError TABLE_UNKNOWN (2) if the file has none */
  async readObservationInformation(): Promise<Table> {
    return readTable(this.file, dataModel.OBSERVATION_BLOCK.path);
  }

  /** Reads the scheduling blocks. @throws CherenkitError TABLE_UNKNOWN (2) if the file has none */
  async readSchedulingBlocks(): Promise<Table> {
    return readTable(this.file, dataModel.SCHEDULING_BLOCK.path);
  }

  /**
   * Reads array events, in the order of the file: trigger, simulated shower, reconstructed showers, observation block.
   *
   * @throws CherenkitError OPTION_INVALID (2); TABLE_KEY_DUPLICATE (65) for tables that are not in step and have rows with the same ids
   */
  async readSubarrayEvents(options: SubarrayEventOptions = {}): Promise<Table> {
    const checked = checkedOptions(options);
    return this.#subarrayEvents(this.#rangeOf(checked), await this.#contentsOf(checked), checked.columns);
  }

  /** Reads array events in chunks of `chunkSize`; see {@link readSubarrayEvents}. */
  readSubarrayEventsChunked(chunkSize: number, options: SubarrayEventOptions = {}): TableChunks<Table> {
    return this.#chunks(chunkSize, checkedOptions(options), (range) => this.readSubarrayEvents(range));
  }

  /**
   * Reads telescope events, by array event in the order of the file, then by telescope id, with the columns of their array
   * event. Columns of both kinds of events have the suffix `_mono` for the telescope: `time_mono`.
   *
   * @throws CherenkitError OPTION_INVALID (2); TELESCOPE_ID_UNKNOWN or TELESCOPE_TYPE_UNKNOWN (2); TABLES_DIFFER (2) for images of different
   *   cameras, see {@link readTelescopeEventsByType}; HDF5_TABLE_MISSING (65) without trigger table of telescopes;
   *   TABLE_KEY_DUPLICATE (65) for several events with the same ids
   */
  async readTelescopeEvents(options: TelescopeEventOptions = {}): Promise<Table> {
    const { telescopes, arrayEvents } = await this.#telescopeEvents(options);
    return this.#joined(telescopes, arrayEvents);
  }

  /** Reads telescope events in chunks of `chunkSize` array events; see {@link readTelescopeEvents}. */
  readTelescopeEventsChunked(chunkSize: number, options: TelescopeEventOptions = {}): TableChunks<Table> {
    return this.#chunks(chunkSize, checkedOptions(options), (range) => this.readTelescopeEvents(range));
  }

  /** Reads telescope events by type of telescope, such as `LST_LST_LSTCam`, without types that have no events. */
  async readTelescopeEventsByType(options: TelescopeEventOptions = {}): Promise<Map<string, Table>> {
    const { telescopes, arrayEvents } = await this.#telescopeEvents(options);
    const byType = new Map<string, TelescopeEvents[]>();
    for (const telescope of telescopes) {
      if (telescope.events.length === 0) continue;
      const type = this.subarray.typeOf(telescope.telId);
      byType.set(type, [...(byType.get(type) ?? []), telescope]);
    }
    const tables = new Map<string, Table>();
    for (const [type, ofType] of byType) tables.set(type, await this.#joined(ofType, arrayEvents));
    return tables;
  }

  /** Reads telescope events by type in chunks of `chunkSize` array events; see {@link readTelescopeEventsByType}. */
  readTelescopeEventsByTypeChunked(
    chunkSize: number,
    options: TelescopeEventOptions = {},
  ): TableChunks<Map<string, Table>> {
    return this.#chunks(chunkSize, checkedOptions(options), (range) => this.readTelescopeEventsByType(range));
  }

  /** Reads telescope events by telescope id, without telescopes that have no events. */
  async readTelescopeEventsById(options: TelescopeEventOptions = {}): Promise<Map<number, Table>> {
    const { telescopes, arrayEvents } = await this.#telescopeEvents(options);
    const tables = new Map<number, Table>();
    for (const telescope of telescopes) {
      if (telescope.events.length > 0) tables.set(telescope.telId, await this.#joined([telescope], arrayEvents));
    }
    return tables;
  }

  /** Reads telescope events by telescope id in chunks of `chunkSize` array events; see {@link readTelescopeEventsById}. */
  readTelescopeEventsByIdChunked(
    chunkSize: number,
    options: TelescopeEventOptions = {},
  ): TableChunks<Map<number, Table>> {
    return this.#chunks(chunkSize, checkedOptions(options), (range) => this.readTelescopeEventsById(range));
  }

  async close(): Promise<void> {
    if (this.#open?.isOwn) await this.#open.file.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Used by `console.log` in Node: one line. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    if (!this.#open) return 'TableLoader(not open)';
    const { file, subarray, nEvents } = this.#open;
    return `TableLoader(${file.name}, nEvents=${nEvents}, subarray=${subarray.name}, nTels=${subarray.nTels})`;
  }

  get #opened(): OpenFile {
    if (!this.#open) {
      const message = 'TableLoader: the file is not open. Call open() first.';
      throw new CherenkitError('INPUT_CLOSED', ExitCode.USAGE, message);
    }
    return this.#open;
  }

  #chunks<O extends SubarrayEventOptions, T>(
    chunkSize: number,
    options: O,
    read: (options: O) => Promise<T>,
  ): TableChunks<T> {
    return new TableChunks(chunkSize, this.#rangeOf(options), (start, stop) => read({ ...options, start, stop }));
  }

  #rangeOf({ start = 0, stop = this.nEvents }: SubarrayEventOptions): RowRange {
    const first = Math.min(start, this.nEvents);
    return [first, Math.max(first, Math.min(stop, this.nEvents))];
  }

  /** Values of all options: given ones, else the traits; false where the file lacks the tables. */
  async #contentsOf(options: TelescopeEventOptions): Promise<TelescopeContents> {
    const { traits } = this;
    const chosen = async (name: keyof TelescopeContents, template: string): Promise<boolean> => {
      if (!(options[name] ?? traits[name])) return false;
      if ((await this.file.paths(template.replace(/\/\{telescope\}$/, ''))).length > 0) return true;
      this.context.logger.info(`${this.file.name} has no ${template}: ${name} is set to false.`);
      return false;
    };
    return {
      dl1Images: await chosen('dl1Images', dataModel.IMAGES.path),
      dl1Parameters: await chosen('dl1Parameters', dataModel.PARAMETERS.path),
      dl1Muons: await chosen('dl1Muons', dataModel.MUON.path),
      trueImages: await chosen('trueImages', dataModel.TRUE_IMAGES.path),
      trueParameters: await chosen('trueParameters', dataModel.TRUE_PARAMETERS.path),
      observationInfo: await chosen('observationInfo', dataModel.OBSERVATION_BLOCK.path),
      dl2: options.dl2 ?? traits.dl2,
      simulated: options.simulated ?? traits.simulated,
      instrument: options.instrument ?? traits.instrument,
      pointing: options.pointing ?? traits.pointing,
    };
  }

  async #subarrayEvents(
    [start, stop]: RowRange,
    { simulated, dl2, observationInfo }: SubarrayContents,
    columns?: readonly string[],
  ): Promise<Table> {
    const { file } = this;
    const { path } = dataModel.SUBARRAY_TRIGGER;
    const chosen = columns && new Set([...EVENT_IDS, ...columns]);
    let table = (await file.has(path))
      ? await readTable(file, path, { start, stop, ...(chosen && { columns: await columnsOf(file, path, chosen) }) })
      : emptyTable(dataModel.SUBARRAY_TRIGGER, { n_telescopes: this.subarray.nTels });
    const ids = table;
    for (const name of EVENT_IDS) requireIds(`${file.name}: ${path}`, name, ids.column(name).values, start);
    const wanted = [
      ...(simulated ? await file.paths(dataModel.SHOWER.path) : []),
      ...(dl2 ? await file.paths(DL2_SUBARRAY) : []),
    ];
    const expected = { range: [start, stop], onMismatch: this.#warnOfMismatch } as const;
    for (const each of wanted) {
      const read = chosen && (await columnsOf(file, each, chosen));
      if (read?.every((name) => (EVENT_IDS as readonly string[]).includes(name))) continue;
      table = sideBySide(table, await readRowsOf(file, each, { ids, names: EVENT_IDS, columns: read }, expected));
    }
    if (observationInfo) {
      const blocks = await this.readObservationInformation();
      const rows = findRows(blocks, ids, ['obs_id'], `${file.name}: ${dataModel.OBSERVATION_BLOCK.path}`);
      const others = blocks.names.filter((name) => name !== 'obs_id' && (chosen?.has(name) ?? true));
      table = sideBySide(table, blocks.select(...others).take(rows));
    }
    return this.#withTelescopeIds(table);
  }

  /** Adds the ids of the telescopes to masks of telescopes, so that they can be printed. */
  #withTelescopeIds(table: Table): Table {
    const { telIds } = this.subarray;
    const columns = Array.from(table.columns.values(), (column) =>
      column.meaning?.kind === 'telescopes' && column.count === telIds.length
        ? column.with({ meaning: { kind: 'telescopes', telIds } })
        : column,
    );
    return new Table(columns, table.meta, table.nRows);
  }

  async #telescopeEvents(
    given: TelescopeEventOptions,
  ): Promise<{ readonly telescopes: TelescopeEvents[]; readonly arrayEvents: Table }> {
    const options = checkedOptions(given);
    const { subarray, file } = this;
    const telIds = options.telescopes === undefined ? subarray.telIds : subarray.getTelIds(options.telescopes);
    const range = this.#rangeOf(options);
    const contents = await this.#contentsOf(options);
    const arrayEvents = await this.#subarrayEvents(range, contents);
    const { path } = dataModel.TELESCOPE_TRIGGER;
    if (this.nEvents === 0 && !(await file.has(path))) {
      const headers = emptyTable(dataModel.TELESCOPE_TRIGGER, {});
      const events = new Int32Array(0);
      return { telescopes: telIds.map((telId) => ({ telId, parts: [], headers, events })), arrayEvents };
    }
    this.#index ??= await TelescopeEventIndex.read(file);
    const rowsOf = new Map<number, TelescopeRows>();
    for (const telId of telIds) rowsOf.set(telId, this.#index.rowsOf(telId, range));
    let [first, end] = [Infinity, 0];
    for (const { triggerRows } of rowsOf.values()) {
      for (const row of triggerRows) {
        if (row < first) first = row;
        if (row >= end) end = row + 1;
      }
    }
    const trigger = await readTable(file, path, { start: Math.min(first, end), stop: end });
    const telescopes: TelescopeEvents[] = [];
    for (const [telId, rows] of rowsOf) {
      const ofTelescope = trigger.take(rows.triggerRows.map((row) => row - first));
      const parts = ofTelescope.nRows === 0 ? [] : await this.#partsOf(telId, ofTelescope, rows, contents);
      const headers = parts.reduce((table, part) => sideBySide(table, part.headers), ofTelescope.slice(0, 0));
      const events = rows.events.map((event) => event - range[0]);
      telescopes.push({ telId, parts: [columnsInMemory(ofTelescope), ...parts], headers, events });
    }
    return { telescopes, arrayEvents };
  }

  /** The tables of a telescope beside its rows of the trigger table. */
  async #partsOf(
    telId: number,
    trigger: Table,
    { expected }: TelescopeRows,
    contents: TelescopeContents,
  ): Promise<EventColumns[]> {
    const { file } = this;
    const parts: EventColumns[] = [];
    const add = async (template: string): Promise<void> => {
      const path = fillPlaceholders(template, { telescope: telId });
      if (!(await file.has(path))) return;
      parts.push(await columnsInFile(file, path, trigger, TELESCOPE_EVENT_IDS, expected, this.#warnOfMismatch));
    };
    if (contents.dl1Parameters) await add(dataModel.PARAMETERS.path);
    if (contents.dl1Muons) await add(dataModel.MUON.path);
    if (contents.dl1Images) await add(dataModel.IMAGES.path);
    if (contents.dl2) for (const group of await this.#algorithms()) await add(`${group}/{telescope}`);
    if (contents.trueImages) await add(dataModel.TRUE_IMAGES.path);
    if (contents.trueParameters) await add(dataModel.TRUE_PARAMETERS.path);
    if (contents.instrument) {
      this.#instrument ??= dataModel.instrumentTable(this.subarray);
      const row = this.subarray.telIdsToIndices([telId])[0];
      const rows = new Int32Array(trigger.nRows).fill(row);
      parts.push(columnsInMemory(this.#instrument.without('tel_id').take(rows)));
    }
    if (contents.simulated) await add(dataModel.TRUE_IMPACT.path);
    if (contents.pointing) {
      const isMeasured = await file.has(dataModel.POINTING.path.replace('/{telescope}', ''));
      const pointing = isMeasured ? interpolatedPointing : fixedPointing;
      parts.push(columnsInMemory(new Table(await pointing(file, telId, trigger), {}, trigger.nRows)));
    }
    return parts;
  }

  /** Groups of the results of telescopes, such as `/dl2/event/telescope/impact/HillasReconstructor`. */
  async #algorithms(): Promise<string[]> {
    const paths = await this.file.paths(DL2_TELESCOPE);
    return [...new Set(paths.map((path) => path.slice(0, path.lastIndexOf('/'))))];
  }

  /** Reads telescope events into one table, by array event, then by telescope, with the columns of their array events. */
  async #joined(telescopes: readonly TelescopeEvents[], arrayEvents: Table): Promise<Table> {
    const present = telescopes.filter(({ events }) => events.length > 0);
    const read = present.length > 0 ? present : telescopes.slice(0, 1);
    const { table, events } =
      read.length > 0
        ? await stackEvents(read, arrayEvents.nRows)
        : { table: emptyTable(dataModel.TELESCOPE_TRIGGER, {}), events: new Int32Array(0) };
    return sideBySide(table, arrayEvents.without(...EVENT_IDS).take(events), ['_mono', '']);
  }

  readonly #warnOfMismatch = (path: string): void => {
    this.context.logger.warning(
      `${this.file.name}: ${path} is not in step with the trigger table; rows are matched by their ids.`,
    );
  };
}

/** Names of the columns of a table that are chosen, in its order. */
async function columnsOf(file: Hdf5File, path: string, chosen: ReadonlySet<string>): Promise<string[]> {
  const { columns } = await readTableHeader(file, path);
  return columns.map(({ name }) => name).filter((name) => chosen.has(name));
}
