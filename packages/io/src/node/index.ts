export { availableThreads, limitedThreads } from './available-threads.js';
export {
  digestFile,
  digestOrPath,
  digestText,
  scopeOfDigest,
  type DigestScope,
  type FileDigest,
} from './digest-file.js';
export { FileSink } from './file-sink.js';
export { gunzip, nodeZstdCodec, zstdCodec, zstdNapiCodec } from './node-codec.js';
export { openFile } from './open-node-file.js';
export { startWorker, WorkerEnd, type StartOptions } from './start-worker.js';
export { serveTasks, type TaskHandler, type Transferred } from './serve-tasks.js';
