import { columnFrom, type Column } from './column.js';
import { tableData, type TableData } from './table-data.js';

/** Statistics of a column; NaN without elements to count. */
interface ColumnStatistics {
  /** Number of elements that are not NaN. */
  readonly count: number;
  readonly nNan: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Standard deviation of the population (`ddof=0`, numpy's default). */
  readonly std: number;
}

/**
 * Statistics of all elements of a column except NaN, in its unit. Booleans count as 0 and 1; text and times are only
 * counted.
 */
function statisticsOf({ values, type, meaning, length }: Column): ColumnStatistics {
  const isUncounted = type === 'string' || meaning?.kind === 'time';
  let [count, nNan, min, max, mean, squares] = [0, 0, Infinity, -Infinity, 0, 0];
  if (isUncounted) count = meaning?.kind === 'time' ? length : values.length;
  else {
    // Welford's algorithm, which loses no digits to a large mean.
    for (let i = 0; i < values.length; i++) {
      const value = Number(values[i]);
      if (Number.isNaN(value)) {
        nNan++;
        continue;
      }
      count++;
      if (value < min) min = value;
      if (value > max) max = value;
      const distance = value - mean;
      mean += distance / count;
      squares += distance * (value - mean);
    }
  }
  if (count === 0 || isUncounted) [min, max, mean, squares] = [NaN, NaN, NaN, NaN];
  // The mean of values with an infinity is that infinity, or NaN with both.
  else if (!Number.isFinite(min) || !Number.isFinite(max)) [mean, squares] = [min + max, NaN];
  return { count, nNan, min, max, mean, std: Math.sqrt(squares / count) };
}

/** A table with one row per column: its name, its unit, and its statistics in that unit. */
export function statisticsTable(table: TableData): TableData {
  const columns = [...table.columns.values()];
  const statistics = columns.map(statisticsOf);
  const numbers = (key: keyof ColumnStatistics): Float64Array => Float64Array.from(statistics, (entry) => entry[key]);
  const counts = (key: 'count' | 'nNan'): BigInt64Array =>
    BigInt64Array.from(statistics, (entry) => BigInt(entry[key]));
  return tableData([
    columnFrom('column', {
      type: 'string',
      values: columns.map(({ name }) => name),
      description: 'Name of the column',
    }),
    columnFrom('unit', { type: 'string', values: columns.map(({ unit = '' }) => unit), description: 'Its unit' }),
    columnFrom('count', { values: counts('count'), description: 'Elements that are not NaN' }),
    columnFrom('n_nan', { values: counts('nNan'), description: 'Elements that are NaN' }),
    columnFrom('min', { values: numbers('min'), description: 'Smallest value' }),
    columnFrom('max', { values: numbers('max'), description: 'Largest value' }),
    columnFrom('mean', { values: numbers('mean'), description: 'Mean' }),
    columnFrom('std', { values: numbers('std'), description: 'Standard deviation of the population' }),
  ]);
}
