import { CherenkitError, dataModel, EventType, ExitCode, memberName, nameSome } from '@cherenkit/core';
import type { EventValues, RowRange } from '@cherenkit/kernels';
import { readTable, type TableLoader } from '@cherenkit/plugin-hdf5';
import { fillPlaceholders, Table, type Column, type ColumnHeader, type Time } from '@cherenkit/tables';
import type { CalibrationSample } from './pixel-statistics-calculator.js';

const IDS = ['obs_id', 'event_id', 'tel_id'] as const;

/** What is read of telescope events: their triggers. */
const TRIGGERS = {
  dl1Images: false,
  dl1Parameters: false,
  dl1Muons: false,
  dl2: false,
  simulated: false,
  trueImages: false,
  trueParameters: false,
  instrument: false,
  observationInfo: false,
  pointing: false,
} as const;

/** Rows that are read at once. */
const BLOCK_ROWS = 256;

/** Events of one telescope and one type in a file, of whose images one column is read, a range of events at a time. */
export class CalibrationEvents implements CalibrationSample {
  readonly seconds: Float64Array;
  readonly shape: readonly number[];
  readonly unit: string | undefined;
  /** Name of the type, in lower case. */
  readonly typeName: string;
  readonly #times: Column;
  readonly #eventIds: Column;
  /** The last range that was read: chunks may overlap. */
  #last: { readonly events: RowRange; readonly values: EventValues } | undefined;

  /**
   * @param triggers - of the events, with `time` and `event_id`
   * @param rows - of the events in the table of images
   */
  constructor(
    private readonly loader: TableLoader,
    readonly telId: number,
    private readonly header: ColumnHeader,
    /** Number of the type of the events. */
    readonly type: number,
    triggers: Table,
    private readonly rows: Int32Array,
  ) {
    const { shape = [], unit } = header;
    // Images of selected gain channels have no dimension of channels.
    this.shape = shape.length === 1 ? [1, ...shape] : shape;
    this.unit = unit;
    this.typeName = memberName(EventType, type).toLowerCase();
    this.#times = triggers.column('time');
    this.#eventIds = triggers.column('event_id');
    this.seconds = secondsOf(this.#times);
  }

  /** Number of events. */
  get length(): number {
    return this.rows.length;
  }

  timeOf(event: number): Time {
    return this.#times.timeAt(event);
  }

  eventIdOf(event: number): bigint {
    return BigInt(this.#eventIds.values[event]);
  }

  /** @throws CherenkitError HDF5_CORRUPT (65) */
  async read(events: RowRange): Promise<EventValues> {
    const [start, end] = events;
    const size = this.shape.reduce((product, length) => product * length, 1);
    const length = (end - start) * size;
    const values: EventValues = this.header.type === 'float32' ? new Float32Array(length) : new Float64Array(length);
    let next = start;
    if (this.#last && this.#last.events[0] <= start && this.#last.events[1] > start) {
      const [first, known] = this.#last.events;
      next = Math.min(known, end);
      values.set(this.#last.values.subarray((start - first) * size, (next - first) * size));
    }
    const table = await this.loader.file.table(imagesPath(this.telId));
    const member = table.columns[table.indexOf(this.header.name)];
    for (const block of blocksOf(this.rows, next, end)) {
      const isWhole = block.rows[1] - block.rows[0] === block.events[1] - block.events[0];
      if (isWhole && member.type === this.header.type && values instanceof Float32Array) {
        const target = values.subarray((block.events[0] - start) * size, (block.events[1] - start) * size);
        await table.readInto([{ member, values: target }], ...block.rows);
        continue;
      }
      const range = { columns: [this.header.name], start: block.rows[0], stop: block.rows[1] };
      const read = (await readTable(this.loader.file, table.path, range)).column(this.header.name);
      for (let event = block.events[0]; event < block.events[1]; event++) {
        const at = (this.rows[event] - block.rows[0]) * size;
        copy(read, at, values, (event - start) * size, size);
      }
    }
    this.#last = { events, values };
    return values;
  }
}

/**
 * Opens the events of a telescope, by type, in the order of the first event of each type.
 *
 * @param columnName - column of the table of images
 * @throws CherenkitError STATISTICS_COLUMN_MISSING (2); HDF5_CORRUPT (65) for images without a trigger
 */
export async function openCalibrationEvents(
  loader: TableLoader,
  telId: number,
  columnName: string,
): Promise<readonly CalibrationEvents[]> {
  const { file } = loader;
  const path = imagesPath(telId);
  if (!(await file.has(path))) return [];
  const columns = [...(await readTable(file, path, { stop: 0 })).columns.values()];
  const column = columns.find(({ name }) => name === columnName);
  if (!column || column.shape.length === 0) throw columnMissing(file.name, path, columnName, columns);
  const triggers = await loader.readTelescopeEvents({ telescopes: [telId], ...TRIGGERS });
  const rows = rowsOfTriggers(triggers, await readTable(file, path, { columns: IDS }));
  const types = triggers.column('event_type').values;
  const byType = new Map<number, number[]>();
  rows.forEach((row, trigger) => {
    if (row < 0) return;
    const type = Number(types[trigger]);
    const ofType = byType.get(type) ?? [];
    byType.set(type, ofType);
    ofType.push(trigger);
  });
  return Array.from(byType, ([type, ofType]) => {
    const own = Int32Array.from(ofType, (trigger) => rows[trigger]);
    return new CalibrationEvents(loader, telId, column.header, type, triggers.take(ofType), own);
  });
}

/** Row of the image of each trigger; -1 without an image. */
function rowsOfTriggers(triggers: Table, images: Table): Int32Array {
  const rows = new Table([...images.columns.values()], {}, images.nRows).withColumn(
    ROW,
    Int32Array.from({ length: images.nRows }, (_, row) => row),
  );
  return triggers
    .select(...IDS)
    .join(rows, IDS, { how: 'left' })
    .column(ROW).values as Int32Array;
}

/** Not a name of a column in files. */
const ROW = ' row';

function imagesPath(telId: number): string {
  return fillPlaceholders(dataModel.IMAGES.path, { telescope: telId });
}

/** Time of each event since the first one. */
function secondsOf(times: Column): Float64Array {
  if (times.length === 0) return new Float64Array(0);
  const first = times.timeAt(0);
  return Float64Array.from({ length: times.length }, (_, event) => {
    const { seconds, quarterNanoseconds } = times.timeAt(event);
    return seconds - first.seconds + (quarterNanoseconds - first.quarterNanoseconds) / 4e9;
  });
}

interface Block {
  readonly events: RowRange;
  readonly rows: RowRange;
}

/** Ranges of events that are in few consecutive rows of the table. */
function* blocksOf(rows: Int32Array, start: number, end: number): Generator<Block> {
  for (let first = start; first < end;) {
    let next = first + 1;
    while (next < end && rows[next] > rows[next - 1] && rows[next] - rows[first] < BLOCK_ROWS) next++;
    yield { events: [first, next], rows: [rows[first], rows[next - 1] + 1] };
    first = next;
  }
}

function copy({ values }: Column, from: number, target: EventValues, at: number, length: number): void {
  if (values instanceof Float32Array || values instanceof Float64Array) {
    target.set(values.subarray(from, from + length), at);
  } else {
    for (let i = 0; i < length; i++) target[at + i] = Number(values[from + i]);
  }
}

function columnMissing(file: string, path: string, name: string, columns: readonly ColumnHeader[]): CherenkitError {
  const others = columns.filter(({ shape = [] }) => shape.length > 0).map((column) => column.name);
  const message = `${file}: ${path} has no values of pixels in a column ${JSON.stringify(name)}; it has ${nameSome(others)}. Choose another one with --input-column-name.`;
  return new CherenkitError('STATISTICS_COLUMN_MISSING', ExitCode.USAGE, message);
}
