// The program in the page of a report: it selects events by a filter, draws histograms and the table of the selected events,
// and the pictures of the chosen one. The state is in the fragment of the URL.
import { eventPicture } from '@cherenkit/display';
import { Table } from '@cherenkit/tables';
import { unpackEvent, unpackSubarray } from '../report/packed-event.js';
import { unpackJson } from '../report/packed-json.js';
import { EventTable } from './report-event-table.js';
import { LinkedHistograms, numberText } from './linked-histograms.js';

/** Width of a picture of an event, CSS pixels, and largest number in a row. */
const [COLUMN_WIDTH, MAX_COLUMNS] = [330, 4];

interface ReportData {
  readonly columns: string;
  readonly subarray: string;
  /** Packed events by row. */
  readonly events: Readonly<Record<string, string>>;
}

interface ReportColumnData {
  readonly name: string;
  readonly values: ArrayLike<number | string>;
  readonly unit?: string;
  readonly description?: string;
}

void start();

async function start(): Promise<void> {
  const data = JSON.parse(byId('data', HTMLScriptElement).textContent) as ReportData;
  const columns = (await unpackJson(data.columns)) as ReportColumnData[];
  const table = Table.of({
    ...Object.fromEntries(columns.map(({ name, ...column }) => [name, column])),
    row: Float64Array.from({ length: columns[0]?.values.length ?? 0 }, (_, row) => row),
  });
  const subarray = unpackSubarray(data.subarray);
  const [filter, selected, place] = [
    byId('filter', HTMLInputElement),
    byId('selected', HTMLOutputElement),
    byId('event', HTMLElement),
  ];

  const prefersDark = matchMedia('(prefers-color-scheme: dark)');
  let shown: number | undefined;

  const events = new EventTable(
    byId('events', HTMLTableElement),
    byId('more', HTMLButtonElement),
    (row) => row in data.events,
    (row) => void draw(row, true),
  );
  const histograms = new LinkedHistograms(byId('histograms', HTMLElement), table, (column, range) => {
    filter.value = withRange(filter.value, column, range);
    update();
  });

  function update(): void {
    const condition = filter.value.trim();
    let rows = table;
    try {
      if (condition !== '') rows = table.filter(condition);
    } catch (error) {
      filter.setAttribute('aria-invalid', 'true');
      selected.textContent = error instanceof Error ? error.message : String(error);
      return;
    }
    filter.removeAttribute('aria-invalid');
    selected.textContent = `${rows.nRows} of ${table.nRows} events`;
    const mask = new Uint8Array(table.nRows);
    for (const row of rows.numbers('row')) mask[row] = 1;
    histograms.update(mask);
    events.show(rows);
    remember('filter', condition);
  }

  async function draw(row: number, isChosen: boolean): Promise<void> {
    const packed = data.events[row];
    if (packed === undefined) return;
    const event = await unpackEvent(packed);
    // Pictures keep a size in which their texts are readable.
    const columns = Math.max(1, Math.min(MAX_COLUMNS, Math.floor(place.clientWidth / COLUMN_WIDTH)));
    const theme = prefersDark.matches ? 'dark' : 'light';
    place.innerHTML = eventPicture(event, await subarray, { columns, theme }).toSvg();
    shown = row;
    events.select(row);
    remember('row', String(row));
    if (isChosen) place.scrollIntoView({ block: 'start' });
  }

  const redraw = (): void => {
    if (shown !== undefined) void draw(shown, false);
  };
  prefersDark.addEventListener('change', redraw);
  window.addEventListener('resize', redraw);

  const state = new URLSearchParams(location.hash.slice(1));
  filter.value = state.get('filter') ?? '';
  byId('interactive', HTMLElement).hidden = false;
  filter.addEventListener('input', update);
  update();
  const row = Number(state.get('row') ?? Object.keys(data.events)[0] ?? NaN);
  await draw(row, false);
}

/** Replaces the range of a column in a filter. */
function withRange(filter: string, column: string, range: readonly [low: number, high: number] | undefined): string {
  const number = String.raw`[\d.e+-]+`;
  const old = new RegExp(`(?: and )?\\b${column} >= ${number}(?: and ${column} < ${number})?`);
  const rest = filter
    .replace(old, '')
    .replace(/^ *and /, '')
    .trim();
  if (range === undefined) return rest;
  const [low, high] = range.map(numberText);
  const condition = `${column} >= ${low}${range[1] === Infinity ? '' : ` and ${column} < ${high}`}`;
  return rest === '' ? condition : `${rest} and ${condition}`;
}

/** Keeps a part of the state in the fragment of the URL. */
function remember(name: string, value: string): void {
  const state = new URLSearchParams(location.hash.slice(1));
  if (value === '') state.delete(name);
  else state.set(name, value);
  history.replaceState(undefined, '', `#${state.toString()}`);
}

function byId<T extends HTMLElement>(id: string, type: { new (): T }): T {
  const element = document.getElementById(id);
  if (element instanceof type) return element;
  throw new Error(`The page has no element ${id}.`);
}
