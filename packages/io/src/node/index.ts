export { FileSink } from './file-sink.js';
export { gunzip, nodeZstdCodec, zstdCodec, zstdNapiCodec } from './node-codec.js';
export { openFile } from './open-node-file.js';
