import { dataModel, type ArrayEvent, type Container, type SubarrayDescription } from '@cherenkit/core';
import type { CellContext } from './column-encoder.js';
import type { ContainerRows } from './container-rows.js';
import type { ContainerTables } from './container-tables.js';
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
}

/** Index of a row; one object is reused for all rows. */
type Index = Container & { obsId: number; eventId: number; telId: number };

/** Writes the event tables of {@link EVENT_ROWS}. */
export class EventTables {
  readonly #writers: readonly EventRowsWriter[];

  /** @param fixedPoint - fixed-point encodings by field */
  constructor(tables: ContainerTables, subarray: SubarrayDescription, fixedPoint: CellContext['fixedPoint'] = {}) {
    const context = { fixedPoint };
    this.#writers = EVENT_ROWS.map((rows) => createWriter(rows, tables, subarray, context));
  }

  /** Appends the rows of an event. */
  write(event: ArrayEvent): void {
    for (const writer of this.#writers) writer.write(event);
  }
}

function createWriter(
  rows: EventRows,
  tables: ContainerTables,
  subarray: SubarrayDescription,
  context: Partial<CellContext>,
): EventRowsWriter {
  switch (rows.kind) {
    case 'array event':
      return new ArrayEventWriter(rows, tables);
    case 'telescopes':
      return new TelescopeEventWriter(rows, tables, subarray, context);
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
        if (table.isOncePerObservation && !this.#isFirst(telId, index.obsId)) continue;
        const containers = table.containers(container, event, telId);
        if (containers) (rows[i] ??= this.#open(table, telId, container)).write(index, containers);
      }
    }
  }

  #isFirst(telId: number, obsId: number): boolean {
    const observed = (this.#observed[telId] ??= new Set());
    return observed.size < observed.add(obsId).size;
  }
}

/** Row writers by algorithm, looked up by position, since the order of algorithms is nearly the same in all events. */
class AlgorithmRows {
  readonly #names: string[] = [];
  readonly #rows: ContainerRows[] = [];
  readonly #open: (algorithm: string) => ContainerRows;

  constructor(open: (algorithm: string) => ContainerRows) {
    this.#open = open;
  }

  /** @param position - expected position of the algorithm */
  get(position: number, algorithm: string): ContainerRows {
    if (this.#names[position] === algorithm) return this.#rows[position];
    let found = this.#names.indexOf(algorithm);
    if (found < 0) {
      found = this.#names.push(algorithm) - 1;
      this.#rows.push(this.#open(algorithm));
    }
    return this.#rows[found];
  }
}

class StereoResultWriter implements EventRowsWriter {
  readonly #results: StereoResultRows['results'];
  readonly #rows: AlgorithmRows | undefined;

  constructor({ spec, results }: StereoResultRows, tables: ContainerTables) {
    this.#results = results;
    if (tables.isWritten(spec)) this.#rows = new AlgorithmRows((algorithm) => tables.rows(spec, { algorithm }));
  }

  write(event: ArrayEvent): void {
    if (!this.#rows) return;
    let position = 0;
    for (const [algorithm, result] of this.#results(event)) {
      this.#rows.get(position++, algorithm).write(event.index, [result]);
    }
  }
}

class TelescopeResultWriter implements EventRowsWriter {
  readonly #properties: TelescopeResultRows['properties'];
  readonly #index = indexOf(dataModel.TELESCOPE_RESULTS.geometry) as Index;
  readonly #open: (telId: number) => AlgorithmRows[];
  /** Row writers by telescope id and property. */
  readonly #rows: AlgorithmRows[][] = [];

  constructor({ properties }: TelescopeResultRows, tables: ContainerTables) {
    this.#properties = properties.filter((property) => tables.isWritten(dataModel.TELESCOPE_RESULTS[property]));
    this.#open = (telescope) =>
      this.#properties.map((property) => {
        const spec = dataModel.TELESCOPE_RESULTS[property];
        return new AlgorithmRows((algorithm) => tables.rows(spec, { algorithm, telescope }));
      });
  }

  write({ index: { obsId, eventId }, dl2 }: ArrayEvent): void {
    if (this.#properties.length === 0) return;
    const index = this.#index;
    index.obsId = obsId;
    index.eventId = eventId;
    for (const [telId, results] of dl2.tel) {
      index.telId = telId;
      const rows = (this.#rows[telId] ??= this.#open(telId));
      for (let i = 0; i < this.#properties.length; i++) {
        const property = this.#properties[i];
        let position = 0;
        for (const [algorithm, result] of results[property]) {
          rows[i].get(position++, algorithm).write(index, [result]);
        }
      }
    }
  }
}
