import {
  type ArrayEvent,
  CherenkitError,
  type ComponentKind,
  type DataLevel,
  dataModel,
  DataWriter,
  ExitCode,
  type Json,
  OUTPUT_FILES,
  PROVENANCE,
  type RowsPart,
  type RunDescription,
  type RunOutcome,
  TelescopeTriggerContainer,
  trait,
} from '@cherenkit/core';
import type { ByteSink } from '@cherenkit/io';
import { gridTypeOf } from '@cherenkit/kernels';
import { fillPlaceholders, isBefore, type Table, type WriteCondition } from '@cherenkit/tables';
import { Hdf5Writer, type AttributeValue } from '../format/index.js';
import { RUN_RECORD } from '../tables/stored-record.js';
import { LEVEL_OF_TRIGGERS, levelsOf } from '../tables/data-levels.js';
import { FIXED_POINT_TYPES, FixedPoint } from '../tables/fixed-point.js';
import { writeTable } from '../tables/write-table.js';
import { writeFailures, writeMuonStatistics, writeReasons, writeRejections, writeRun } from './cherenkit-tables.js';
import { ContainerTables } from './container-tables.js';
import type { TableFile } from './container-rows.js';
import { indexOf } from './event-rows.js';
import { EventTables, type CollectedRows } from './event-tables.js';
import { RowCollector } from './row-collector.js';
import {
  ObservationRows,
  writeAtmosphere,
  writeShowerDistributions,
  writeSimulationConfig,
  writeSubarray,
} from './observation-tables.js';
import { Contact, fileIdentity, Instrument, referenceAttributes } from './reference-metadata.js';

/** Tables of a run: of a file, or of a collector of rows. */
interface RunTables {
  readonly tables: ContainerTables;
  readonly events: EventTables;
}

/** Rows of some events, collected in another thread. */
interface PartOfFile extends CollectedRows {
  readonly nEvents: number;
  /** Whether all values have columns; otherwise the file's thread has to write the events, to warn of it. */
  readonly isComplete: boolean;
}

interface OpenFile extends RunTables {
  readonly run: RunDescription;
  readonly sink: ByteSink;
  readonly file: Hdf5Writer;
  readonly observations: ObservationRows;
}

/** Number of chunks compressed in the background, each of up to 256 KiB or one row. */
const CHUNKS_IN_COMPRESSION = 16;

/**
 * Writes events to HDF5 files in ctapipe's data model v7.6.0, or v7.1.0 on request. Traits and output are those of ctapipe
 * 0.32 `DataWriter`, and of 0.28 for v7.1.0.
 *
 * In a browser, the file is in memory: read it from `sink` after `finish`.
 */
export class HDF5DataWriter extends DataWriter.withTraits({
  compressionLevel: trait.integer({
    default: 5,
    minimum: 0,
    maximum: 9,
    help: 'Compression level from 0 (none) to 9 (smallest file).',
  }),
  compressionType: trait.oneOf(['blosc:zstd', 'zlib'], {
    default: 'blosc:zstd',
    caseless: true,
    help: 'Compression of table chunks.',
  }),
  dataModelVersion: trait.oneOf(dataModel.WRITABLE_VERSIONS, {
    default: dataModel.DATA_MODEL_VERSION,
    help: "Version of ctapipe's data model: ctapipe 0.31 and later open v7.6.0, 0.28 and later open v7.1.0.",
  }),
  contextMetadata: trait.dictionary({
    default: {},
    help: 'Additional attributes of the file, prefixed by CONTEXT. Spaces in a key separate levels.',
  }),
  transformWaveform: trait.boolean({ default: false, help: 'Store calibrated waveforms as fixed-point integers.' }),
  waveformDtype: trait.oneOf(FIXED_POINT_TYPES, { default: 'int32', help: 'Integer type of fixed-point waveforms.' }),
  waveformOffset: trait.integer({ default: 0, help: 'Offset added to fixed-point waveforms.' }),
  waveformScale: trait.number({ default: 1000, help: 'Scale of fixed-point waveforms: steps per unit.' }),
  transformImage: trait.boolean({ default: false, help: 'Store images as fixed-point integers.' }),
  imageDtype: trait.oneOf(FIXED_POINT_TYPES, { default: 'int32', help: 'Integer type of fixed-point images.' }),
  imageOffset: trait.integer({ default: 0, help: 'Offset added to fixed-point images.' }),
  imageScale: trait.number({ default: 10, help: 'Scale of fixed-point images: steps per photoelectron.' }),
  transformPeakTime: trait.boolean({ default: false, help: 'Store peak times as fixed-point integers.' }),
  peakTimeDtype: trait.oneOf(FIXED_POINT_TYPES, { default: 'int16', help: 'Integer type of fixed-point peak times.' }),
  peakTimeOffset: trait.integer({ default: 0, help: 'Offset added to fixed-point peak times.' }),
  peakTimeScale: trait.number({ default: 100, help: 'Scale of fixed-point peak times: steps per nanosecond.' }),
}) {
  static override readonly help = "Writes HDF5 files in ctapipe's data model.";
  static override readonly children: readonly ComponentKind[] = [Contact, Instrument];

  readonly #contact = this.context.create(Contact, 'Contact');
  readonly #instrument = this.context.create(Instrument, 'Instrument');
  #open: OpenFile | undefined;
  /** Tables that collect rows for the file of another thread. */
  #collector: RunTables | undefined;
  #collectsAll = true;
  #nEvents = 0;

  /** Destination of the file; undefined until it is open. */
  get sink(): ByteSink | undefined {
    return this.#open?.sink;
  }

  /** @throws CherenkitError OUTPUT_EXISTS (2), OUTPUT_DIRECTORY_MISSING or OUTPUT_NOT_WRITABLE (73) */
  override async open(run: RunDescription): Promise<void> {
    const { outputPath, overwrite, compressionType: compression, compressionLevel: level } = this.traits;
    const { dataModelVersion: version } = this.traits;
    this.#warnIfNoResults();
    const sink = this.context.service(OUTPUT_FILES).create(outputPath, { overwrite });
    if (!/\.(?:h5|hdf5?)$/i.test(outputPath)) {
      this.context.logger.warning(`${outputPath} is written in HDF5; programs expect such files to be named .h5.`);
    }
    const file = new Hdf5Writer(sink, { filters: { compression, level, fletcher32: true } });
    const warn = (message: string): void => this.context.logger.warning(message);
    const { tables, events } = this.#createTables(file, run, warn);
    const observations = new ObservationRows(tables);
    this.#open = { run, sink, file, tables, events, observations };
    writeSubarray(file, run.subarray, version);
    this.#warnOfGrids(run);
    observations.write(run);
    writeAtmosphere(file, run);
    await file.drain();
  }

  /** Collects rows instead of writing a file. */
  override openForParts(run: RunDescription): void {
    const warn = (): void => {
      this.#collectsAll = false;
    };
    this.#collector = this.#createTables(new RowCollector(), run, warn, true);
  }

  override takePart(): RowsPart {
    const { events } = this.#collector ?? this.#opened();
    const data: PartOfFile = { ...events.take(), nEvents: this.#nEvents, isComplete: this.#collectsAll };
    this.#nEvents = 0;
    this.#collectsAll = true;
    return { data, transfer: [data.packed.rows.buffer] };
  }

  override async addPart(part: unknown): Promise<boolean> {
    const { events, file } = this.#opened();
    const collected = part as PartOfFile;
    if (!collected.isComplete || !events.add(collected)) return false;
    this.#nEvents += collected.nEvents;
    await file.drain(CHUNKS_IN_COMPRESSION);
    return true;
  }

  override async write(event: ArrayEvent): Promise<void> {
    const { events, tables } = this.#collector ?? this.#opened();
    events.write(event);
    writeRejections(tables, event);
    if (this.traits.writeDl2) writeReasons(tables, event);
    this.#nEvents++;
    await this.#open?.file.drain(CHUNKS_IN_COMPRESSION);
  }

  override async writeRejected(event: ArrayEvent): Promise<void> {
    const { tables } = this.#collector ?? this.#opened();
    writeRejections(tables, event);
    await this.#open?.file.drain();
  }

  /** @throws RangeError if the path exists */
  override async writeTable(path: string, table: Table): Promise<void> {
    const { file } = this.#opened();
    writeTable(file, path, table);
    await file.drain();
  }

  override async finish(outcome: RunOutcome): Promise<void> {
    const { run, file, tables, events, observations } = this.#opened();
    events.addMissingGeometries(Object.keys(outcome.reconstructed));
    if (this.#nEvents > 0) startTelescopeTriggers(tables);
    else this.context.logger.warning(`${this.traits.outputPath}: no events were written.`);
    const { images, muons, reconstructors } = outcome.statistics;
    if (images) writeTable(file, dataModel.IMAGE_STATISTICS.path, dataModel.statisticsTable(images));
    for (const [name, statistics] of Object.entries(muons)) writeMuonStatistics(file, name, statistics);
    for (const [name, statistics] of Object.entries(reconstructors)) {
      const path = fillPlaceholders(dataModel.RECONSTRUCTOR_STATISTICS.path, { query: name });
      writeTable(file, path, dataModel.statisticsTable(statistics));
    }
    observations.write(run);
    writeSimulationConfig(tables, outcome.simulationConfig);
    writeShowerDistributions(tables, outcome.simulatedShowerDistributions);
    const provenance = this.context.service(PROVENANCE);
    const obsIds = [...run.observationBlocks.keys()];
    file.setAttributes(
      '/',
      referenceAttributes({
        contact: this.#contact,
        instrument: this.#instrument,
        subarrayName: run.subarray.name,
        isSimulation: run.isSimulation,
        dataLevels: this.#dataLevels(tables),
        obsIds,
        dataModelVersion: this.traits.dataModelVersion,
        ...fileIdentity(obsIds.join(','), provenance.activity),
      }),
    );
    file.setAttributes('/', this.#contextAttributes());
    if (provenance.runRecord !== undefined) {
      file.setAttributes('/', { [RUN_RECORD]: JSON.stringify(provenance.runRecord) });
    }
    writeRun(file, outcome, provenance);
    writeFailures(file, outcome.failures);
    await file.finish();
    provenance.addOutput({ url: this.traits.outputPath, role: 'DL1/Event' });
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.#open?.sink.discard();
  }

  #createTables(file: TableFile, run: RunDescription, warn: (message: string) => void, isCollector = false): RunTables {
    const { dataModelVersion: version } = this.traits;
    const tables = new ContainerTables(file, run, { conditions: this.#conditions(run), version, warn });
    return { tables, events: new EventTables(tables, run.subarray, this.#fixedPoint(), isCollector) };
  }

  #opened(): OpenFile {
    if (!this.#open) throw new CherenkitError('WRITER_NOT_OPEN', ExitCode.BUG, 'The data writer was not opened.');
    return this.#open;
  }

  #warnIfNoResults(): void {
    const { writeDl1Parameters, writeDl1Images, writeDl2, writeR1Waveforms, writeMuonParameters } = this.traits;
    if (!(writeDl1Parameters || writeDl1Images || writeDl2 || writeR1Waveforms || writeMuonParameters)) {
      this.context.logger.warning(
        'All output options are disabled: only triggers and simulation metadata are written.',
      );
    }
  }

  /** Files of earlier data models do not contain the kind of grid of the pixels; programs assume that of their shape. */
  #warnOfGrids({ subarray }: RunDescription): void {
    if (!isBefore(this.traits.dataModelVersion, 'v7.6.0')) return;
    for (const { geometry } of subarray.cameraTypes) {
      const { name, gridType, pixType } = geometry;
      if (gridType === gridTypeOf(pixType)) continue;
      this.context.logger.warning(
        `${this.traits.outputPath}: the data model ${this.traits.dataModelVersion} cannot store that the pixels of ${name} ` +
          `have the grid ${gridType}; programs that read the file assume ${gridTypeOf(pixType)}. Write ${dataModel.DATA_MODEL_VERSION} to keep it.`,
      );
    }
  }

  /** Conditions of tables and columns that are true for this file. */
  #conditions({ isSimulation }: RunDescription): Set<WriteCondition> {
    const options = [
      'writeR0Waveforms',
      'writeR1Waveforms',
      'writeDl1Images',
      'writeDl1Parameters',
      'writeMuonParameters',
      'writeDl2',
    ] as const;
    return new Set([
      ...options.filter((option) => this.traits[option]),
      ...(isSimulation ? ['simulation' as const] : []),
    ]);
  }

  /** Fixed-point encodings by field. */
  #fixedPoint(): Readonly<Record<string, FixedPoint>> {
    const { traits } = this;
    return {
      ...(traits.transformWaveform && {
        waveform: new FixedPoint(traits.waveformDtype, traits.waveformScale, traits.waveformOffset),
      }),
      ...(traits.transformImage && {
        image: new FixedPoint(traits.imageDtype, traits.imageScale, traits.imageOffset),
      }),
      ...(traits.transformPeakTime && {
        peakTime: new FixedPoint(traits.peakTimeDtype, traits.peakTimeScale, traits.peakTimeOffset),
      }),
    };
  }

  /** Levels of the tables that were written; without events, those that were wanted. */
  #dataLevels({ paths }: ContainerTables): readonly string[] {
    if (this.#nEvents > 0) return levelsOf(paths);
    const { traits } = this;
    const wanted: readonly [boolean, DataLevel][] = [
      [traits.writeDl1Images, 'DL1_IMAGES'],
      [traits.writeDl1Parameters, 'DL1_PARAMETERS'],
      [traits.writeMuonParameters, 'DL1_MUON'],
      [traits.writeDl2, 'DL2'],
      [traits.writeR0Waveforms, 'R0'],
      [traits.writeR1Waveforms, 'R1'],
    ];
    const levels = wanted.filter(([isWanted]) => isWanted).map(([, level]) => level);
    return levels.length === 0 ? [LEVEL_OF_TRIGGERS] : levels;
  }

  #contextAttributes(): Record<string, AttributeValue> {
    const entries = Object.entries(this.traits.contextMetadata).map(([key, value]): [string, AttributeValue] => [
      `CONTEXT ${key}`,
      contextValue(value),
    ]);
    return Object.fromEntries(entries);
  }
}

/** Creates the table of telescope triggers if no event has one: ctapipe opens no file of events without it. */
function startTelescopeTriggers(tables: ContainerTables): void {
  const { TELESCOPE_TRIGGER } = dataModel;
  tables.rows(TELESCOPE_TRIGGER).start(indexOf(TELESCOPE_TRIGGER), [new TelescopeTriggerContainer()]);
}

/** Numbers, booleans and texts are stored as such, other values as JSON. */
function contextValue(value: Json): AttributeValue {
  if (typeof value === 'boolean') return { type: 'bool', value };
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { type: 'int64', value } : value;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
