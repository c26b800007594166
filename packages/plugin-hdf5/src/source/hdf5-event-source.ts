import {
  dataModel,
  EventSource,
  PROVENANCE,
  trait,
  type ArrayEvent,
  type InputSignature,
  type RunDescription,
  type SourceOutcome,
} from '@cherenkit/core';
import type { DataModelVersion } from '@cherenkit/tables';
import { decompressed, type ByteSource } from '@cherenkit/io';
import { Hdf5File, type Hdf5Source } from '../engine/index.js';
import { HDF5_SIGNATURE } from '../format/hdf5-writer.js';
import { fileDefect } from '../tables/file-defect.js';
import { readSubarray } from '../tables/read-subarray.js';
import { readTableHeader } from '../tables/read-table.js';
import { hasTriggers } from '../tables/trigger-table.js';
import { describeEventFile, type PlacedSpec } from './event-files.js';
import { EventReader } from './event-reader.js';
import { readObservations, type Observations } from './read-observations.js';
import { pointingTypeOf, readTelescopePointings } from './telescope-pointings.js';

/** State of the source once the input is open. */
interface OpenFile {
  readonly file: Hdf5File;
  readonly run: RunDescription;
  readonly observations: Observations;
  readonly nEvents: number;
  readonly reader: EventReader;
}

/**
 * Reads events of HDF5 files in ctapipe's data model, v4.0.0 to v7.6.0: calibrated waveforms, images, parameters, muons,
 * reconstructed showers, simulation, triggers and pointing. Source: ctapipe 0.32 `HDF5EventSource`.
 *
 * Rows of an event are found by its ids, in any order.
 *
 * @example
 * ```ts
 * await using source = await EventSource.open('events.dl2.h5'); // selects this source by the file's first bytes
 * for await (const event of source) {
 *   console.log(event.index.eventId, event.dl2.stereo.geometry.get('HillasReconstructor')?.alt); // rad
 * }
 * ```
 */
export class HDF5EventSource extends EventSource.withTraits({
  focalLengthChoice: trait.oneOf(['EFFECTIVE', 'EQUIVALENT'], {
    default: 'EFFECTIVE',
    caseless: true,
    help: 'Focal length that converts camera coordinates to angles: effective (from ray tracing) or equivalent (nominal).',
  }),
}) {
  static override readonly help = "Reads events of HDF5 files in ctapipe's data model.";
  static override readonly recognises: readonly InputSignature[] = [{ magic: '894844460d0a1a0a' }];

  #open: OpenFile | undefined;
  #range: readonly [first: number, end: number] = [0, Infinity];

  override async open(input: ByteSource | undefined): Promise<void> {
    const bytes = this.requireFile(input, 'an HDF5 file');
    const file = await Hdf5File.open(await sourceOf(bytes, this.traits.inputUrl));
    try {
      this.#open = await this.#describe(file);
    } catch (error) {
      await file.close();
      throw fileDefect(file.name, error);
    }
    this.context.service(PROVENANCE).addInput({ url: bytes.name, role: 'Event' });
  }

  override get run(): RunDescription {
    return this.#opened.run;
  }

  override get nEvents(): number {
    return this.#opened.nEvents;
  }

  override get outcome(): SourceOutcome {
    const { observations } = this.#opened;
    return { ...super.outcome, simulatedShowerDistributions: observations.showerDistributions };
  }

  override selectEvents(first: number, end: number): void {
    this.#range = [first, end];
  }

  override async *[Symbol.asyncIterator](): AsyncGenerator<ArrayEvent> {
    const { file, reader } = this.#opened;
    const [first, last] = this.#range;
    const end = Math.min(last, this.traits.maxEvents ?? Infinity);
    let count = first;
    try {
      for await (const event of reader.events(first, end)) {
        yield event;
        count++;
      }
    } catch (error) {
      throw fileDefect(file.name, error);
    }
    this.#warn(reader, first === 0 && count < end && this.traits.allowedTels === undefined);
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.#open?.file.close();
  }

  get #opened(): OpenFile {
    if (this.#open === undefined) throw new Error('HDF5EventSource was not opened.');
    return this.#open;
  }

  async #describe(file: Hdf5File): Promise<OpenFile> {
    const { allowedTels, focalLengthChoice } = this.traits;
    const description = await describeEventFile(file);
    for (const path of description.unknownTables) {
      const message = `${this.traits.inputUrl}: ${path} is not in the data model; it is not read.`;
      this.context.logger.warning(message);
    }
    for (const [path, link] of await file.brokenLinks()) {
      this.context.logger.warning(`${this.traits.inputUrl}: ${path} is ${link}; it is not read.`);
    }
    const fullSubarray = await readSubarray(file, focalLengthChoice);
    const subarray = this.selectAllowedTels(fullSubarray);
    const observations = await readObservations(file, description);
    const { path } = dataModel.SUBARRAY_TRIGGER;
    const triggers = (await hasTriggers(file)) ? await file.table(path) : undefined;
    for (const table of [dataModel.SUBARRAY_TRIGGER, dataModel.TELESCOPE_TRIGGER]) {
      const missing = await missingColumns(file, table, description.version);
      if (missing.length === 0) continue;
      const message = `${this.traits.inputUrl}: ${table.path} has no column ${missing.join(', ')}; these values are unknown.`;
      this.context.logger.warning(message);
    }
    const obsIdType = triggers?.columns.find(({ name }) => name === 'obs_id')?.type;
    const reader = new EventReader({
      file,
      description,
      fullSubarray,
      telIds: new Set(subarray.telIds),
      isSelection: allowedTels !== undefined,
      pointings: await readTelescopePointings(file, description.tables),
      observationBlocks: observations.observationBlocks,
    });
    const run: RunDescription = {
      subarray,
      isSimulation: description.isSimulation,
      dataLevels: description.dataLevels,
      obsIdType: obsIdType === 'int64' || obsIdType === 'uint64' ? 'int64' : obsIdType && 'int32',
      pointingType: await pointingTypeOf(file, description.tables),
      observationBlocks: observations.observationBlocks,
      schedulingBlocks: observations.schedulingBlocks,
      simulationConfig: observations.simulationConfig,
      atmosphereDensityProfile: observations.atmosphereDensityProfile,
      waveformUnit: await chargeUnitOf(file, description.tables),
      keepsAllGains: await hasAllGains(
        file,
        description.tables.filter(({ spec }) => spec === dataModel.R1_WAVEFORMS),
      ),
    };
    return { file, run, observations, nEvents: triggers?.nRows ?? 0, reader };
  }

  /** @param isComplete - whether all events were read */
  #warn({ missing, unreadColumns, unusedRows }: EventReader, isComplete: boolean): void {
    const { logger } = this.context;
    if (missing.size > 0) {
      logger.warning(
        `${this.traits.inputUrl}: tables have no rows for some of the triggered events, which have no such data: ${countsOf(missing)}.`,
      );
    }
    for (const [path, columns] of unreadColumns) {
      logger.warning(
        `${this.traits.inputUrl}: ${path} has columns that are not in the data model; they are not read: ${[...columns].join(', ')}.`,
      );
    }
    if (!isComplete) return;
    if (unusedRows.size > 0) {
      logger.warning(
        `${this.traits.inputUrl}: tables have rows of no triggered event, which are ignored: ${countsOf(unusedRows)}.`,
      );
    }
  }
}

/** `/dl1/event/telescope/images/tel_* (3), /simulation/event/subarray/shower (1)` */
function countsOf(tables: ReadonlyMap<string, number>): string {
  return [...tables].map(([path, count]) => `${path} (${count})`).join(', ');
}

/** Columns of the data model that a table of the file lacks; none if there is no such table. */
async function missingColumns(
  file: Hdf5File,
  spec: dataModel.ContainerTableSpec,
  version: DataModelVersion,
): Promise<string[]> {
  if (!(await file.has(spec.path))) return [];
  const found = new Set((await file.table(spec.path)).columns.map(({ name }) => name));
  return [...dataModel.namedColumns({ spec, placeholders: {} }, version).keys()].filter((name) => !found.has(name));
}

async function hasAllGains(file: Hdf5File, tables: readonly { readonly path: string }[]): Promise<boolean> {
  for (const { path } of tables) {
    const [nChannels, , nSamples] =
      (await file.table(path)).columns.find(({ name }) => name === 'waveform')?.shape ?? [];
    if (nSamples !== undefined && nChannels > 1) return true;
  }
  return false;
}

/** ADC counts, if the columns of charges or samples say so. */
async function chargeUnitOf(file: Hdf5File, tables: readonly PlacedSpec[]): Promise<'ADC counts' | undefined> {
  const table = tables.find(({ spec }) => spec === dataModel.IMAGES || spec === dataModel.R1_WAVEFORMS);
  if (!table) return undefined;
  const { columns } = await readTableHeader(file, table.path);
  const described = columns.find(({ name }) => name === 'image' || name === 'waveform')?.description;
  return described?.includes('ADC counts') ? 'ADC counts' : undefined;
}

/** A file is read where it is; other inputs are read into memory. */
async function sourceOf(input: ByteSource, url: string): Promise<Hdf5Source> {
  const { name, canSeek, size = 0, blob } = input;
  if ((blob || name === url) && canSeek && size >= HDF5_SIGNATURE.length) {
    const start = await input.read(0, HDF5_SIGNATURE.length);
    const isUncompressed = HDF5_SIGNATURE.every((byte, i) => start[i] === byte);
    if (isUncompressed) return blob ? new File([blob], name) : name;
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of decompressed(input)) chunks.push(chunk);
  return new File(chunks as BlobPart[], name);
}
