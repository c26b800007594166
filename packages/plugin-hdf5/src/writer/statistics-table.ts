import type { QualityStatistics } from '@cherenkit/core';
import type { Hdf5Writer } from '../hdf5/index.js';
import { writeColumns } from './column-table.js';

/** Writes how many passed each criterion. Source: ctapipe 0.32 `QualityQuery.to_table`. */
export function writeStatistics(file: Hdf5Writer, path: string, statistics: QualityStatistics): void {
  writeColumns(file, path, [
    { name: 'criteria', type: 'string', values: statistics.criteria },
    { name: 'counts', type: 'int64', values: statistics.counts },
    { name: 'cumulative_counts', type: 'int64', values: statistics.cumulativeCounts },
    { name: 'func', type: 'string', values: statistics.expressions },
  ]);
}
