import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildComponent, conformance, showerEvent, smallSubarray } from '@cherenkit/testing';
import { TemplateComponent } from './template-component.js';

conformance(TemplateComponent, { runner: { describe, it } });

describe('TemplateComponent', () => {
  const subarray = smallSubarray();
  const parametersWith = async (minPart: number) => {
    const config = { TemplateComponent: { min_part: minPart } };
    const parametrizer = await buildComponent(TemplateComponent, { config, subarray });
    const dl1 = showerEvent(subarray).dl1.tel.get(1);
    assert(dl1?.image && dl1.imageMask);
    const geometry = subarray.telescope(1).camera.geometry.toTelescopeFrame();
    return { found: parametrizer.parametrize(geometry, dl1.image, dl1.imageMask), all: dl1.parameters };
  };

  it('takes all pixels of the cleaned image where every part is enough', async () => {
    const { found, all } = await parametersWith(0);
    assert.equal(found.hillas.intensity, all?.hillas.intensity);
    assert.equal(found.morphology.nPixels, all?.morphology.nPixels);
  });

  it('sees a smaller image in its brightest pixels', async () => {
    const { found, all } = await parametersWith(0.4);
    assert(all && found.hillas.length < all.hillas.length);
    assert(found.morphology.nPixels < all.morphology.nPixels);
  });
});
