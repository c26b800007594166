import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ReconstructedEnergyContainer, TelescopeReconstructedContainer } from '@cherenkit/core';
import { buildComponent, conformance, showerEvent, smallSubarray } from '@cherenkit/testing';
import { TemplateComponent } from './template-component.js';

conformance(TemplateComponent, { runner: { describe, it } });

describe('TemplateComponent', () => {
  it('computes the median of the energies, weighted by the image intensities', async () => {
    const subarray = smallSubarray();
    const combiner = await buildComponent(TemplateComponent, { subarray });
    const event = showerEvent(subarray);
    const [intensities, energies] = [
      [100, 1000, 300, 400],
      [1, 2, 3, 50],
    ];
    subarray.telIds.forEach((telId, i) => {
      const prediction = new TelescopeReconstructedContainer();
      prediction.energy.set('Any', new ReconstructedEnergyContainer({ energy: energies[i] ?? NaN, isValid: true }));
      event.dl2.tel.set(telId, prediction);
      const parameters = event.dl1.tel.get(telId)?.parameters;
      assert(parameters);
      parameters.hillas.intensity = intensities[i] ?? NaN;
    });
    combiner.combine(event, 'ENERGY', 'Any');
    const combined = event.dl2.stereo.energy.get('Any');
    assert.equal(combined?.energy, 2);
    assert.deepEqual(combined.telescopes, [1, 2, 3, 4]);
  });
});
