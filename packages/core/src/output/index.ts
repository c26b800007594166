export { DataWriter, type RowsPart } from './data-writer.js';
export {
  addOutcomes,
  addRunStatistics,
  EMPTY_OUTCOME,
  runStatisticsSince,
  type Counts,
  type NamedStatistics,
  type RunOutcome,
  type RunStatistics,
} from './run-outcome.js';
export { FileDisplay, type DisplayedFile, type FileDisplayOptions, type FilePicture } from './file-display.js';
export {
  TABLE_EXPORTERS,
  TableExporter,
  type ExportFormat,
  type ExportSink,
  type TableExporters,
} from './table-exporter.js';
