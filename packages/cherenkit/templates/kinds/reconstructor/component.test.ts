import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildComponent, conformance, showerEvents, smallSubarray } from '@cherenkit/testing';
import { angularSeparation, degrees } from '@cherenkit/kernels';
import { TemplateComponent } from './template-component.js';

conformance(TemplateComponent, { runner: { describe, it } });

describe('TemplateComponent', () => {
  const subarray = smallSubarray();

  it('reconstructs the true direction and core of simulated showers', async () => {
    const reconstructor = await buildComponent(TemplateComponent, { subarray });
    for (const event of showerEvents(subarray, 5, { noise: 0 })) {
      reconstructor.reconstruct(event);
      const found = event.dl2.stereo.geometry.get('TemplateComponent');
      const truth = event.simulation?.shower;
      assert(found?.isValid && truth);
      assert(degrees(angularSeparation(found.az, found.alt, truth.az, truth.alt)) < 0.1);
      assert(Math.hypot(found.coreX - truth.coreX, found.coreY - truth.coreY) < 10);
    }
  });

  it('needs the configured number of images', async () => {
    const config = { TemplateComponent: { min_telescopes: 5 } };
    const reconstructor = await buildComponent(TemplateComponent, { config, subarray });
    const [event] = showerEvents(subarray, 1);
    assert(event);
    reconstructor.reconstruct(event);
    const result = event.dl2.stereo.geometry.get('TemplateComponent');
    assert.equal(result?.isValid, false);
    assert.equal(result.reason, '4 images, at least 5 are needed');
  });
});
