import type { TableSpec } from '@cherenkit/tables';
import { column, plainTable } from './plain-table.js';

/** Specification of a table with the statistics of a quality query. */
function statisticsSpec(spec: Pick<TableSpec, 'path' | 'written' | 'remark'>): TableSpec {
  return plainTable({
    ...spec,
    row: 'one criterion',
    ids: ['criteria', 'func'],
    columns: [
      column('criteria', 'string', 'Name of the criterion; TOTAL counts everything that was tested'),
      column('counts', 'int64', 'Number that passed the criterion'),
      column('cumulative_counts', 'int64', 'Number that passed this criterion and all criteria before it'),
      column('func', 'string', 'Expression of the criterion'),
    ],
    merge: 'sum',
  });
}

/** Statistics of the image quality query. */
export const IMAGE_STATISTICS: TableSpec = statisticsSpec({
  path: '/dl1/service/image_statistics',
  written: [],
  remark: 'if image parameters are computed',
});

/** Statistics of the quality query of a reconstructor. */
export const RECONSTRUCTOR_STATISTICS: TableSpec = statisticsSpec({
  path: '/dl2/service/tel_event_statistics/{query}',
  written: [],
  remark: 'if showers are reconstructed',
});

/** Statistics of the quality queries of the muon analysis. */
export const MUON_STATISTICS: TableSpec = statisticsSpec({
  path: '/cherenkit/dl1/service/muon_statistics/{query}',
  written: ['writeMuonParameters'],
});
