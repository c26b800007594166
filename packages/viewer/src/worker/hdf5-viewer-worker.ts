/** Worker that reads HDF5 files. */
import core from '@cherenkit/core';
import cleaners from '@cherenkit/plugin-cleaners';
import extractors from '@cherenkit/plugin-extractors';
import hdf5, { provideBloscFilter } from '@cherenkit/plugin-hdf5';
import filter from '@cherenkit/plugin-hdf5/filters/libH5Zblosc.so';
import hillas from '@cherenkit/plugin-hillas';
import { ViewerWorker } from './viewer-worker.js';

provideBloscFilter(() => Promise.resolve(filter));
new ViewerWorker(globalThis, [core, hdf5, extractors, cleaners, hillas]);
