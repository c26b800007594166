import { CherenkitError, didYouMean, ExitCode, generateFeatures, nameSome, type Logger } from '@cherenkit/core';
import { RandomStream } from '@cherenkit/kernels';
import type { TableLoader } from '@cherenkit/plugin-hdf5';
import { Table } from '@cherenkit/tables';
import { COMBINED_COLUMNS } from '../combination/result-columns.js';
import type { ModelReconstructor } from '../reconstruction/model-reconstructor.js';
import { trueDisp } from './true-disp.js';

/** Columns that identify events, and by which predictions are judged. */
export const EVENT_COLUMNS = ['obs_id', 'event_id', 'tel_id', 'true_energy', 'true_impact_distance'] as const;

/** Columns by which predictions are judged and combined. Those that a file lacks are left out: training does not need them. */
export const JUDGED_COLUMNS: ReadonlySet<string> = new Set([
  ...EVENT_COLUMNS,
  'true_alt',
  'true_az',
  ...COMBINED_COLUMNS,
]);

/** What is read for training. */
export interface TrainingInput {
  readonly loader: TableLoader;
  /** Name of the file, for messages. */
  readonly path: string;
  readonly reconstructor: ModelReconstructor;
  /** Number of array events that are in memory at once. */
  readonly chunkSize: number;
  /** Number of array events to read, from the first; undefined for all. */
  readonly maxEvents: number | undefined;
  readonly logger: Logger;
  /** Whether true disp is the distance along the image axis. */
  readonly projectsDisp: boolean;
  /** Expression of the weights of events. */
  readonly weights: string | undefined;
  /** Whether predictions are judged, which needs more columns. */
  readonly isJudged: boolean;
}

/** Name of the column of weights, which is not one of files. */
export const WEIGHT_COLUMN = ' weight';

/**
 * Reads the telescope events of a type of telescope that meet the criteria and have all features: their ids, features, target and weight,
 * and columns by which predictions are judged.
 * Features are generated before criteria are applied, as in predictions.
 *
 * @param telIds - the telescopes of the type
 * @throws CherenkitError FEATURE_MISSING (2) naming columns that the file lacks; EVENT_WEIGHT_NEGATIVE (2)
 */
export async function readTrainingEvents(
  input: TrainingInput,
  type: string,
  telIds: readonly number[],
): Promise<Table> {
  const { loader, reconstructor, chunkSize, maxEvents, weights, isJudged } = input;
  const { features } = reconstructor.traits;
  const options = {
    telescopes: telIds,
    stop: maxEvents,
    trueParameters: false,
    instrument: true,
    observationInfo: true,
    pointing: true,
  };
  const parts: Table[] = [];
  const columns = [...new Set([...EVENT_COLUMNS, reconstructor.target, ...features])];
  let nIncomplete = 0;
  for await (const { data } of loader.readTelescopeEventsChunked(chunkSize, options)) {
    if (data.nRows === 0) continue;
    // With the array of the file, not the allowed telescopes alone: masks of telescopes have one value per telescope of the file.
    const { features: generated } = reconstructor.generator.traits;
    let table = generateFeatures(withTarget(data, input), generated, () => loader.subarray);
    checkColumns(table, columns, input);
    table = table.filter(reconstructor.query.passingRows(table));
    if (weights !== undefined) table = table.withColumn(WEIGHT_COLUMN, weightsOf(table, weights, input.path));
    const needed = weights === undefined ? columns : [...columns, WEIGHT_COLUMN];
    const isComplete = completeRows(table, needed);
    nIncomplete += isComplete.reduce((sum, each) => sum + (each ? 0 : 1), 0);
    const judged = isJudged ? table.names.filter((name) => JUDGED_COLUMNS.has(name)) : [];
    parts.push(table.select(...new Set([...needed, ...judged])).filter(isComplete));
  }
  if (nIncomplete > 0) {
    input.logger.warning(
      `${input.path}: ${nIncomplete} telescope events of ${type} are left out, since a feature or the target is NaN.`,
    );
  }
  return parts.length === 0 ? new Table([]) : Table.stack(parts);
}

function withTarget(table: Table, { reconstructor, projectsDisp }: TrainingInput): Table {
  if (reconstructor.target !== 'true_disp') return table;
  return table.withColumn('true_disp', trueDisp(table, projectsDisp));
}

/** @throws CherenkitError EVENT_WEIGHT_NEGATIVE (2) */
function weightsOf(table: Table, expression: string, path: string): Float64Array {
  const column = table.withColumn(WEIGHT_COLUMN, `(${expression}) * 1.0`).column(WEIGHT_COLUMN);
  const weights = column.numbers(column.unit);
  const negative = weights.find((weight) => weight < 0);
  if (negative === undefined) return weights;
  const message = `${path}: the event weight ${expression} is ${negative} for an event, expected at least 0. Choose an expression that is never negative, or exclude these events by quality criteria.`;
  throw new CherenkitError('EVENT_WEIGHT_NEGATIVE', ExitCode.USAGE, message);
}

function checkColumns(table: Table, names: readonly string[], { path, reconstructor }: TrainingInput): void {
  const missing = names.filter((name) => !table.has(name));
  const [first, ...others] = missing;
  if (first === undefined) return;
  const hint = others.length === 0 ? didYouMean(first, table.names) : '';
  const message =
    `${path}: ${reconstructor.name} needs the ${others.length === 0 ? 'column' : 'columns'} ${nameSome(missing)}, which the file does not have${hint || '.'} ` +
    'Process the original data with the reconstructors whose results they are, or apply the models that predict them.';
  throw new CherenkitError('FEATURE_MISSING', ExitCode.USAGE, message);
}

/** 1 for rows without NaN in some columns. */
function completeRows(table: Table, names: readonly string[]): Uint8Array {
  const isComplete = new Uint8Array(table.nRows).fill(1);
  for (const name of names) {
    table.numbers(name).forEach((value, row) => {
      if (Number.isNaN(value)) isComplete[row] = 0;
    });
  }
  return isComplete;
}

/**
 * Selects rows at random, without changing their order.
 *
 * @param stream - name of the random stream
 */
export function sampleRows(table: Table, n: number, seed: number, ...stream: readonly number[]): Table {
  if (n >= table.nRows) return table;
  const random = new RandomStream(seed, ...stream);
  const rows = Int32Array.from({ length: table.nRows }, (_, row) => row);
  for (let i = 0; i < n; i++) {
    const other = i + Math.floor(random.uniform() * (rows.length - i));
    [rows[i], rows[other]] = [rows[other], rows[i]];
  }
  return table.take(rows.slice(0, n).sort());
}
