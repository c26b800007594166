import { memoryUnitsPer, type MetaValue, type Table } from '@cherenkit/tables';
import type { AtmosphereDensityProfile } from '../instrument/index.js';
import { tableOf } from './plain-table.js';
import { IMAGE_STATISTICS } from './service-specs.js';
import { ATMOSPHERE } from './simulation-specs.js';

/** Numbers of objects that passed each quality criterion, in order; the first row counts all objects. */
export interface QualityStatistics {
  /** `TOTAL`, then the names of the criteria. */
  readonly criteria: readonly string[];
  /** `True`, then the expressions as configured. */
  readonly expressions: readonly string[];
  /** Number that passed this criterion. */
  readonly counts: readonly number[];
  /** Number that passed this criterion and all criteria before it. */
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

/** The atmosphere of the shower simulation as a table. Source: ctapipe 0.32 `TableAtmosphereDensityProfile.from_table`. */
export function atmosphereTable({ table, metadata }: AtmosphereDensityProfile): Table {
  const { height, density, columnDensity } = table;
  // As in ctapipe, rows without finite logarithms are omitted: readers interpolate the logarithms.
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
