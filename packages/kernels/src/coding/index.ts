export { HuffmanDecoder } from './huffman-decoder.js';
export { SmoothingDecoder } from './smoothing.js';
