export { DEFAULT_TEXT_BYTES } from '../event/check-container.js';
export {
  ExtraSimInfo,
  FIXED_POINTING,
  OBSERVATION_BLOCK,
  SCHEDULING_BLOCK,
  SIMULATION_RUN,
  TelescopeConfigurationIndexContainer,
} from './configuration-specs.js';
export {
  columnName,
  containerTable,
  extendTable,
  isWritten,
  prefixOf,
  type ColumnChange,
  type ContainerPart,
  type ContainerTableSpec,
} from './container-table.js';
export { containerColumns, containersOf } from './container-columns.js';
export { telescopeEventTable, telescopeRowTable, type TelescopeRow } from './telescope-event-table.js';
export { DATA_MODEL, DATA_MODEL_VERSION, findTable, namedColumns, WRITABLE_VERSIONS } from './data-model.js';
export {
  IMAGES,
  MUON,
  PARAMETERS,
  R0_WAVEFORMS,
  R1_WAVEFORMS,
  SUBARRAY_TRIGGER,
  TELESCOPE_TRIGGER,
} from './event-specs.js';
export { GEOMETRY, LAYOUT, OPTICS, READOUT } from './instrument-specs.js';
export { geometryTable, instrumentTable, layoutTable, opticsTable, readoutTable } from './instrument-tables.js';
export {
  COEFFICIENTS,
  LEGACY_POINTING,
  PIXEL_GAINS,
  PIXEL_HISTOGRAMS,
  PIXEL_STATISTICS,
  POINTING,
} from './monitoring-specs.js';
export {
  CONFIGURATION,
  REJECTED_EVENTS,
  REJECTED_OF_TELESCOPES,
  DroppedContainer,
  FAILED,
  MERGED,
  PLUGINS,
  ReasonContainer,
  REASONS,
  SKIPPED,
  TEXT_BYTES,
} from './own-specs.js';
export { plainTable, tableOf } from './plain-table.js';
export { STEREO_RESULTS, TELESCOPE_RESULTS } from './result-specs.js';
export { IMAGE_STATISTICS, MUON_STATISTICS, RECONSTRUCTOR_STATISTICS } from './service-specs.js';
export { atmosphereTable, statisticsTable } from './service-tables.js';
export {
  ATMOSPHERE,
  SHOWER,
  SHOWER_DISTRIBUTION,
  TRUE_IMAGES,
  TRUE_IMPACT,
  TRUE_PARAMETERS,
} from './simulation-specs.js';
