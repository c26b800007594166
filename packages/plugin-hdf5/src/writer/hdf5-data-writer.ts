import {
  CherenkitError,
  dataModel,
  DataWriter,
  ExitCode,
  PROVENANCE,
  trait,
  type ArrayEvent,
  type DataLevel,
  type RunDescription,
  type RunOutcome,
} from '@cherenkit/core';
import { createSink, type ByteSink } from '@cherenkit/io';
import { fillPlaceholders, type Table, type WriteCondition } from '@cherenkit/tables';
import { Hdf5Writer, type AttributeValue } from '../format/index.js';
import { FIXED_POINT_TYPES, FixedPoint } from '../tables/fixed-point.js';
import { writeTable } from '../tables/write-table.js';
import { writeFailures, writeMuonStatistics, writeReasons, writeRejections, writeRun } from './cherenkit-tables.js';
import { ContainerTables } from './container-tables.js';
import { EventTables } from './event-tables.js';
import {
  writeObservation,
  writeShowerDistributions,
  writeSimulationConfig,
  writeSubarray,
} from './observation-tables.js';
import { Contact, fileIdentity, Instrument, referenceAttributes } from './reference-metadata.js';

interface OpenFile {
  readonly run: RunDescription;
  readonly sink: ByteSink;
  readonly file: Hdf5Writer;
  readonly tables: ContainerTables;
  readonly events: EventTables;
}

/** Chunks, of a quarter of a megabyte each at most unless a row is longer, that are compressed while events go on. */
const CHUNKS_IN_COMPRESSION = 16;

/**
 * Writes events to HDF5 in ctapipe's data model v7.6.0. Source: ctapipe 0.32 `DataWriter`, whose traits these are.
 *
 * In a page, where there are no files, the file is in `sink` after `finish`.
 */
export class HDF5DataWriter extends DataWriter.withTraits({
  compressionLevel: trait.integer({
    default: 5,
    minimum: 0,
    maximum: 9,
    help: '0 is no compression, 9 the smallest file.',
  }),
  compressionType: trait.oneOf(['blosc:zstd', 'zlib'], {
    default: 'blosc:zstd',
    caseless: true,
    help: 'How chunks are compressed.',
  }),
  contextMetadata: trait.dictionary({
    default: {},
    help: 'More attributes for the file, below CONTEXT; a key may have levels with a space between them.',
  }),
  transformWaveform: trait.boolean({ default: false, help: 'Store calibrated waveforms as integers.' }),
  waveformDtype: trait.oneOf(FIXED_POINT_TYPES, { default: 'int32', help: 'Type of the integers of waveforms.' }),
  waveformOffset: trait.integer({ default: 0, help: 'Added to the integers of waveforms.' }),
  waveformScale: trait.number({ default: 1000, help: 'Steps of waveforms per unit.' }),
  transformImage: trait.boolean({ default: false, help: 'Store images as integers.' }),
  imageDtype: trait.oneOf(FIXED_POINT_TYPES, { default: 'int32', help: 'Type of the integers of images.' }),
  imageOffset: trait.integer({ default: 0, help: 'Added to the integers of images.' }),
  imageScale: trait.number({ default: 10, help: 'Steps of images per photo-electron.' }),
  transformPeakTime: trait.boolean({ default: false, help: 'Store peak times as integers.' }),
  peakTimeDtype: trait.oneOf(FIXED_POINT_TYPES, { default: 'int16', help: 'Type of the integers of peak times.' }),
  peakTimeOffset: trait.integer({ default: 0, help: 'Added to the integers of peak times.' }),
  peakTimeScale: trait.number({ default: 100, help: 'Steps of peak times per nanosecond.' }),
}) {
  static override readonly help = "Writes HDF5 files in ctapipe's data model.";
  static override readonly children = [Contact, Instrument];

  readonly #contact = this.context.create(Contact, 'Contact');
  readonly #instrument = this.context.create(Instrument, 'Instrument');
  #open: OpenFile | undefined;
  #nEvents = 0;

  /** Where the bytes of the file go, once it is open. */
  get sink(): ByteSink | undefined {
    return this.#open?.sink;
  }

  /** @throws CherenkitError OUTPUT_EXISTS (2), OUTPUT_DIRECTORY_MISSING or OUTPUT_NOT_WRITABLE (73) */
  override async open(run: RunDescription): Promise<void> {
    const { outputPath, overwrite, compressionType: compression, compressionLevel: level } = this.traits;
    this.#warnOfOptions();
    const sink = createSink(outputPath, { overwrite });
    const file = new Hdf5Writer(sink, { filters: { compression, level, fletcher32: true } });
    const tables = new ContainerTables(file, run.subarray, this.#conditions(run));
    const events = new EventTables(tables, run.subarray, this.#fixedPoint());
    this.#open = { run, sink, file, tables, events };
    writeSubarray(file, run.subarray);
    writeObservation(file, tables, run);
    await file.drain();
  }

  override async write(event: ArrayEvent): Promise<void> {
    const { events, tables, file } = this.#opened();
    events.write(event);
    writeRejections(tables, event);
    if (this.traits.writeDl2) writeReasons(tables, event);
    this.#nEvents++;
    await file.drain(CHUNKS_IN_COMPRESSION);
  }

  override async writeRejected(event: ArrayEvent): Promise<void> {
    const { tables, file } = this.#opened();
    writeRejections(tables, event);
    await file.drain();
  }

  /** @throws RangeError when there is something at the path already */
  override async writeTable(path: string, table: Table): Promise<void> {
    const { file } = this.#opened();
    writeTable(file, path, table);
    await file.drain();
  }

  override async finish(outcome: RunOutcome): Promise<void> {
    const { run, file, tables } = this.#opened();
    if (this.#nEvents === 0) this.context.logger.warning(`${this.traits.outputPath} has no events.`);
    const { images, muons, reconstructors } = outcome.statistics;
    if (images) writeTable(file, dataModel.IMAGE_STATISTICS.path, dataModel.statisticsTable(images));
    for (const [name, statistics] of Object.entries(muons)) writeMuonStatistics(file, name, statistics);
    for (const [name, statistics] of Object.entries(reconstructors)) {
      const path = fillPlaceholders(dataModel.RECONSTRUCTOR_STATISTICS.path, { query: name });
      writeTable(file, path, dataModel.statisticsTable(statistics));
    }
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
        dataLevels: this.#dataLevels(),
        obsIds,
        ...fileIdentity(obsIds.join(','), provenance.activity),
      }),
    );
    file.setAttributes('/', this.#contextAttributes());
    writeRun(file, outcome, provenance);
    writeFailures(file, outcome.failures);
    await file.finish();
    provenance.addOutput({ url: this.traits.outputPath, role: 'DL1/Event' });
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.#open?.sink.discard();
  }

  #opened(): OpenFile {
    if (!this.#open) throw new CherenkitError('WRITER_NOT_OPEN', ExitCode.BUG, 'The data writer was not opened.');
    return this.#open;
  }

  #warnOfOptions(): void {
    const { writeDl1Parameters, writeDl1Images, writeDl2, writeR1Waveforms, writeMuonParameters } = this.traits;
    if (!(writeDl1Parameters || writeDl1Images || writeDl2 || writeR1Waveforms || writeMuonParameters)) {
      this.context.logger.warning('No results are to be written, only triggers and what is known of the simulation.');
    }
  }

  /** The conditions for writing tables and columns that hold for this file. */
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

  /** Fields whose values are stored as integers. */
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

  // In ctapipe's order.
  #dataLevels(): DataLevel[] {
    const { traits } = this;
    const levels: [boolean, DataLevel][] = [
      [traits.writeDl1Images, 'DL1_IMAGES'],
      [traits.writeDl1Parameters, 'DL1_PARAMETERS'],
      [traits.writeMuonParameters, 'DL1_MUON'],
      [traits.writeDl2, 'DL2'],
      [traits.writeR0Waveforms, 'R0'],
      [traits.writeR1Waveforms, 'R1'],
    ];
    return levels.filter(([written]) => written).map(([, level]) => level);
  }

  #contextAttributes(): Record<string, AttributeValue> {
    const entries = Object.entries(this.traits.contextMetadata).map(([key, value]): [string, AttributeValue] => {
      const stored = typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value);
      return [`CONTEXT ${key}`, Number.isSafeInteger(stored) ? { type: 'int64', value: stored as number } : stored];
    });
    return Object.fromEntries(entries);
  }
}
