/** Worker that reads HDF5 files. */
import core from '@cherenkit/core';
import cleaners from '@cherenkit/plugin-cleaners';
import extractors from '@cherenkit/plugin-extractors';
import hdf5 from '@cherenkit/plugin-hdf5';
import hillas from '@cherenkit/plugin-hillas';
import { ViewerServer } from './serve-viewer.js';

new ViewerServer(globalThis as never, [core, hdf5, extractors, cleaners, hillas]);
