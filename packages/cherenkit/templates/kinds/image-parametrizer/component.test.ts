import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildComponent, conformance, showerEvent, smallSubarray } from '@cherenkit/testing';
import { TemplateComponent } from './template-component.js';

conformance(TemplateComponent, { runner: { describe, it } });

describe('TemplateComponent', () => {
  const subarray = smallSubarray();
  const parametrizeWith = async (minFraction: number) => {
    const config = { TemplateComponent: { min_fraction: minFraction } };
    const parametrizer = await buildComponent(TemplateComponent, { config, subarray });
    const dl1 = showerEvent(subarray).dl1.tel.get(1);
    assert(dl1?.image && dl1.imageMask);
    const geometry = subarray.telescope(1).camera.geometry.toTelescopeFrame();
    return { found: parametrizer.parametrize(geometry, dl1.image, dl1.imageMask), all: dl1.parameters };
  };

  it('uses all pixels of the cleaned image if the minimum is 0', async () => {
    const { found, all } = await parametrizeWith(0);
    assert.equal(found.hillas.intensity, all?.hillas.intensity);
    assert.equal(found.morphology.nPixels, all?.morphology.nPixels);
  });

  it('finds a smaller image with fewer pixels', async () => {
    const { found, all } = await parametrizeWith(0.4);
    assert(all && found.hillas.length < all.hillas.length);
    assert(found.morphology.nPixels < all.morphology.nPixels);
  });
});
