export { processEvent, type Pipeline } from './process-event.js';
export { ProcessorTool } from './processor-tool.js';
export { Tool, type RunOptions } from './tool.js';
