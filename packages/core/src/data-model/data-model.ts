import {
  columnsIn,
  fillPlaceholders,
  findSpec,
  type ColumnSpec,
  type DataModelVersion,
  type FoundSpec,
  type TableSpec,
} from '@cherenkit/tables';
import { FIXED_POINTING, OBSERVATION_BLOCK, SCHEDULING_BLOCK, SIMULATION_RUN } from './configuration-specs.js';
import {
  IMAGES,
  MUON,
  PARAMETERS,
  R0_WAVEFORMS,
  R1_WAVEFORMS,
  SUBARRAY_TRIGGER,
  TELESCOPE_TRIGGER,
} from './event-specs.js';
import { GEOMETRY, LAYOUT, OPTICS, READOUT } from './instrument-specs.js';
import {
  COEFFICIENTS,
  LEGACY_ARRAY_POINTING,
  LEGACY_POINTING,
  PIXEL_GAINS,
  PIXEL_HISTOGRAMS,
  PIXEL_STATISTICS,
  POINTING,
} from './monitoring-specs.js';
import {
  CONFIGURATION,
  REJECTED_EVENTS,
  REJECTED_OF_TELESCOPES,
  FAILED,
  MERGED,
  PLUGINS,
  REASONS,
  SKIPPED,
} from './own-specs.js';
import { STEREO_RESULTS, TELESCOPE_RESULTS } from './result-specs.js';
import { IMAGE_STATISTICS, MUON_STATISTICS, RECONSTRUCTOR_STATISTICS } from './service-specs.js';
import {
  ATMOSPHERE,
  SHOWER,
  SHOWER_DISTRIBUTION,
  TRUE_IMAGES,
  TRUE_IMPACT,
  TRUE_PARAMETERS,
} from './simulation-specs.js';

/** The version of ctapipe's data model that files follow. */
export const DATA_MODEL_VERSION = 'v7.6.0' satisfies DataModelVersion;

/** The versions of the data model that files can be written in: ctapipe 0.28 opens v7.1.0 and older, 0.31 the others as well. */
export const WRITABLE_VERSIONS = ['v7.1.0', DATA_MODEL_VERSION] as const satisfies readonly DataModelVersion[];

/** All tables of the data model: ctapipe's from the instrument to DL2 and monitoring, then those of Cherenkit. */
export const DATA_MODEL: readonly TableSpec[] = [
  LAYOUT,
  OPTICS,
  GEOMETRY,
  READOUT,
  SCHEDULING_BLOCK,
  OBSERVATION_BLOCK,
  SIMULATION_RUN,
  FIXED_POINTING,
  SHOWER,
  TRUE_IMPACT,
  TRUE_IMAGES,
  TRUE_PARAMETERS,
  SHOWER_DISTRIBUTION,
  ATMOSPHERE,
  R0_WAVEFORMS,
  R1_WAVEFORMS,
  SUBARRAY_TRIGGER,
  TELESCOPE_TRIGGER,
  IMAGES,
  PARAMETERS,
  MUON,
  IMAGE_STATISTICS,
  ...Object.values(STEREO_RESULTS),
  ...Object.values(TELESCOPE_RESULTS),
  RECONSTRUCTOR_STATISTICS,
  POINTING,
  COEFFICIENTS,
  PIXEL_STATISTICS,
  PIXEL_HISTOGRAMS,
  LEGACY_POINTING,
  LEGACY_ARRAY_POINTING,
  REJECTED_EVENTS,
  ...Object.values(REJECTED_OF_TELESCOPES),
  MUON_STATISTICS,
  ...Object.values(REASONS),
  PIXEL_GAINS,
  SKIPPED,
  FAILED,
  PLUGINS,
  MERGED,
  CONFIGURATION,
];

/** The table of the data model at a path of a file; undefined if there is none. */
export function findTable(path: string, version: DataModelVersion = DATA_MODEL_VERSION): FoundSpec | undefined {
  return findSpec(DATA_MODEL, path, version);
}

/** The columns of a table in a version of the data model, by their names in the file. */
export function namedColumns(
  { spec, placeholders }: FoundSpec,
  version: DataModelVersion = DATA_MODEL_VERSION,
): ReadonlyMap<string, ColumnSpec> {
  return new Map(columnsIn(spec, version).map((column) => [fillPlaceholders(column.name, placeholders), column]));
}
