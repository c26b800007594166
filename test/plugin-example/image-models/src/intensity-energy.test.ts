import { describe, it } from 'node:test';
import { HillasReconstructor } from '@cherenkit/plugin-hillas';
import ml from '@cherenkit/plugin-ml';
import { buildComponent, conformance } from '@cherenkit/testing';
import plugin, { IntensityEnergy } from './index.js';

const plugins = [plugin, ml]; // ml has the default stereo combiner
const geometry = await buildComponent(HillasReconstructor);

conformance(IntensityEnergy, {
  runner: { describe, it },
  plugins,
  prepare: (event) => geometry.reconstruct(event), // for the column of impact distances
});
