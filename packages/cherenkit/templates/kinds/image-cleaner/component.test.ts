import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildComponent, conformance, smallSubarray } from '@cherenkit/testing';
import { TemplateComponent } from './template-component.js';

conformance(TemplateComponent, { runner: { describe, it } });

describe('TemplateComponent', () => {
  const subarray = smallSubarray();

  it('keeps two bright neighbours, but no isolated bright pixel', async () => {
    const cleaner = await buildComponent(TemplateComponent, { subarray });
    const { nPixels, neighbors } = subarray.telescope(1).camera.geometry;
    const image = new Float32Array(nPixels);
    const neighbor = neighbors.indices[neighbors.offsets[100] ?? 0] ?? 0;
    image[100] = image[neighbor] = image[300] = 10;
    const kept = [...cleaner.clean(1, image).entries()].filter(([, one]) => one === 1).map(([pixel]) => pixel);
    assert.deepEqual(new Set(kept), new Set([100, neighbor]));
  });

  it('has a threshold per telescope', async () => {
    const rules = [
      ['type', '*', 7],
      ['id', 3, 20],
    ];
    const config = { TemplateComponent: { threshold_pe: rules } };
    const cleaner = await buildComponent(TemplateComponent, { config, subarray });
    const keptBy = (telId: number): number =>
      cleaner.clean(telId, new Float32Array(subarray.telescope(telId).camera.geometry.nPixels).fill(10)).indexOf(1);
    assert.equal(keptBy(1), 0);
    assert.equal(keptBy(3), -1);
  });
});
