import { definePlugin } from '@cherenkit/core';

import { MuonIntensityFitter } from './muon-intensity-fitter.js';
import { MuonProcessor } from './muon-processor.js';
import { ImageParameterQuery, RingQuery } from './muon-queries.js';
import { MuonRingFitter } from './muon-ring-fitter.js';

export { fitMuonLight, type ChargeNoise, type MuonLightFit, type RingPixels } from './fit-muon-light.js';
export { ImageParameterQuery, MuonIntensityFitter, MuonProcessor, MuonRingFitter, RingQuery };

export default definePlugin({
  name: 'muon',
  apiVersion: 1,
  kinds: [MuonIntensityFitter, MuonRingFitter],
  components: [ImageParameterQuery, MuonIntensityFitter, MuonProcessor, MuonRingFitter, RingQuery],
});
