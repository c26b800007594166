/** Worker that reads HDF5 files. */
import core from '@cherenkit/core';
import { fromBase64 } from '@cherenkit/io';
import cleaners from '@cherenkit/plugin-cleaners';
import extractors from '@cherenkit/plugin-extractors';
import hdf5, { provideBloscFilter } from '@cherenkit/plugin-hdf5';
import hillas from '@cherenkit/plugin-hillas';
import { ViewerWorker } from './viewer-worker.js';

/** The Blosc filter as base64, set by the build. */
declare const BLOSC_FILTER: string;

provideBloscFilter(() => Promise.resolve(fromBase64(BLOSC_FILTER)));
new ViewerWorker(globalThis, [core, hdf5, extractors, cleaners, hillas]);
