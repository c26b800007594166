import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EventIndexContainer } from '@cherenkit/core';
import { buildComponent, conformance, smallSubarray } from '@cherenkit/testing';
import { TemplateComponent } from './template-component.js';

conformance(TemplateComponent, { runner: { describe, it }, config: { TemplateComponent: { noise: 1 } } });

describe('TemplateComponent', () => {
  it('scales the light and adds noise of the configured width', async () => {
    const subarray = smallSubarray();
    const config = { TemplateComponent: { throughput: 0.5, noise: 2 } };
    const modifier = await buildComponent(TemplateComponent, { config, subarray });
    const { nPixels } = subarray.telescope(1).camera.geometry;
    const image = new Float32Array(nPixels).fill(10);
    const modified = modifier.modify(1, image, new EventIndexContainer({ obsId: 1, eventId: 1 }));
    const mean = modified.reduce((sum, charge) => sum + charge, 0) / nPixels;
    const variance = modified.reduce((sum, charge) => sum + (charge - mean) ** 2, 0) / nPixels;
    assert(Math.abs(mean - 5) < 0.5);
    assert(Math.abs(Math.sqrt(variance) - 2) < 0.3);
  });
});
