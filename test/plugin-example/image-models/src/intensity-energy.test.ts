import { describe, it } from 'node:test';
import hillas, { HillasReconstructor } from '@cherenkit/plugin-hillas';
import { buildComponent, conformance } from '@cherenkit/testing';
import plugin, { IntensityEnergy } from './index.js';

const plugins = [plugin, hillas]; // hillas has the default stereo combiner
const geometry = await buildComponent(HillasReconstructor, { plugins });

conformance(IntensityEnergy, {
  runner: { describe, it },
  plugins,
  prepare: (event) => geometry.reconstruct(event), // for the column of impact distances
});
