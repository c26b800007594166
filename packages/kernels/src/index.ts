export * from './camera/index.js';
export * from './cleaning/index.js';
export * from './frames/index.js';
export * from './image/index.js';
export * from './random/index.js';
export * from './stereo/index.js';
export * from './units.js';
export * from './waveform/index.js';
