export { processEvent, type Pipeline } from './process-event.js';
export { ProcessorTool, type RunOptions } from './processor-tool.js';
export { Tool } from './tool.js';
