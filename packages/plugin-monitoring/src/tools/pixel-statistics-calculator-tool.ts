import {
  CherenkitError,
  counted,
  dataModel,
  EVENT_TYPE,
  EventSource,
  EventType,
  ExitCode,
  Tool,
  trait,
  type CommandDeclaration,
  type ComponentContext,
  type ComponentKind,
  type ToolOptions,
} from '@cherenkit/core';
import { HDF5Merger, startTable, TableLoader, type Hdf5Writer } from '@cherenkit/plugin-hdf5';
import { fillPlaceholders } from '@cherenkit/tables';
import { openCalibrationEvents, type CalibrationEvents } from '../statistics/calibration-events.js';
import { PixelStatisticsCalculator } from '../statistics/pixel-statistics-calculator.js';
import { addMonitoringTables } from './monitoring-output.js';
import { storedAttributes } from './python-attributes.js';

const [INPUT, STATISTICS, OUTPUT] = ['INPUT', 'STATISTICS', 'OUTPUT'];

/** Event types below this number are those of calibration events. */
const FIRST_OF_SHOWERS = EventType.MUON;

/** Statistics of the events of one telescope and type, to be written to one table. */
interface PlannedTable {
  readonly path: string;
  readonly events: CalibrationEvents;
}

/** Computes statistics of calibration events: `cherenkit calculate-pixel-statistics`. Source: ctapipe 0.32 `PixelStatisticsCalculatorTool`. */
export class PixelStatisticsCalculatorTool extends Tool.withTraits({
  outputPath: trait.path({ default: 'monitoring.h5', help: 'The output, an HDF5 file with monitoring data.' }),
  inputColumnName: trait.string({
    default: 'image',
    help: 'Column of the tables of images of which statistics are computed: image or peak_time.',
  }),
  allowedTels: trait.optional(trait.integerSet({ help: 'Ids of the telescopes to use; default: all.' })),
  eventTypes: trait.optional(
    trait.list(trait.member(EVENT_TYPE), {
      help: 'Types of the events to use; default: those of calibration events, or all if there are none.',
    }),
  ),
}) {
  static override readonly help = 'Computes statistics of calibration events.';
  static override readonly children: readonly ComponentKind[] = [
    EventSource,
    HDF5Merger,
    PixelStatisticsCalculator,
    TableLoader,
  ];
  static override readonly command: CommandDeclaration = {
    name: 'calculate-pixel-statistics',
    description:
      'The input is an HDF5 file with images of calibration events, as cherenkit process writes it. Of the events of each telescope and type, mean, median and standard deviation are computed in chunks, or histograms, and pixels with unusual statistics are marked. Only one chunk is in memory. With --append, tables are added to an existing file, for other columns or other events.',
    examples: [
      'calculate-pixel-statistics -i calibration.dl1.h5 -o monitoring.h5',
      'calculate-pixel-statistics -i calibration.dl1.h5 -o monitoring.h5 --append --input-column-name peak_time',
      'calculate-pixel-statistics -i flatfield.dl1.h5 -o monitoring.h5 -c statistics.yaml --SizeChunking.chunk_size=2500',
    ],
    input: 'TableLoader.input_url',
    flags: {
      input: { trait: 'EventSource.input_url', letter: 'i', group: INPUT },
      'input-column-name': { trait: 'PixelStatisticsCalculatorTool.input_column_name', group: INPUT },
      'allowed-tels': { trait: 'PixelStatisticsCalculatorTool.allowed_tels', letter: 't', group: INPUT },
      'event-types': { trait: 'PixelStatisticsCalculatorTool.event_types', group: INPUT },
      aggregator: { trait: 'PixelStatisticsCalculator.stats_aggregator_type', group: STATISTICS },
      'chunk-size': { trait: 'SizeChunking.chunk_size', group: STATISTICS },
      output: { trait: 'PixelStatisticsCalculatorTool.output_path', letter: 'o', group: OUTPUT },
      overwrite: { trait: 'HDF5Merger.overwrite', group: OUTPUT },
      append: { trait: 'HDF5Merger.append', group: OUTPUT },
    },
  };

  readonly #loader: TableLoader;
  readonly #calculator: PixelStatisticsCalculator;

  constructor(context: ComponentContext) {
    super(context);
    this.#loader = context.create(TableLoader, 'TableLoader');
    this.#calculator = context.create(PixelStatisticsCalculator, 'PixelStatisticsCalculator');
  }

  /**
   * @throws CherenkitError CALIBRATION_IMAGES_MISSING, CHUNK_TOO_LARGE, STATISTICS_COLUMN_MISSING, MONITORING_TABLE_EXISTS (2);
   *   those of the input and the output
   */
  override async run(source: EventSource, { signal }: ToolOptions = {}): Promise<string> {
    const { inputUrl } = source.traits;
    const { outputPath } = this.traits;
    if (!source.run.dataLevels.includes('DL1_IMAGES')) throw imagesMissing(inputUrl);
    await this.#calculator.prepare();
    await using loader = this.#loader;
    await loader.open(inputUrl);
    const tables = await this.#plan(inputUrl);
    let nChunks = 0;
    await addMonitoringTables(this.context, {
      input: inputUrl,
      outputPath,
      paths: tables.map(({ path }) => path),
      signal,
      write: async (file) => {
        for (const { path, events } of tables) nChunks += await this.#write(file, path, events, signal);
      },
    });
    return `${counted(tables.length, 'table')} of ${counted(nChunks, 'chunk')}`;
  }

  /** Tables of all telescopes and types, in whose chunks the events fit. */
  async #plan(inputUrl: string): Promise<PlannedTable[]> {
    const { allowedTels, inputColumnName } = this.traits;
    const { subarray } = this.context;
    const { telIds } = allowedTels ? subarray.selectSubarray(allowedTels) : subarray;
    const tables: PlannedTable[] = [];
    for (const telId of telIds) {
      const chosen = this.#chosen(telId, await openCalibrationEvents(this.#loader, telId, inputColumnName));
      if (chosen.length === 0)
        this.context.logger.warning(`telescope ${telId} has no images; there are no statistics of it.`);
      for (const events of chosen) {
        this.#checkPixels(events, inputUrl);
        this.#checkChunks(events, inputUrl);
        const { path: template } = TABLES[this.#calculator.aggregatorOf(telId).content];
        const quantity = `${events.typeName}_${inputColumnName}`;
        tables.push({ path: fillPlaceholders(template, { quantity, telescope: telId }), events });
      }
    }
    if (tables.length === 0) throw imagesMissing(inputUrl);
    return tables;
  }

  /** Events of the chosen types; without a choice, calibration events, or all, with a warning, if there are none. */
  #chosen(telId: number, found: readonly CalibrationEvents[]): readonly CalibrationEvents[] {
    const { eventTypes } = this.traits;
    if (eventTypes) return found.filter(({ type }) => eventTypes.some((each) => each === type));
    const ofCalibration = found.filter(({ type }) => type < FIRST_OF_SHOWERS);
    if (ofCalibration.length > 0 || found.length === 0) return ofCalibration;
    const types = found.map(({ typeName }) => typeName.toUpperCase()).join(', ');
    this.context.logger.warning(
      `telescope ${telId} has no calibration events: the statistics are those of events of the types ${types}. To choose types without this warning, set --event-types.`,
    );
    return found;
  }

  /** @throws CherenkitError HDF5_CORRUPT (65) if images have other pixels than their camera */
  #checkPixels({ telId, shape }: CalibrationEvents, inputUrl: string): void {
    const { name, geometry } = this.context.subarray.telescope(telId).camera;
    const nPixels = shape.at(-1);
    if (nPixels === geometry.nPixels) return;
    const message = `${inputUrl}: telescope ${telId}: the column ${this.traits.inputColumnName} has ${String(nPixels)} pixels, expected the ${geometry.nPixels} of its camera ${name}. Make the file again.`;
    throw new CherenkitError('HDF5_CORRUPT', ExitCode.BAD_INPUT, message);
  }

  /** @throws CherenkitError CHUNK_TOO_LARGE (2), with the telescope */
  #checkChunks(events: CalibrationEvents, inputUrl: string): void {
    try {
      this.#calculator.chunksOf(events);
    } catch (cause) {
      if (!CherenkitError.is(cause)) throw cause;
      const message = `${inputUrl}: telescope ${events.telId}, ${events.typeName}: ${cause.message}`;
      throw new CherenkitError(cause.code, cause.exitCode, message, { cause });
    }
  }

  /** Writes a table. @returns its number of rows */
  async #write(file: Hdf5Writer, path: string, events: CalibrationEvents, signal?: AbortSignal): Promise<number> {
    let append: ReturnType<typeof startTable> | undefined;
    let nRows = 0;
    for await (const row of this.#calculator.statistics(events)) {
      signal?.throwIfAborted();
      append ??= startTable(file, path, row);
      append(row);
      nRows++;
      await file.drain();
    }
    if (append) file.setAttributes(path, storedAttributes(this.#calculator.aggregatorOf(events.telId).attributes));
    return nRows;
  }
}

const TABLES = {
  pixel_statistics: dataModel.PIXEL_STATISTICS,
  pixel_histograms: dataModel.PIXEL_HISTOGRAMS,
} as const;

function imagesMissing(input: string): CherenkitError {
  const message = `${input} has no images of calibration events. Make them with cherenkit process --write-images, of an input with calibration events.`;
  return new CherenkitError('CALIBRATION_IMAGES_MISSING', ExitCode.USAGE, message);
}
