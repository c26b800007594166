export * from './hdf5/index.js';
