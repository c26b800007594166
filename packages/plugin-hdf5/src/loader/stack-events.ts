import { Column, emptyValues, placeCells, Table } from '@cherenkit/tables';
import type { EventColumns, WritableValues } from './event-columns.js';

/** Events of one telescope, whose values may not be read yet. */
export interface TelescopeEvents {
  readonly telId: number;
  /** Parts of the columns, which begin with the ids. */
  readonly parts: readonly EventColumns[];
  /** The columns of all parts under their final names, without rows. */
  readonly headers: Table;
  /** Row of the array event in the range that was read, for each event. */
  readonly events: Int32Array;
}

/** Telescope events in a table. */
export interface StackedEvents {
  readonly table: Table;
  /** Row of the array event in the range that was read, for each row. */
  readonly events: Int32Array;
}

/**
 * Reads the events of several telescopes into one table, by array event, then by telescope id. The columns are those of all
 * telescopes, with missing values for telescopes that lack them.
 *
 * @param nArrayEvents - number of array events in the range that is read
 * @throws CherenkitError TABLES_DIFFER (2) naming a column and the difference
 */
export async function stackEvents(
  telescopes: readonly TelescopeEvents[],
  nArrayEvents: number,
): Promise<StackedEvents> {
  const headers = Table.stack(
    telescopes.map((telescope) => telescope.headers),
    { how: 'outer' },
  );
  const { places, events } = rowsInOrder(telescopes, nArrayEvents);
  const columns = new Map<string, WritableValues>();
  for (const { name, type, count } of headers.columns.values()) {
    columns.set(name, emptyValues(type, events.length * count));
  }
  for (const [i, telescope] of telescopes.entries()) {
    const targets = telescope.headers.names.map((name) => columns.get(name) ?? []);
    let next = 0;
    for (const part of telescope.parts) {
      const end = next + part.headers.columns.size;
      await part.writeTo(targets.slice(next, end), places[i]);
      next = end;
    }
    for (const [name, values] of columns) {
      if (!telescope.headers.has(name)) placeMissing(headers.column(name), values, places[i]);
    }
  }
  const filled = Array.from(columns, ([name, values]) => new Column(headers.column(name).header, values));
  return { table: new Table(filled, headers.meta, events.length), events };
}

/** Row of each event of each telescope in the order by array event, then by telescope id, and the array event of each row. */
function rowsInOrder(
  telescopes: readonly TelescopeEvents[],
  nArrayEvents: number,
): { readonly places: Int32Array[]; readonly events: Int32Array } {
  // Sorted by counting: the next row of each array event.
  const next = new Int32Array(nArrayEvents + 1);
  for (const { events } of telescopes) for (const event of events) next[event + 1]++;
  for (let event = 0; event < nArrayEvents; event++) next[event + 1] += next[event];
  const sorted = new Int32Array(next[nArrayEvents]);
  const places = telescopes.map(({ events }) => new Int32Array(events.length));
  const byId = telescopes.map((_, i) => i).sort((a, b) => telescopes[a].telId - telescopes[b].telId);
  for (const i of byId) {
    const { events } = telescopes[i];
    for (let k = 0; k < events.length; k++) {
      const row = next[events[k]]++;
      places[i][k] = row;
      sorted[row] = events[k];
    }
  }
  return { places, events: sorted };
}

function placeMissing(column: Column, values: WritableValues, places: Int32Array): void {
  const missing = column.take(new Int32Array(places.length).fill(-1));
  placeCells(missing.values, values, column.count, places);
}
