import { definePlugin } from '@cherenkit/core';

import { HillasGeometryReconstructor, type ImagesByTelescope } from './hillas-geometry-reconstructor.js';
import { HillasIntersection } from './hillas-intersection.js';
import { HillasParametrizer } from './hillas-parametrizer.js';
import { HillasReconstructor } from './hillas-reconstructor.js';

export {
  HillasGeometryReconstructor,
  HillasIntersection,
  HillasParametrizer,
  HillasReconstructor,
  type ImagesByTelescope,
};

export default definePlugin({
  name: 'hillas',
  apiVersion: 1,
  bases: [HillasGeometryReconstructor],
  components: [HillasIntersection, HillasParametrizer, HillasReconstructor],
});
