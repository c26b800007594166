import { definePlugin, service, SUBARRAY } from '@cherenkit/core';
import { Baselines, BASELINES } from './baselines.js';
import { CrossingReconstructor } from './crossing-reconstructor.js';

export { Baselines, BASELINES, CrossingReconstructor };

export default definePlugin({
  name: 'crossing',
  apiVersion: 1,
  components: [CrossingReconstructor],
  services: [service(BASELINES, [SUBARRAY], Baselines)],
});
