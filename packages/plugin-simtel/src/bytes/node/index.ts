export { gunzip, nodeZstdCodec, zstdCodec, zstdNapiCodec } from './node-codec.js';
export { openFile } from './node-files.js';
