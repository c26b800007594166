import { definePlugin } from '@cherenkit/core';
import { ElongationDisp } from './elongation-disp.js';
import { IntensityEnergy } from './intensity-energy.js';
import { WidthClassifier } from './width-classifier.js';

export { ElongationDisp, IntensityEnergy, WidthClassifier };

export default definePlugin({
  name: 'image-models',
  apiVersion: 1,
  components: [ElongationDisp, IntensityEnergy, WidthClassifier],
});
