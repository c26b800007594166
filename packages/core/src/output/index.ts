export { DataWriter } from './data-writer.js';
export { addOutcomes, EMPTY_OUTCOME, type Counts, type NamedStatistics, type RunOutcome } from './run-outcome.js';
export {
  TABLE_EXPORTERS,
  TableExporter,
  type ExportFormat,
  type ExportSink,
  type TableExporters,
} from './table-exporter.js';
