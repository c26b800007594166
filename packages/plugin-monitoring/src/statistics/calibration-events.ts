import { CherenkitError, EventType, ExitCode, memberName, nameSome } from '@cherenkit/core';
import type { EventValues, RowRange } from '@cherenkit/kernels';
import { findRows, readTable, type TableLoader } from '@cherenkit/plugin-hdf5';
import type { Column, ColumnHeader, Table, Time } from '@cherenkit/tables';
import type { CalibrationSample } from './pixel-statistics-calculator.js';
import { imagesPath, StoredImages, type StoredEventIds } from './stored-images.js';

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

/** Events of one telescope and one type in a file, of whose images one column is read, a range of events at a time. */
export class CalibrationEvents implements CalibrationSample {
  readonly seconds: Float64Array;
  readonly shape: readonly number[];
  readonly unit: string | undefined;
  /** Name of the type, in lower case. */
  readonly typeName: string;
  readonly #times: Column;
  readonly #eventIds: Column;
  readonly #obsIds: Column;
  #rows: Int32Array;
  /** Whether `#rows` are those of a table in step with the triggers, which is checked as its rows are read. */
  #isAssumed: boolean;
  /** The last range that was read: chunks may overlap. */
  #last: { readonly events: RowRange; readonly values: EventValues } | undefined;

  /**
   * @param triggers - of the events, with `time`, `obs_id` and `event_id`
   * @param rows - of the events in the table of images
   * @param isAssumed - whether the rows are to be checked, since they are those of a table in step with the triggers
   */
  constructor(
    readonly telId: number,
    private readonly images: StoredImages,
    /** Number of the type of the events. */
    readonly type: number,
    private readonly triggers: Table,
    rows: Int32Array,
    isAssumed: boolean,
  ) {
    this.#rows = rows;
    this.#isAssumed = isAssumed;
    const { shape = [], unit } = images.header;
    // Images of selected gain channels have no dimension of channels.
    this.shape = shape.length === 1 ? [1, ...shape] : shape;
    this.unit = unit;
    this.typeName = memberName(EventType, type).toLowerCase();
    this.#times = triggers.column('time');
    this.#eventIds = triggers.column('event_id');
    this.#obsIds = triggers.column('obs_id');
    this.seconds = secondsOf(this.#times);
  }

  /** Number of events. */
  get length(): number {
    return this.#rows.length;
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
    const isSingle = this.images.header.type === 'float32';
    const values: EventValues = isSingle ? new Float32Array(length) : new Float64Array(length);
    let next = start;
    if (this.#last && this.#last.events[0] <= start && this.#last.events[1] > start) {
      const [first, known] = this.#last.events;
      next = Math.min(known, end);
      values.set(this.#last.values.subarray((start - first) * size, (next - first) * size));
    }
    const target = values.subarray((next - start) * size);
    const ids = await this.images.read(this.#rows.subarray(next, end), target);
    if (this.#isAssumed && !this.#areIdsFrom(next, ids)) {
      await this.#matchRows();
      await this.images.read(this.#rows.subarray(next, end), target);
    }
    this.#last = { events, values };
    return values;
  }

  /** Whether ids are those of the events from one on. */
  #areIdsFrom(first: number, { obsIds, eventIds }: StoredEventIds): boolean {
    return eventIds.every(
      (eventId, i) => eventId === this.eventIdOf(first + i) && obsIds[i] === BigInt(this.#obsIds.values[first + i]),
    );
  }

  /**
   * Finds the rows of the events by the ids of all rows.
   *
   * @throws CherenkitError HDF5_CORRUPT (65) for an event without image
   */
  async #matchRows(): Promise<void> {
    const { file, path } = this.images;
    this.#rows = await rowsOfTriggers(this.triggers, this.images);
    this.#isAssumed = false;
    const missing = this.#rows.indexOf(-1);
    if (missing < 0) return;
    const message = `${file.name}: ${path} has as many rows as telescope ${this.telId} has triggers, but none for event ${this.eventIdOf(missing)}. Make the file again.`;
    throw new CherenkitError('HDF5_CORRUPT', ExitCode.BAD_INPUT, message);
  }
}

/**
 * Opens the events of a telescope, by type, in the order of the first event of each type.
 *
 * @param columnName - column of the table of images
 * @throws CherenkitError STATISTICS_COLUMN_MISSING (2); TABLE_KEY_DUPLICATE (65) for several images or triggers of an event
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
  // The ids of all images are not read beforehand: that would decompress all images twice.
  const images = new StoredImages(file, telId, column.header);
  const isInStep = (await images.length()) === triggers.nRows;
  const rows = isInStep
    ? Int32Array.from({ length: triggers.nRows }, (_, row) => row)
    : await rowsOfTriggers(triggers, images);
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
    return new CalibrationEvents(telId, images, type, triggers.take(ofType), own, isInStep);
  });
}

/** Row of the image of each trigger; -1 without an image. @throws CherenkitError TABLE_KEY_DUPLICATE (65) */
async function rowsOfTriggers(triggers: Table, { file, path }: StoredImages): Promise<Int32Array> {
  return findRows(await readTable(file, path, { columns: IDS }), triggers, IDS, `${file.name}: ${path}`);
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

function columnMissing(file: string, path: string, name: string, columns: readonly ColumnHeader[]): CherenkitError {
  const others = columns.filter(({ shape = [] }) => shape.length > 0).map((column) => column.name);
  const message = `${file}: ${path} has no values of pixels in a column ${JSON.stringify(name)}; it has ${nameSome(others)}. Choose another one with --input-column-name.`;
  return new CherenkitError('STATISTICS_COLUMN_MISSING', ExitCode.USAGE, message);
}
