import { definePlugin } from '@cherenkit/core';

import { TailcutsImageCleaner } from './tailcuts-image-cleaner.js';

export { TailcutsImageCleaner };

export default definePlugin({
  name: 'cleaners',
  apiVersion: 1,
  components: [TailcutsImageCleaner],
});
