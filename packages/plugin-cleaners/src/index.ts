import { definePlugin } from '@cherenkit/core';

import { FACTImageCleaner } from './fact-image-cleaner.js';
import { MARSImageCleaner } from './mars-image-cleaner.js';
import { NSBImageCleaner } from './nsb-image-cleaner.js';
import { NoiseImageModifier } from './noise-image-modifier.js';
import { TailCutsDataVolumeReducer } from './tail-cuts-data-volume-reducer.js';
import { TailcutsImageCleaner } from './tailcuts-image-cleaner.js';
import { TimeConstrainedImageCleaner } from './time-constrained-image-cleaner.js';

export {
  FACTImageCleaner,
  MARSImageCleaner,
  NSBImageCleaner,
  NoiseImageModifier,
  TailCutsDataVolumeReducer,
  TailcutsImageCleaner,
  TimeConstrainedImageCleaner,
};

export default definePlugin({
  name: 'cleaners',
  apiVersion: 1,
  components: [
    FACTImageCleaner,
    MARSImageCleaner,
    NSBImageCleaner,
    NoiseImageModifier,
    TailCutsDataVolumeReducer,
    TailcutsImageCleaner,
    TimeConstrainedImageCleaner,
  ],
});
