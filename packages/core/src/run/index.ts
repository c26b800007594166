export { OutcomeTally } from './outcome-tally.js';
export { processEvent, type Pipeline } from './process-event.js';
export { ProcessorTool } from './processor-tool.js';
export { Run, type RunEnvironment, type RunSettings } from './run.js';
export type { EventPart, EventWorkers, LoggedPart, LogRecord } from './event-part.js';
export {
  READING_FLAGS,
  Tool,
  WRITING_FLAGS,
  type BlockProcessor,
  type ToolOptions,
  type ToolProgress,
} from './tool.js';
