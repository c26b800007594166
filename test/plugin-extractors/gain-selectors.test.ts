import { waveformsOf, type Waveforms } from '@cherenkit/core';
import { ManualGainSelector, ThresholdGainSelector } from '@cherenkit/plugin-extractors';
import { buildComponent } from '@cherenkit/testing';
import { expect } from 'chai';

import { REFERENCE } from '../support/waveform-reference.js';
import { expectSame, unpack } from '../support/packed-array.js';
import { subarrayWithCamera } from '../support/small-camera.js';

const camera = REFERENCE.cameras.Hexagonal;
const subarray = subarrayWithCamera(camera);
const nPixels = subarray.telescope(1).camera.geometry.nPixels;
const adc = unpack('u2', camera.adc);
const both = waveformsOf(adc, 2, nPixels, REFERENCE.nSamples);
const high = waveformsOf(both.channel(0), 1, nPixels, REFERENCE.nSamples);

describe('ThresholdGainSelector', () => {
  it('selects gain channels as ctapipe does', async () => {
    const selected = (await buildComponent(ThresholdGainSelector, { subarray })).select(both, 1);
    expectSame(selected, unpack('i1', camera.calibrated[0].channel));
  });

  it('reads the high-gain channel only, so that the low-gain one is not decoded', async () => {
    const lazy = Object.create(both, {
      channel: { value: (channel: number) => both.channel(channel) },
      samples: {
        get: () => {
          throw new Error('all channels were read');
        },
      },
    }) as Waveforms<Uint16Array>;
    const selector = await buildComponent(ThresholdGainSelector, { subarray });
    expect(() => selector.select(lazy, 1)).not.to.throw();
  });

  it('selects the only channel of a camera with one', async () => {
    const selector = await buildComponent(ThresholdGainSelector, { subarray, traits: { threshold: 0 } });
    expect(Array.from(selector.select(both, 1))).to.include(1);
    expectSame(selector.select(high, 1), new Int8Array(nPixels));
  });
});

describe('ManualGainSelector', () => {
  it('selects the configured channel, or the only one', async () => {
    const low = await buildComponent(ManualGainSelector, { subarray, traits: { channel: 'LOW' } });
    expectSame((await buildComponent(ManualGainSelector, { subarray })).select(both, 1), new Int8Array(nPixels));
    expectSame(low.select(both, 1), new Int8Array(nPixels).fill(1));
    expectSame(low.select(high, 1), new Int8Array(nPixels));
  });
});
