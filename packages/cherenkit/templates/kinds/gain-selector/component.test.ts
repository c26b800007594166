import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GainChannel } from '@cherenkit/core';
import { buildComponent, conformance, showerEvent, smallSubarray } from '@cherenkit/testing';
import { TemplateComponent } from './template-component.js';

conformance(TemplateComponent, { runner: { describe, it } });

describe('TemplateComponent', () => {
  const subarray = smallSubarray();
  const channelsOf = async (energy: number, config = {}): Promise<number[]> => {
    const selector = await buildComponent(TemplateComponent, { config, subarray });
    const waveform = showerEvent(subarray, { energy }).r0.tel.get(1)?.waveform;
    assert(waveform);
    return [...selector.select(waveform)];
  };

  it('selects the high gain for a dim shower, and the low gain for some pixels of a bright one', async () => {
    assert(!(await channelsOf(1)).includes(GainChannel.LOW));
    const bright = await channelsOf(100);
    assert(bright.includes(GainChannel.LOW) && bright.includes(GainChannel.HIGH));
  });

  it('can be configured for converters with another range', async () => {
    assert((await channelsOf(1, { TemplateComponent: { max_count: 310 } })).includes(GainChannel.LOW));
  });
});
