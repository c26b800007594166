import {
  ArrayEvent,
  ArrayPointingContainer,
  CameraCalibrationContainer,
  CoordinateFrameType,
  dataModel,
  PixelStatus,
  SimulatedEventContainer,
  TelescopeMonitoringContainer,
  type Container,
  type EventIndexContainer,
  type ObservationBlockContainer,
  type R1CameraContainer,
  type SubarrayDescription,
  type TelescopeTriggerContainer,
  type TriggerContainer,
} from '@cherenkit/core';
import type { Hdf5File } from '../engine/index.js';
import { ofAllTelescopes } from '../format/object-path.js';
import { openTable } from '../tables/read-table.js';
import { requireIds } from '../tables/trigger-table.js';
import { ContainerReader } from './container-reader.js';
import type { EventFile, PlacedSpec } from './event-files.js';
import { ARRAY_EVENT_PLACES, TELESCOPE_EVENT_PLACES, type EventPlace } from './event-places.js';
import { MatchedRows } from './matched-rows.js';
import type { TelescopePointings } from './telescope-pointings.js';

/** Memory for the blocks of rows of all tables together, bytes in the file. A block has at least one chunk of rows. */
const BLOCK_MEMORY = 2 ** 26;
/** Blocks larger than this are not faster. */
const MAX_BLOCK = 2 ** 20;

/** Data common to all events of a file. */
export interface EventReaderOptions {
  readonly file: Hdf5File;
  readonly description: EventFile;
  /** Array of the file. */
  readonly fullSubarray: SubarrayDescription;
  /** Ids of the telescopes to keep. */
  readonly telIds: ReadonlySet<number>;
  readonly isSelection: boolean;
  readonly pointings: TelescopePointings;
  readonly observationBlocks: ReadonlyMap<number, ObservationBlockContainer>;
}

/** Table whose rows are put into events. */
interface EventTable {
  readonly rows: MatchedRows;
  readonly hasRowsOfSomeEvents: boolean;
  readonly read: (ids: readonly number[]) => Promise<readonly Container[] | undefined>;
  readonly put: (event: ArrayEvent, containers: readonly Container[]) => void;
}

/**
 * Reads the events of a file, in the order of its table of array triggers; other tables are matched by their ids. Source:
 * ctapipe 0.32 `HDF5EventSource`, which reads all tables in parallel.
 */
export class EventReader {
  readonly #options: EventReaderOptions;
  #telescopeTriggers: EventTable | undefined;
  #arrayTables: readonly EventTable[] = [];
  readonly #telescopeTables = new Map<number, EventTable[]>();
  /** Number of events or telescope events without a row, by table; those of all telescopes together. */
  readonly missing = new Map<string, number>();
  /** Columns that are not read since the data model does not have them, by table; those of all telescopes together. */
  readonly unreadColumns = new Map<string, Set<string>>();

  constructor(options: EventReaderOptions) {
    this.#options = options;
  }

  /**
   * Yields the events. Events without any of the wanted telescopes are skipped, and not counted.
   *
   * @param begin - number of events before the first one that is wanted
   * @param end - number of events up to the last one
   */
  async *events(begin = 0, end = Infinity): AsyncGenerator<ArrayEvent> {
    const { file, description, fullSubarray } = this.#options;
    const { path, parts, ids } = dataModel.SUBARRAY_TRIGGER;
    if (!(await file.has(path))) return;
    await this.#openTables();
    const triggers = await openTable(file, path);
    const place = `${file.name}: ${path}`;
    const header = { place, columns: triggers.columns, placeholders: {}, version: description.version };
    const reader = new ContainerReader(parts, { ...header, telIds: fullSubarray.telIds });
    const blockRows = Math.max(triggers.chunkRows, Math.floor(MAX_BLOCK / triggers.rowBytes));
    let count = 0;
    for (let first = 0; first < triggers.nRows; first += blockRows) {
      const block = await triggers.read(first, Math.min(triggers.nRows, first + blockRows));
      for (const id of ids) requireIds(place, id, block.column(id).values, first);
      const containers = reader.open(block);
      for (let row = 0; row < block.nRows; row++) {
        if (count >= end) return;
        const [index, trigger] = containers(row) as [EventIndexContainer, TriggerContainer];
        if (!this.#select(trigger)) continue;
        if (count >= begin) yield await this.#build(index, trigger, count);
        count++;
      }
    }
  }

  /** Number of rows of no event, by table; those of all telescopes together. Final after the last event. */
  get unusedRows(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { rows } of [...this.#arrayTables, ...[...this.#telescopeTables.values()].flat()]) {
      const group = ofAllTelescopes(rows.path);
      if (rows.nUnused > 0) counts.set(group, (counts.get(group) ?? 0) + rows.nUnused);
    }
    return counts;
  }

  async #openTables(): Promise<void> {
    const { description, telIds } = this.#options;
    const placed = description.tables.flatMap((table): [PlacedSpec, EventPlace][] => {
      const place = [...ARRAY_EVENT_PLACES, ...TELESCOPE_EVENT_PLACES].find(({ spec }) => spec === table.spec);
      const telescope = table.placeholders['telescope'];
      const isWanted = telescope === undefined || telIds.has(Number(telescope));
      return place && isWanted ? [[table, place]] : [];
    });
    const blockBytes = Math.min(MAX_BLOCK, Math.floor(BLOCK_MEMORY / (placed.length + 1)));
    const arrayTables: EventTable[] = [];
    // In the order of the places: images come before the parameters that are put beside them.
    for (const place of [...ARRAY_EVENT_PLACES, ...TELESCOPE_EVENT_PLACES]) {
      for (const [table] of placed.filter(([, other]) => other === place)) {
        const opened = await this.#open(table, place, blockBytes);
        const telescope = table.placeholders['telescope'];
        if (telescope === undefined) arrayTables.push(opened);
        else {
          const telId = Number(telescope);
          const tables = this.#telescopeTables.get(telId) ?? [];
          tables.push(opened);
          this.#telescopeTables.set(telId, tables);
        }
      }
    }
    this.#arrayTables = arrayTables;
    const trigger = description.tables.find(({ spec }) => spec === dataModel.TELESCOPE_TRIGGER);
    const place: EventPlace = { spec: dataModel.TELESCOPE_TRIGGER, put: () => undefined };
    this.#telescopeTriggers = trigger && (await this.#open(trigger, place, MAX_BLOCK));
  }

  async #open(placed: PlacedSpec, place: EventPlace, blockBytes: number): Promise<EventTable> {
    const { file, description, fullSubarray } = this.#options;
    const { path, placeholders } = placed;
    const { spec, put, hasRowsOfSomeEvents = false } = place;
    const table = await openTable(file, path);
    const rows = new MatchedRows(table, file.name, spec.ids, blockBytes);
    const reader = new ContainerReader(spec.parts.slice(1), {
      place: `${file.name}: ${path}`,
      columns: table.columns,
      placeholders,
      version: description.version,
      telIds: fullSubarray.telIds,
      extensible: spec.isExtensible ? { ids: spec.ids, textBytes: await textLengths(file, path) } : undefined,
    });
    this.#addUnread(placed, reader.otherColumns);
    let [block, containers]: [unknown, ReturnType<ContainerReader['open']> | undefined] = [undefined, undefined];
    return {
      rows,
      hasRowsOfSomeEvents,
      async read(ids) {
        const found = await rows.find(ids);
        if (!found) return undefined;
        if (found.block !== block || !containers) [block, containers] = [found.block, reader.open(found.block)];
        return containers(found.row);
      },
      put: (event, parts) => put(event, parts, placeholders),
    };
  }

  /** Removes unwanted telescopes from a trigger. @returns whether any is left */
  #select(trigger: TriggerContainer): boolean {
    const { telIds, isSelection } = this.#options;
    const telescopes = trigger.telsWithTrigger.filter((telId) => telIds.has(telId));
    trigger.telsWithTrigger = isSelection ? telescopes.sort((a, b) => a - b) : telescopes;
    return telescopes.length > 0;
  }

  async #build(index: EventIndexContainer, trigger: TriggerContainer, count: number): Promise<ArrayEvent> {
    const { description, observationBlocks } = this.#options;
    const ids = [index.obsId, index.eventId];
    const telescopes = trigger.telsWithTrigger;
    const simulation = description.isSimulation ? new SimulatedEventContainer() : undefined;
    const event = new ArrayEvent({ count, index, trigger, simulation });
    for (const telId of telescopes) {
      const [telescopeTrigger] = (await this.#telescopeTriggers?.read([...ids, telId])) ?? [];
      if (telescopeTrigger) trigger.tel.set(telId, telescopeTrigger as TelescopeTriggerContainer);
      else if (this.#telescopeTriggers) this.#countMissing(this.#telescopeTriggers);
    }
    for (const table of this.#arrayTables) await this.#fill(event, table, ids);
    setArrayPointing(event, observationBlocks.get(index.obsId));
    for (const telId of telescopes) {
      this.#setTelescopePointing(event, telId);
      for (const table of this.#telescopeTables.get(telId) ?? []) await this.#fill(event, table, [...ids, telId]);
      this.#setOutliers(event, telId);
    }
    return event;
  }

  async #fill(event: ArrayEvent, table: EventTable, ids: readonly number[]): Promise<void> {
    const containers = await table.read(ids);
    if (containers) table.put(event, containers);
    else if (!table.hasRowsOfSomeEvents) this.#countMissing(table);
  }

  #addUnread({ path, spec, placeholders }: PlacedSpec, columns: readonly string[]): void {
    const known = dataModel.namedColumns({ spec, placeholders }, this.#options.description.version);
    const unread = columns.filter((name) => !known.has(name));
    if (unread.length === 0) return;
    const group = ofAllTelescopes(path);
    this.unreadColumns.set(group, new Set([...(this.unreadColumns.get(group) ?? []), ...unread]));
  }

  #countMissing({ rows: { path } }: EventTable): void {
    const group = ofAllTelescopes(path);
    this.missing.set(group, (this.missing.get(group) ?? 0) + 1);
  }

  #setTelescopePointing(event: ArrayEvent, telId: number): void {
    const { index, trigger } = event;
    const telescopeTime = trigger.tel.get(telId)?.time ?? trigger.time;
    const pointing = this.#options.pointings(telId, { obsId: index.obsId, telescopeTime, arrayTime: trigger.time });
    if (pointing) event.monitoring.tel.set(telId, new TelescopeMonitoringContainer({ pointing }));
  }

  /** Pixels without stored gain are outliers. Source: ctapipe 0.32 `HDF5EventSource._fill_r1_for_tel`. */
  #setOutliers(event: ArrayEvent, telId: number): void {
    const r1 = event.r1.tel.get(telId);
    const { nChannels } = this.#options.fullSubarray.telescope(telId).camera.readout;
    const outlierMask = r1 && outliersOf(r1, nChannels);
    if (!outlierMask) return;
    const monitoring = event.monitoring.tel.get(telId) ?? new TelescopeMonitoringContainer();
    monitoring.camera.coefficients = new CameraCalibrationContainer({ outlierMask });
    event.monitoring.tel.set(telId, monitoring);
  }
}

/** Lengths of the text columns of a table, bytes. */
async function textLengths(file: Hdf5File, path: string): Promise<ReadonlyMap<string, number>> {
  const { columns } = await file.table(path);
  return new Map(
    columns.flatMap(({ name, type }) => (type.startsWith('S') ? [[name, Number(type.slice(1))] as const] : [])),
  );
}

/** Mask of shape (nChannels, nPixels); undefined if the file does not store the status of the pixels. */
function outliersOf({ pixelStatus }: R1CameraContainer, nChannels: number): Uint8Array | undefined {
  // Without gain selection, files have no status: all values are zero.
  if (!pixelStatus?.some((status) => status !== 0)) return undefined;
  const { HIGH_GAIN_STORED, LOW_GAIN_STORED } = PixelStatus;
  const stored = nChannels === 2 ? [HIGH_GAIN_STORED, LOW_GAIN_STORED] : [HIGH_GAIN_STORED | LOW_GAIN_STORED];
  const nPixels = pixelStatus.length;
  const mask = new Uint8Array(nChannels * nPixels);
  stored.forEach((bits, channel) => {
    for (let pixel = 0; pixel < nPixels; pixel++) {
      mask[channel * nPixels + pixel] = (pixelStatus[pixel] & bits) === 0 ? 1 : 0;
    }
  });
  return mask;
}

function setArrayPointing({ monitoring }: ArrayEvent, block: ObservationBlockContainer | undefined): void {
  if (!block) return;
  const { subarrayPointingLat: lat, subarrayPointingLon: lon, subarrayPointingFrame: frame } = block;
  if (Number.isNaN(lat) || Number.isNaN(lon)) return;
  if (frame === CoordinateFrameType.ALTAZ) {
    monitoring.pointing = new ArrayPointingContainer({ arrayAzimuth: lon, arrayAltitude: lat });
  } else if (frame === CoordinateFrameType.ICRS) {
    monitoring.pointing = new ArrayPointingContainer({ arrayRa: lon, arrayDec: lat });
  }
}
