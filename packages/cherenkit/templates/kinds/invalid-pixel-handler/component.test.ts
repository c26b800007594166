import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildComponent, conformance, smallSubarray } from '@cherenkit/testing';
import { TemplateComponent } from './template-component.js';

conformance(TemplateComponent, { runner: { describe, it } });

describe('TemplateComponent', () => {
  it('replaces an invalid pixel by the median of its neighbours', async () => {
    const subarray = smallSubarray();
    const handler = await buildComponent(TemplateComponent, { subarray });
    const { nPixels, neighbors } = subarray.telescope(1).camera.geometry;
    const image = new Float32Array(nPixels).fill(NaN);
    const invalid = new Uint8Array(nPixels);
    invalid[200] = 1;
    const around = neighbors.indices.subarray(neighbors.offsets[200], neighbors.offsets[201]);
    around.forEach((neighbor, i) => (image[neighbor] = [1, 2, 3, 5, 100, 1000][i] ?? NaN));
    handler.handle(1, image, undefined, invalid);
    assert.equal(image[200], 4);
  });
});
