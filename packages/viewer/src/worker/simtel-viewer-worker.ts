/** Worker that reads sim_telarray files, and simulates. */
import core from '@cherenkit/core';
import cleaners from '@cherenkit/plugin-cleaners';
import extractors from '@cherenkit/plugin-extractors';
import hillas from '@cherenkit/plugin-hillas';
import simtel from '@cherenkit/plugin-simtel';
import toymodel from '@cherenkit/plugin-toymodel';
import { ViewerWorker } from './viewer-worker.js';

new ViewerWorker(globalThis, [core, simtel, toymodel, extractors, cleaners, hillas]);
