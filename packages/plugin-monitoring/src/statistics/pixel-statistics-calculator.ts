import {
  CherenkitError,
  Component,
  ExitCode,
  trait,
  type ComponentContext,
  type ComponentKind,
  type Json,
  type TelescopeValues,
} from '@cherenkit/core';
import type { EventValues, RowRange } from '@cherenkit/kernels';
import { Column, Table, type Time } from '@cherenkit/tables';
import { BaseAggregator } from './base-aggregator.js';
import { OutlierDetector } from './outlier-detectors.js';

/** Events of one telescope, of whose values statistics are computed. */
export interface CalibrationSample {
  readonly telId: number;
  /** Time of each event, ascending, s since the first one. */
  readonly seconds: Float64Array;
  /** Shape of the values of an event: gain channels and pixels. */
  readonly shape: readonly number[];
  readonly unit: string | undefined;
  /** Time of an event. */
  timeOf(event: number): Time;
  /** Id of an event. */
  eventIdOf(event: number): bigint;
  /** Reads the values of a range of events. */
  read(events: RowRange): Promise<EventValues>;
}

/** A detector, and the column of the statistics that it examines. */
interface AppliedDetector {
  readonly detector: OutlierDetector;
  readonly applyTo: string;
}

/**
 * Computes statistics of calibration events in chunks, and finds outliers among the pixels. A second pass with overlapping chunks
 * examines the events around chunks with too many outliers. Source: ctapipe 0.32 `PixelStatisticsCalculator`.
 */
export class PixelStatisticsCalculator extends Component.withTraits({
  statsAggregatorType: trait.perTelescope(
    trait.componentName(BaseAggregator, {
      default: 'SigmaClippingAggregator',
      help: 'The aggregator, which computes the statistics.',
    }),
  ),
  outlierDetectorList: trait.optional(
    trait.list(trait.dictionary(), {
      help: 'Outlier detectors, as {name: RangeOutlierDetector, apply_to: mean, config: {validity_range: [1, 200]}}: apply_to is a column of the statistics.',
    }),
  ),
  faultyPixelsFraction: trait.optional(
    trait.number({ default: 0.1, help: 'Fraction of outliers from which on a chunk is not valid.' }),
  ),
}) {
  static override readonly kind: string = 'PixelStatisticsCalculator';
  static override readonly help = 'Computes statistics of calibration events.';
  static override readonly children: readonly ComponentKind[] = [OutlierDetector];
  static override readonly asynchronousMethods: readonly string[] = ['prepare'];

  readonly #aggregators: TelescopeValues<BaseAggregator>;
  readonly #detectors: AppliedDetector[] = [];

  constructor(context: ComponentContext) {
    super(context);
    this.#aggregators = this.traits.statsAggregatorType.map((name) => context.create(BaseAggregator, name));
  }

  /**
   * Creates the outlier detectors.
   *
   * @throws CherenkitError OUTLIER_DETECTOR_INVALID (2) for entries of another form; ConfigurationError for traits of detectors
   */
  async prepare(): Promise<void> {
    for (const [index, entry] of (this.traits.outlierDetectorList ?? []).entries()) {
      const place = `${this.context.path}.outlier_detector_list[${index}]`;
      const { name, applyTo, config } = detectorEntry(entry, place);
      const detector = await this.context.createWith(OutlierDetector, name, config, place);
      this.#detectors.push({ detector, applyTo });
    }
  }

  /** The aggregator of a telescope. */
  aggregatorOf(telId: number): BaseAggregator {
    return this.#aggregators.for(telId);
  }

  /**
   * Chunks of the events of a telescope in the first pass.
   *
   * @throws CherenkitError CHUNK_TOO_LARGE (2)
   */
  chunksOf({ telId, seconds }: Pick<CalibrationSample, 'telId' | 'seconds'>): readonly RowRange[] {
    return this.aggregatorOf(telId).chunking.chunks(seconds, false);
  }

  /** Computes the statistics of the events of a telescope: one row for each chunk, in the order of their first events. */
  async *statistics(events: CalibrationSample): AsyncGenerator<Table, void, undefined> {
    const { chunking } = this.aggregatorOf(events.telId);
    const chunks = this.chunksOf(events);
    if (!chunking.hasSecondPass) {
      for (const chunk of chunks) yield await this.#rowOf(events, chunk);
      return;
    }
    const rows: { readonly start: number; readonly row: Table }[] = [];
    for (const chunk of chunks) rows.push({ start: chunk[0], row: await this.#rowOf(events, chunk) });
    const isValid = rows.map(({ row }) => row.column('is_valid').values.every((each) => each === 1));
    for (const chunk of chunking.chunksAroundFaulty(events.seconds, isValid)) {
      rows.push({ start: chunk[0], row: await this.#rowOf(events, chunk) });
    }
    for (const { row } of rows.sort((a, b) => events.seconds[a.start] - events.seconds[b.start])) yield row;
  }

  async #rowOf(events: CalibrationSample, chunk: RowRange): Promise<Table> {
    const { telId, shape, unit } = events;
    const values = await events.read(chunk);
    const aggregated = this.aggregatorOf(telId).aggregate({ values, shape, unit });
    const [first, last] = [chunk[0], chunk[1] - 1];
    return new Table([
      timeColumn('time_start', events.timeOf(first)),
      timeColumn('time_end', events.timeOf(last)),
      new Column({ name: 'event_id_start', type: 'int64' }, BigInt64Array.of(events.eventIdOf(first))),
      new Column({ name: 'event_id_end', type: 'int64' }, BigInt64Array.of(events.eventIdOf(last))),
      ...aggregated,
      ...this.#outlierColumns(aggregated),
    ]);
  }

  #outlierColumns(aggregated: readonly Column[]): Column[] {
    const { shape, count } = aggregated.find(({ name }) => name === 'histogram') ?? aggregated[0];
    const masks: Column[] = [];
    const any = new Uint8Array(count);
    for (const [index, { detector, applyTo }] of this.#detectors.entries()) {
      const examined = aggregated.find(({ name }) => name === applyTo);
      if (!examined)
        throw unknownStatistic(`${this.context.path}.outlier_detector_list[${index}]`, applyTo, aggregated);
      const found = detector.outliers(numbersOf(examined), examined.shape[examined.shape.length - 1]);
      masks.push(new Column({ name: `outlier_mask_detector_${index}`, type: 'bool', shape: examined.shape }, found));
      // Detectors of histograms examine bins, those of numbers of events all bins of a pixel.
      for (let i = 0; i < count; i++) any[i] |= found[i % found.length];
    }
    return [...masks, new Column({ name: 'outlier_mask', type: 'bool', shape }, any), this.#validity(any, shape)];
  }

  /** Whether few enough pixels are outliers: for each row of pixels, or, with two gain channels, for their union. */
  #validity(outliers: Uint8Array, shape: readonly number[]): Column {
    const { faultyPixelsFraction = Infinity } = this.traits;
    const nPixels = shape[shape.length - 1];
    const isUnion = shape[0] === 2;
    const half = outliers.length / 2;
    const combined = isUnion ? outliers.subarray(0, half).map((each, i) => each | outliers[half + i]) : outliers;
    const rows = isUnion ? shape.slice(1, -1) : shape.slice(0, -1);
    const valid = Uint8Array.from({ length: combined.length / nPixels }, (_, row) => {
      const found = combined.subarray(row * nPixels, (row + 1) * nPixels).reduce((sum, each) => sum + each, 0);
      return found / nPixels < faultyPixelsFraction ? 1 : 0;
    });
    return new Column({ name: 'is_valid', type: 'bool', shape: rows }, valid);
  }
}

interface DetectorEntry {
  readonly name: string;
  readonly applyTo: string;
  readonly config: { readonly [trait: string]: Json };
}

/** @throws CherenkitError OUTLIER_DETECTOR_INVALID (2) */
function detectorEntry(entry: { readonly [key: string]: Json }, place: string): DetectorEntry {
  const { name, apply_to: applyTo, config = {}, ...others } = entry;
  const isMapping = typeof config === 'object' && config !== null && !Array.isArray(config);
  if (typeof name === 'string' && typeof applyTo === 'string' && isMapping && Object.keys(others).length === 0) {
    return { name, applyTo, config: config as DetectorEntry['config'] };
  }
  const message = `${place}: found ${JSON.stringify(entry)}, expected the keys name, apply_to and config. Write, for example, {name: RangeOutlierDetector, apply_to: mean, config: {validity_range: [1, 200]}}.`;
  throw new CherenkitError('OUTLIER_DETECTOR_INVALID', ExitCode.USAGE, message);
}

function unknownStatistic(place: string, applyTo: string, aggregated: readonly Column[]): CherenkitError {
  const names = aggregated.map(({ name }) => name).join(', ');
  const message = `${place}: there is no statistic ${JSON.stringify(applyTo)} to apply the detector to. Set apply_to to one of ${names}.`;
  return new CherenkitError('OUTLIER_DETECTOR_INVALID', ExitCode.USAGE, message);
}

/** Statistics in the precision in which detectors compare them. */
function numbersOf({ values }: Column): EventValues {
  return values instanceof Float32Array || values instanceof Float64Array
    ? values
    : Float64Array.from(values as ArrayLike<number | bigint>, Number);
}

function timeColumn(name: string, { seconds, quarterNanoseconds }: Time): Column {
  const meaning = { kind: 'time', format: 'ctao_high_res' } as const;
  return new Column({ name, type: 'uint32', shape: [2], meaning }, Uint32Array.of(seconds, quarterNanoseconds));
}
