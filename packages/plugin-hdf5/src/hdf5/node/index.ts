export { FileAccess } from './file-access.js';
export { FileSink } from './file-sink.js';
