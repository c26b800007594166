import { definePlugin } from '@cherenkit/core';

import { NoiseImageModifier } from './noise-image-modifier.js';
import { TailcutsImageCleaner } from './tailcuts-image-cleaner.js';

export { NoiseImageModifier, TailcutsImageCleaner };

export default definePlugin({
  name: 'cleaners',
  apiVersion: 1,
  components: [NoiseImageModifier, TailcutsImageCleaner],
});
