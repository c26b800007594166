import { memoryUnitsPer, type MetaValue, type Table } from '@cherenkit/tables';
import type { AtmosphereDensityProfile } from '../instrument/index.js';
import { tableOf } from './plain-table.js';
import { IMAGE_STATISTICS } from './service-specs.js';
import { ATMOSPHERE } from './simulation-specs.js';

/** How many passed each of a list of criteria, in the order in which they were applied; the first row counts all. */
export interface QualityStatistics {
  /** `TOTAL`, then the names. */
  readonly criteria: readonly string[];
  /** `True`, then the expressions as written. */
  readonly expressions: readonly string[];
  /** Number that passed this criterion. */
  readonly counts: readonly number[];
  /** Number that passed this criterion and all before it. */
  readonly cumulativeCounts: readonly number[];
}

/** The statistics of a quality query as a table. Source: ctapipe 0.32 `QualityQuery.to_table`. */
export function statisticsTable({ criteria, counts, cumulativeCounts, expressions }: QualityStatistics): Table {
  return tableOf(IMAGE_STATISTICS, {
    criteria,
    counts,
    cumulative_counts: cumulativeCounts,
    func: expressions,
  });
}

/** The air in which showers were simulated. Source: ctapipe 0.32 `TableAtmosphereDensityProfile.from_table`. */
export function atmosphereTable({ table, metadata }: AtmosphereDensityProfile): Table {
  const { height, density, columnDensity } = table;
  // Readers interpolate the logarithms, so ctapipe keeps only rows that have one.
  const kept = [...height.keys()].filter((i) => at(height, i) >= 0 && at(density, i) > 0 && at(columnDensity, i) > 0);
  const meta: Record<string, MetaValue> = {
    TAB_TYPE: 'ctapipe.atmosphere.TableAtmosphereDensityProfile',
    TAB_VER: 1n,
  };
  for (const [name, value] of Object.entries(metadata)) {
    meta[name] = name === 'atmosphere_id' && typeof value === 'number' ? BigInt(value) : value;
  }
  const values = {
    height: kept.map((i) => at(height, i) / memoryUnitsPer('km')),
    density: kept.map((i) => at(density, i)),
    column_density: kept.map((i) => at(columnDensity, i)),
  };
  return tableOf(ATMOSPHERE, values, meta);
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? NaN;
}
