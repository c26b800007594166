import { CherenkitError, waveformsOf } from '@cherenkit/core';
import { growMask } from '@cherenkit/kernels';
import cleanersPlugin, { TailCutsDataVolumeReducer } from '@cherenkit/plugin-cleaners';
import extractorsPlugin from '@cherenkit/plugin-extractors';
import { buildComponent } from '@cherenkit/testing';
import { expect } from 'chai';
import fc from 'fast-check';

import { randomMask, randomNeighbors } from '../support/random-camera.js';
import { REFERENCE } from '../support/waveform-reference.js';
import { expectSame, unpack } from '../support/packed-array.js';
import { gainSelected, subarrayWithCamera } from '../support/small-camera.js';

describe('TailCutsDataVolumeReducer', () => {
  for (const [name, camera] of Object.entries(REFERENCE.cameras)) {
    const subarray = subarrayWithCamera(camera);
    const selected = unpack('i1', camera.selected);
    const samples = unpack('f4', camera.cases[0].waveforms);
    const { nSamples } = REFERENCE;
    const options = { subarray, plugins: [cleanersPlugin, extractorsPlugin] };

    for (const { traits, thresholds, kept } of camera.reductions) {
      it(`selects the same pixels as ctapipe: ${name}, ${JSON.stringify({ ...traits, ...thresholds })}`, async () => {
        const { picture: picture_threshold_pe, boundary: boundary_threshold_pe } = thresholds;
        const config = {
          TailCutsDataVolumeReducer: { image_extractor_type: 'LocalPeakWindowSum', ...traits },
          TailcutsImageCleaner: { picture_threshold_pe, boundary_threshold_pe },
        };
        const reducer = await buildComponent(TailCutsDataVolumeReducer, { ...options, config });
        const waveforms = waveformsOf(gainSelected(samples, selected, nSamples), 1, selected.length, nSamples);
        expectSame(reducer.reduce(waveforms, 1, selected), unpack('u1', kept));
      });
    }

    it(`rejects waveforms of two gain channels: ${name}`, async () => {
      const reducer = await buildComponent(TailCutsDataVolumeReducer, {
        ...options,
        traits: { imageExtractorType: 'LocalPeakWindowSum' },
      });
      const both = waveformsOf(samples, 2, selected.length, nSamples);
      expect(() => reducer.reduce(both, 1, undefined)).to.throw(CherenkitError, 'requires one gain channel per pixel');
    });
  }
});

describe('growMask', () => {
  it('grows the mask within the allowed pixels until it is stable', () => {
    const cases = randomNeighbors.chain((neighbors) => {
      const nPixels = neighbors.offsets.length - 1;
      return fc.record({
        neighbors: fc.constant(neighbors),
        allowed: randomMask(nPixels),
        mask: randomMask(nPixels),
      });
    });
    fc.assert(
      fc.property(cases, ({ neighbors, allowed, mask }) => {
        const once = new Uint8Array(mask.length);
        const twice = new Uint8Array(mask.length);
        growMask(neighbors, allowed, mask, once);
        growMask(neighbors, allowed, once, twice);
        expect(twice).to.deep.equal(once);
        once.forEach((isIn, pixel) => {
          expect(isIn).to.be.at.most(allowed[pixel]);
          if (mask[pixel] === 1 && allowed[pixel] === 1) expect(isIn).to.equal(1);
        });
      }),
    );
  });
});
