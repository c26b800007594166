import { definePlugin } from '@cherenkit/core';

import { HillasGeometryReconstructor, type ImagesByTelescope } from './hillas-geometry-reconstructor.js';
import { HillasParametrizer } from './hillas-parametrizer.js';
import { HillasReconstructor } from './hillas-reconstructor.js';

export { HillasGeometryReconstructor, HillasParametrizer, HillasReconstructor, type ImagesByTelescope };

export default definePlugin({
  name: 'hillas',
  apiVersion: 1,
  bases: [HillasGeometryReconstructor],
  components: [HillasParametrizer, HillasReconstructor],
});
