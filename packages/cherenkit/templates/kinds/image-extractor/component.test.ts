import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildComponent, conformance, showerEvent, smallSubarray } from '@cherenkit/testing';
import { TemplateComponent } from './template-component.js';

conformance(TemplateComponent, { runner: { describe, it } });

describe('TemplateComponent', () => {
  it('extracts the true charge and peak time of simulated pulses', async () => {
    const subarray = smallSubarray();
    const config = { TemplateComponent: { window_width: 15 } };
    const extractor = await buildComponent(TemplateComponent, { config, subarray });
    const event = showerEvent(subarray);
    const truth = event.dl1.tel.get(1);
    const waveform = event.r1.tel.get(1)?.waveform;
    assert(truth?.image && truth.peakTime && waveform);
    const { image, peakTime } = extractor.extract(waveform, 1);
    truth.image.forEach((charge, pixel) => {
      if (charge < 20) return;
      assert(Math.abs((image?.[pixel] ?? NaN) / charge - 1) < 0.02);
      assert(Math.abs((peakTime?.[pixel] ?? NaN) - (truth.peakTime?.[pixel] ?? NaN)) < 0.2); // ns
    });
  });
});
