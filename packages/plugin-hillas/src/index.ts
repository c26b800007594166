import { definePlugin } from '@cherenkit/core';

import { HillasGeometryReconstructor } from './hillas-geometry-reconstructor.js';
import { HillasIntersection } from './hillas-intersection.js';
import { HillasParametrizer } from './hillas-parametrizer.js';
import { HillasReconstructor } from './hillas-reconstructor.js';

export { reasonToReject, selectImages, storeImpact, type ImagesByTelescope } from './stereo-images.js';
export { HillasGeometryReconstructor, HillasIntersection, HillasParametrizer, HillasReconstructor };

export default definePlugin({
  name: 'hillas',
  apiVersion: 1,
  bases: [HillasGeometryReconstructor],
  components: [HillasIntersection, HillasParametrizer, HillasReconstructor],
});
