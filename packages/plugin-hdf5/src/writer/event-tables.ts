import {
  dataModel,
  ReconstructedGeometryContainer,
  type ArrayEvent,
  type Container,
  type ContainerClass,
  type EventIndexContainer,
  type SubarrayDescription,
} from '@cherenkit/core';
import type { CellContext } from './column-encoder.js';
import type { ContainerRows } from './container-rows.js';
import type { ContainerTables, PackedRows } from './container-tables.js';
import {
  EVENT_ROWS,
  indexOf,
  type ArrayEventRows,
  type EventRows,
  type StereoResultRows,
  type TelescopeEventRows,
  type TelescopeResultRows,
  type TelescopeTable,
} from './event-rows.js';

/** Appends the rows of an event to one or more tables. Row writers are looked up once per table and telescope. */
interface EventRowsWriter {
  write(event: ArrayEvent): void;
  /** Returns the state of a collector since the last call, as plain data; undefined without state. */
  takeState?(): EventRowsState;
  /** Whether the rows of a collector can be added. Default: they can. */
  canAdd?(state: EventRowsState): boolean;
  /** Continues after rows of a collector were added. */
  add?(state: EventRowsState, added: ReadonlyMap<ContainerRows, number>): void;
}

/** For each telescope, or for the array as 0: pairs of numbers, such as the ids of rows. */
type EventRowsState = ReadonlyMap<number, readonly number[]>;

/** Index of a row; one object is reused for all rows. */
type Index = Container & { obsId: number; eventId: number; telId: number };

/** Writes the event tables of {@link EVENT_ROWS}. */
export class EventTables {
  readonly #writers: readonly EventRowsWriter[];
  readonly #tables: ContainerTables;

  /**
   * @param fixedPoint - fixed-point encodings by field
   * @param isCollector - whether rows are collected for the tables of a file
   */
  constructor(
    tables: ContainerTables,
    subarray: SubarrayDescription,
    fixedPoint: CellContext['fixedPoint'] = {},
    isCollector = false,
  ) {
    const context = { fixedPoint };
    this.#tables = tables;
    this.#writers = EVENT_ROWS.map((rows) => createWriter(rows, tables, subarray, context, isCollector));
  }

  /** Appends the rows of an event. */
  write(event: ArrayEvent): void {
    for (const writer of this.#writers) writer.write(event);
  }

  /** Returns what was collected since the last call: rows of all tables of containers. */
  take(): CollectedRows {
    return { packed: this.#tables.takeRows(), states: this.#writers.map((writer) => writer.takeState?.()) };
  }

  /**
   * Appends collected rows.
   *
   * @returns false if they have rows that only the tables of the file can write; nothing was appended then
   */
  add({ packed, states }: CollectedRows): boolean {
    const canAdd = this.#writers.every((writer, i) => writer.canAdd?.(states[i] ?? NO_STATE) ?? true);
    if (!canAdd || !this.#tables.hasTablesOf(packed)) return false;
    const added = this.#tables.addRows(packed);
    this.#writers.forEach((writer, i) => writer.add?.(states[i] ?? NO_STATE, added));
    return true;
  }

  /** Appends tables of invalid geometries for algorithms without any result, after the last event. */
  addMissingGeometries(algorithms: readonly string[]): void {
    for (const writer of this.#writers) {
      if (writer instanceof StereoResultWriter) writer.addMissingGeometries(algorithms);
    }
  }
}

/** Rows of events as plain data. */
export interface CollectedRows {
  readonly packed: PackedRows;
  /** By position in {@link EVENT_ROWS}. */
  readonly states: readonly (EventRowsState | undefined)[];
}

const NO_STATE: EventRowsState = new Map();

function createWriter(
  rows: EventRows,
  tables: ContainerTables,
  subarray: SubarrayDescription,
  context: Partial<CellContext>,
  isCollector: boolean,
): EventRowsWriter {
  switch (rows.kind) {
    case 'array event':
      return new ArrayEventWriter(rows, tables);
    case 'telescopes':
      return new TelescopeEventWriter(rows, tables, subarray, context, isCollector);
    case 'results':
      return new StereoResultWriter(rows, tables);
    case 'telescope results':
      return new TelescopeResultWriter(rows, tables);
  }
}

class ArrayEventWriter implements EventRowsWriter {
  readonly #containers: ArrayEventRows['containers'];
  readonly #rows: ContainerRows | undefined;

  constructor({ spec, containers }: ArrayEventRows, tables: ContainerTables) {
    this.#containers = containers;
    this.#rows = tables.isWritten(spec) ? tables.rows(spec) : undefined;
  }

  write(event: ArrayEvent): void {
    const containers = this.#rows && this.#containers(event);
    if (containers) this.#rows?.write(event.index, containers);
  }
}

class TelescopeEventWriter implements EventRowsWriter {
  readonly #telescopes: TelescopeEventRows['telescopes'];
  readonly #tables: readonly TelescopeTable[];
  readonly #open: (table: TelescopeTable, telId: number, container: Container) => ContainerRows;
  readonly #index: Index;
  /** Row writers by telescope id and table. */
  readonly #rows: ContainerRows[][] = [];
  /** Observation blocks whose row was written, by telescope id. */
  readonly #observed: Set<number>[] = [];

  constructor(
    { telescopes, tables }: TelescopeEventRows,
    file: ContainerTables,
    subarray: SubarrayDescription,
    context: Partial<CellContext>,
    private readonly isCollector: boolean,
  ) {
    this.#telescopes = telescopes;
    this.#tables = tables.filter(({ spec }) => file.isWritten(spec));
    this.#index = indexOf(tables[0].spec) as Index;
    this.#open = ({ spec, dimensions }, telescope, container) => {
      const { nPixels } = subarray.telescope(telescope).camera.geometry;
      const sizes = { n_pixels: nPixels, ...dimensions?.(container, nPixels) };
      return file.rows(spec, { telescope }, { ...context, dimensions: sizes });
    };
  }

  write(event: ArrayEvent): void {
    if (this.#tables.length === 0) return;
    const index = this.#index;
    index.obsId = event.index.obsId;
    index.eventId = event.index.eventId;
    for (const [telId, container] of this.#telescopes(event)) {
      index.telId = telId;
      const rows = (this.#rows[telId] ??= []);
      for (let i = 0; i < this.#tables.length; i++) {
        const table = this.#tables[i];
        // Only the tables of the file have the rows of all events before.
        if (table.isOncePerObservation && (!this.#isFirst(telId, index.obsId) || this.isCollector)) continue;
        const containers = table.containers(container, event, telId);
        if (containers) (rows[i] ??= this.#open(table, telId, container)).write(index, containers);
      }
    }
  }

  takeState(): EventRowsState {
    const state = new Map<number, readonly number[]>();
    this.#observed.forEach((obsIds, telId) => state.set(telId, [...obsIds]));
    this.#observed.length = 0;
    return state;
  }

  canAdd(state: EventRowsState): boolean {
    return [...state].every(([telId, obsIds]) => obsIds.every((obsId) => this.#observed[telId]?.has(obsId)));
  }

  #isFirst(telId: number, obsId: number): boolean {
    const observed = (this.#observed[telId] ??= new Set());
    return observed.size < observed.add(obsId).size;
  }
}

/** Ids of the rows that a table of results has to have so far. */
class RowIds {
  readonly #obsIds: number[] = [];
  readonly #eventIds: number[] = [];

  get count(): number {
    return this.#obsIds.length;
  }

  add({ obsId, eventId }: RowId): void {
    this.#obsIds.push(obsId);
    this.#eventIds.push(eventId);
  }

  /** Returns the ids in pairs and removes them. */
  take(): number[] {
    const eventIds = this.#eventIds.splice(0);
    return this.#obsIds.splice(0).flatMap((obsId, row) => [obsId, eventIds[row]]);
  }

  addPairs(pairs: readonly number[]): void {
    for (let i = 0; i < pairs.length; i += 2) this.add({ obsId: pairs[i], eventId: pairs[i + 1] });
  }

  at(row: number): RowId {
    return { obsId: this.#obsIds[row], eventId: this.#eventIds[row] };
  }
}

type RowId = Pick<EventIndexContainer, 'obsId' | 'eventId'>;

/** A table of results and its number of rows. */
interface ResultTable {
  readonly algorithm: string;
  readonly rows: ContainerRows;
  count: number;
  /** Creates the invalid result of an event for which the algorithm has none. */
  readonly missing: () => Container;
}

/**
 * Tables of results by algorithm. Each has a row for every event: rows of events without a result are invalid, also of events
 * before the first result. Tables are looked up by position, since the order of algorithms is nearly the same in all events.
 */
class ResultTables {
  readonly #tables: ResultTable[] = [];
  readonly #open: (algorithm: string) => ContainerRows;

  constructor(open: (algorithm: string) => ContainerRows) {
    this.#open = open;
  }

  /**
   * Appends a row to each table.
   *
   * @param ids - ids of all rows, including this one
   * @param index - index of the row; changed where rows are missing
   */
  write(results: ReadonlyMap<string, Container>, ids: RowIds, index: Index): void {
    let position = 0;
    for (const [algorithm, result] of results) {
      const table = this.#find(position++, algorithm, result);
      this.#fill(table, ids, ids.count - 1, index);
      table.rows.write(index, [result]);
      table.count += 1;
    }
    if (position === this.#tables.length) return;
    for (const table of this.#tables) this.#fill(table, ids, ids.count, index);
  }

  /** Writes a table of invalid results of the class of `result`, unless the algorithm has a table. */
  addMissing(algorithm: string, result: Container, ids: RowIds, index: Index): void {
    if (ids.count === 0) return;
    this.#fill(this.#find(this.#tables.length, algorithm, result), ids, ids.count, index);
  }

  /** Forgets the rows so far, since a collector has given them away. */
  restart(): void {
    for (const table of this.#tables) table.count = 0;
  }

  /** Counts the rows that were added, and writes those that are missing. */
  add(added: ReadonlyMap<ContainerRows, number>, ids: RowIds, index: Index): void {
    for (const table of this.#tables) {
      table.count += added.get(table.rows) ?? 0;
      this.#fill(table, ids, ids.count, index);
    }
  }

  #find(position: number, algorithm: string, result: Container): ResultTable {
    const expected = this.#tables[position];
    if (expected?.algorithm === algorithm) return expected;
    const found = this.#tables.find((table) => table.algorithm === algorithm);
    if (found) return found;
    const missing = (): Container => new (result.constructor as unknown as ContainerClass)({ isValid: false });
    const table: ResultTable = { algorithm, rows: this.#open(algorithm), count: 0, missing };
    this.#tables.push(table);
    return table;
  }

  #fill(table: ResultTable, ids: RowIds, end: number, index: Index): void {
    if (table.count === end) return;
    const { obsId, eventId } = index;
    for (; table.count < end; table.count++) {
      Object.assign(index, ids.at(table.count));
      table.rows.write(index, [table.missing()]);
    }
    Object.assign(index, { obsId, eventId });
  }
}

/** Text columns of results without a declared length. */
const RESULT_COLUMNS: Partial<CellContext> = { defaultTextBytes: dataModel.DEFAULT_TEXT_BYTES };

/** Key of the array in a state by telescope. */
const ARRAY = 0;

class StereoResultWriter implements EventRowsWriter {
  readonly #results: StereoResultRows['results'];
  readonly #isGeometry: boolean;
  readonly #tables: ResultTables | undefined;
  readonly #ids = new RowIds();
  readonly #index: Index;

  constructor({ spec, results }: StereoResultRows, tables: ContainerTables) {
    this.#results = results;
    this.#isGeometry = spec === dataModel.STEREO_RESULTS.geometry;
    this.#index = indexOf(spec) as Index;
    if (tables.isWritten(spec)) {
      this.#tables = new ResultTables((algorithm) => tables.rows(spec, { algorithm }, RESULT_COLUMNS));
    }
  }

  write(event: ArrayEvent): void {
    if (!this.#tables) return;
    const { obsId, eventId } = event.index;
    Object.assign(this.#index, { obsId, eventId });
    this.#ids.add(event.index);
    this.#tables.write(this.#results(event), this.#ids, this.#index);
  }

  takeState(): EventRowsState {
    this.#tables?.restart();
    return new Map([[ARRAY, this.#ids.take()]]);
  }

  add(state: EventRowsState, added: ReadonlyMap<ContainerRows, number>): void {
    this.#ids.addPairs(state.get(ARRAY) ?? []);
    this.#tables?.add(added, this.#ids, this.#index);
  }

  addMissingGeometries(algorithms: readonly string[]): void {
    if (!this.#isGeometry) return;
    for (const algorithm of algorithms) {
      this.#tables?.addMissing(algorithm, new ReconstructedGeometryContainer(), this.#ids, this.#index);
    }
  }
}

/** Tables of the results of one telescope, by property. */
interface TelescopeTables {
  readonly ids: RowIds;
  readonly tables: readonly ResultTables[];
}

class TelescopeResultWriter implements EventRowsWriter {
  readonly #properties: TelescopeResultRows['properties'];
  readonly #index = indexOf(dataModel.TELESCOPE_RESULTS.geometry) as Index;
  readonly #open: (telId: number) => TelescopeTables;
  readonly #telescopes: TelescopeTables[] = [];

  constructor({ properties }: TelescopeResultRows, tables: ContainerTables) {
    this.#properties = properties.filter((property) => tables.isWritten(dataModel.TELESCOPE_RESULTS[property]));
    this.#open = (telescope) => ({
      ids: new RowIds(),
      tables: this.#properties.map((property) => {
        const spec = dataModel.TELESCOPE_RESULTS[property];
        return new ResultTables((algorithm) => tables.rows(spec, { algorithm, telescope }, RESULT_COLUMNS));
      }),
    });
  }

  write({ index: { obsId, eventId }, trigger, dl2 }: ArrayEvent): void {
    if (this.#properties.length === 0) return;
    const index = this.#index;
    Object.assign(index, { obsId, eventId });
    for (const telId of new Set([...trigger.telsWithTrigger, ...dl2.tel.keys()])) {
      index.telId = telId;
      const { ids, tables } = (this.#telescopes[telId] ??= this.#open(telId));
      ids.add(index);
      const results = dl2.tel.get(telId);
      this.#properties.forEach((property, i) => tables[i].write(results?.[property] ?? NONE, ids, index));
    }
  }

  takeState(): EventRowsState {
    const state = new Map<number, readonly number[]>();
    this.#telescopes.forEach(({ ids, tables }, telId) => {
      state.set(telId, ids.take());
      for (const table of tables) table.restart();
    });
    return state;
  }

  add(state: EventRowsState, added: ReadonlyMap<ContainerRows, number>): void {
    const index = this.#index;
    for (const [telId, pairs] of state) {
      index.telId = telId;
      const { ids, tables } = (this.#telescopes[telId] ??= this.#open(telId));
      ids.addPairs(pairs);
      for (const table of tables) table.add(added, ids, index);
    }
  }
}

const NONE: ReadonlyMap<string, Container> = new Map<string, never>();
