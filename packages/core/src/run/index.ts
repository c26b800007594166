export { filesOfShard } from './files-of-shard.js';
export { OutcomeTally } from './outcome-tally.js';
export { processEvent, type Pipeline } from './process-event.js';
export { ProcessorTool } from './processor-tool.js';
export {
  findShard,
  formatProductionManifest,
  MANIFEST_FORMAT,
  MANIFEST_VERSION,
  readProductionManifest,
  type ProductionManifest,
  type ProductionSoftware,
  type Shard,
  type ShardFile,
  type ShardInput,
  type ShardResources,
} from './production-manifest.js';
export { PRODUCTION_SCHEMA } from './production-schema.js';
export {
  configurationText,
  configuredValues,
  softwareOf,
  type ConfiguredRun,
  type PathText,
} from './run-configuration.js';
export { differenceOfRecords, recordOfShard, type RecordedInput, type RunRecord } from './run-record.js';
export { Run, type RunEnvironment, type RunSettings } from './run.js';
export type { EventPart, EventWorkers, LoggedPart, LogRecord } from './event-part.js';
export { TOOL_RUNS, type ToolRuns } from './tool-runs.js';
export {
  READING_FLAGS,
  Tool,
  WRITING_FLAGS,
  type BlockProcessor,
  type ToolOptions,
  type ToolProgress,
} from './tool.js';
