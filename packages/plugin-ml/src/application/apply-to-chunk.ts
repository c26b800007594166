import { Table } from '@cherenkit/tables';
import { COMBINED_COLUMNS } from '../combination/result-columns.js';
import type { AppliedModel } from './applied-model.js';
import type { PredictionTables } from './prediction-tables.js';

const EVENT_IDS = ['obs_id', 'event_id'] as const;
const TELESCOPE_IDS = [...EVENT_IDS, 'tel_id'] as const;

/** Name of a temporary column, which is not one of files. */
const ROW = ' row';

/**
 * Applies models, one after the other, to the telescope events of a range of array events. Later models see the predictions of those
 * before them.
 *
 * @param events - ids of the array events in their order
 * @param telescopes - telescope events by telescope id
 * @param output - receives the predictions
 */
export function applyToChunk(
  models: readonly AppliedModel[],
  events: Table,
  telescopes: ReadonlyMap<number, Table>,
  output?: PredictionTables,
): void {
  const numbered = events.select(...EVENT_IDS).withColumn(
    ROW,
    Int32Array.from({ length: events.nRows }, (_, row) => row),
  );
  const tables = new Map([...telescopes].filter(([, table]) => table.nRows > 0));
  const eventOf = new Map(
    Array.from(tables, ([telId, table]) => {
      const joined = table.select(...EVENT_IDS).join(numbered, EVENT_IDS, { how: 'left' });
      return [telId, joined.column(ROW).values as Int32Array];
    }),
  );
  for (const model of models) {
    const predicted: number[] = [];
    for (const [telId, table] of tables) {
      const predictions = model.predict(table, telId);
      if (!predictions) continue;
      predicted.push(telId);
      output?.appendTelescope(model, telId, table.select(...TELESCOPE_IDS), predictions);
      tables.set(telId, withColumns(table, predictions));
    }
    if (predicted.length === 0) continue;
    const { stacked, order } = stackByEvent(model, predicted, tables, eventOf, events.nRows);
    const combined = model.combine(stacked);
    output?.appendEvents(model, combined);
    addCombined(tables, combined, eventOf, order);
  }
}

function withColumns(table: Table, added: Table): Table {
  const columns = new Map(table.columns);
  for (const [name, column] of added.columns) columns.set(name, column);
  return new Table(columns.values(), table.meta);
}

/** Stacks telescope events in the order of the array events. Also returns the array events that have some. */
function stackByEvent(
  { prefix }: AppliedModel,
  telIds: readonly number[],
  tables: ReadonlyMap<number, Table>,
  eventOf: ReadonlyMap<number, Int32Array>,
  nEvents: number,
): { readonly stacked: Table; readonly order: Int32Array } {
  const parts = telIds.flatMap((telId) => {
    const table = tables.get(telId);
    if (!table) return [];
    const names = table.names.filter((name) => COMBINED_COLUMNS.has(name) || name.startsWith(`${prefix}_tel_`));
    return [table.select(...names)];
  });
  const rowEvents = telIds.map((telId) => eventOf.get(telId) ?? new Int32Array(0));
  // Sorted by counting: `next` is the next place of each array event.
  const next = new Int32Array(nEvents + 1);
  for (const events of rowEvents) for (const event of events) next[event + 1]++;
  const order = Int32Array.from({ length: nEvents }, (_, event) => event).filter((event) => next[event + 1] > 0);
  for (let event = 0; event < nEvents; event++) next[event + 1] += next[event];
  const rows = new Int32Array(next[nEvents]);
  let row = 0;
  for (const events of rowEvents) for (const event of events) rows[next[event]++] = row++;
  return { stacked: Table.stack(parts, { how: 'outer', order: rows }), order };
}

/** Adds the columns of array events to the telescope events. */
function addCombined(
  tables: Map<number, Table>,
  combined: Table,
  eventOf: ReadonlyMap<number, Int32Array>,
  order: Int32Array,
): void {
  const rowOf = new Map(Array.from(order, (event, row) => [event, row]));
  const results = combined.without(...EVENT_IDS);
  for (const [telId, table] of tables) {
    const rows = (eventOf.get(telId) ?? new Int32Array(0)).map((event) => rowOf.get(event) ?? -1);
    tables.set(telId, withColumns(table, results.take(rows)));
  }
}
