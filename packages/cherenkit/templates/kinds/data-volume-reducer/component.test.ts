import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildComponent, conformance, showerEvent, smallSubarray } from '@cherenkit/testing';
import { TemplateComponent } from './template-component.js';

conformance(TemplateComponent, { runner: { describe, it } });

describe('TemplateComponent', () => {
  it('keeps the pixels of a shower and few others', async () => {
    const subarray = smallSubarray();
    const reducer = await buildComponent(TemplateComponent, { subarray });
    const event = showerEvent(subarray, {}, { noise: 0.5 });
    const waveform = event.r1.tel.get(1)?.waveform;
    const image = event.dl1.tel.get(1)?.image;
    assert(waveform && image);
    const kept = reducer.reduce(waveform, 1);
    image.forEach((charge, pixel) => assert(charge < 20 || kept[pixel] === 1));
    assert(kept.filter((one) => one === 1).length < kept.length / 3);
  });
});
