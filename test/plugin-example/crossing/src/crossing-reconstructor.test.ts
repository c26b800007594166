import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildComponent, conformance, showerEvent, showerEvents, smallSubarray } from '@cherenkit/testing';
import { angularSeparation, degrees } from '@cherenkit/kernels';
import plugin, { CrossingReconstructor } from './index.js';

const plugins = [plugin]; // provides the service

conformance(CrossingReconstructor, { runner: { describe, it }, plugins });

describe('CrossingReconstructor', () => {
  const subarray = smallSubarray();

  it('reconstructs the true direction and core of simulated showers', async () => {
    const reconstructor = await buildComponent(CrossingReconstructor, { plugins, subarray });
    for (const event of showerEvents(subarray, 5, { noise: 0 })) {
      reconstructor.reconstruct(event);
      const found = event.dl2.stereo.geometry.get('CrossingReconstructor');
      const truth = event.simulation?.shower;
      assert(found?.isValid && truth);
      assert(degrees(angularSeparation(found.az, found.alt, truth.az, truth.alt)) < 0.1);
      assert(Math.hypot(found.coreX - truth.coreX, found.coreY - truth.coreY) < 10);
    }
  });

  it('skips pairs of telescopes below the minimum distance', async () => {
    const config = { CrossingReconstructor: { min_baseline: 1000 } };
    const reconstructor = await buildComponent(CrossingReconstructor, { plugins, subarray, config });
    const event = showerEvent(subarray);
    reconstructor.reconstruct(event);
    assert.equal(event.dl2.stereo.geometry.get('CrossingReconstructor')?.reason, 'no pair among 4 images');
  });
});
