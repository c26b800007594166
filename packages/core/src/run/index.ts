export { OutcomeTally } from './outcome-tally.js';
export { processEvent, type Pipeline } from './process-event.js';
export { ProcessorTool } from './processor-tool.js';
export { Run, type RunEnvironment, type RunSettings } from './run.js';
export { READING_FLAGS, Tool, WRITING_FLAGS, type ToolOptions, type ToolProgress } from './tool.js';
