/** Worker that reads raw data, sim_telarray files and zfits files of telescopes, and simulates. */
import core from '@cherenkit/core';
import cleaners from '@cherenkit/plugin-cleaners';
import extractors from '@cherenkit/plugin-extractors';
import hillas from '@cherenkit/plugin-hillas';
import simtel from '@cherenkit/plugin-simtel';
import toymodel from '@cherenkit/plugin-toymodel';
import zfits from '@cherenkit/plugin-zfits';
import { ViewerWorker } from './viewer-worker.js';

new ViewerWorker(globalThis, [core, simtel, zfits, toymodel, extractors, cleaners, hillas]);
