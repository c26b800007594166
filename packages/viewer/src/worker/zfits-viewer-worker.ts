/** Worker that reads zfits files of telescopes. */
import core from '@cherenkit/core';
import cleaners from '@cherenkit/plugin-cleaners';
import extractors from '@cherenkit/plugin-extractors';
import hillas from '@cherenkit/plugin-hillas';
import zfits from '@cherenkit/plugin-zfits';
import { ViewerWorker } from './viewer-worker.js';

new ViewerWorker(globalThis, [core, zfits, extractors, cleaners, hillas]);
