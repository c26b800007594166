import type { ElementStatistics } from '@cherenkit/kernels';
import { readTable, type Hdf5File } from '@cherenkit/plugin-hdf5';
import { partOf, type Table, type Time } from '@cherenkit/tables';

/** Statistics of one chunk of calibration events, as stored in a file. */
export interface StoredStatistics extends Omit<ElementStatistics, 'nEvents'> {
  /** Time of the first and of the last event, s since the start of 1970 in TAI. */
  readonly start: number;
  readonly end: number;
  /** Time of the first event. */
  readonly startTime: Time;
  readonly nEvents: Float64Array;
  /** 1 for outliers. */
  readonly outlierMask: Uint8Array;
  /** Number of gain channels. */
  readonly nChannels: number;
}

/** Reads the statistics of the valid chunks of a table. */
export async function readStatistics(file: Hdf5File, path: string): Promise<StoredStatistics[]> {
  const table = await readTable(file, path);
  const isValid = table.column('is_valid');
  return Array.from({ length: table.nRows }, (_, row) => row)
    .filter((row) => partOf(isValid.values, row * isValid.count, (row + 1) * isValid.count).every((each) => each === 1))
    .map((row) => statisticsOf(table, row));
}

function statisticsOf(table: Table, row: number): StoredStatistics {
  const numbers = (name: string): Float64Array => {
    const { values, count } = table.column(name);
    return Float64Array.from(partOf(values, row * count, (row + 1) * count) as ArrayLike<number | bigint>, Number);
  };
  const seconds = (name: string): number => {
    const { seconds: whole, quarterNanoseconds } = table.column(name).timeAt(row);
    return whole + quarterNanoseconds / 4e9;
  };
  const { shape } = table.column('mean');
  return {
    start: seconds('time_start'),
    end: seconds('time_end'),
    startTime: table.column('time_start').timeAt(row),
    nEvents: numbers('n_events'),
    mean: numbers('mean'),
    median: numbers('median'),
    std: numbers('std'),
    outlierMask: Uint8Array.from(numbers('outlier_mask')),
    nChannels: shape.length > 1 ? shape[0] : 1,
  };
}

/** The chunk that has most of its time in common with another one, or, without common time, is nearest to it. */
export function chunkNear(
  { start, end }: Pick<StoredStatistics, 'start' | 'end'>,
  chunks: readonly StoredStatistics[],
): StoredStatistics {
  const common = (chunk: StoredStatistics): number => Math.min(end, chunk.end) - Math.max(start, chunk.start);
  return chunks.reduce((best, chunk) => (common(chunk) > common(best) ? chunk : best));
}
