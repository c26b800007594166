import { waveformsOf, type ComponentClass, type ImageExtractor } from '@cherenkit/core';
import { selectGain } from '@cherenkit/kernels';
import extractorsPlugin from '@cherenkit/plugin-extractors';
import { buildComponent } from '@cherenkit/testing';
import { expect } from 'chai';

import { REFERENCE } from '../support/waveform-reference.js';
import { expectSame, unpack, type PackedArray } from '../support/packed-array.js';
import { gainSelected, subarrayWithCamera } from '../support/small-camera.js';

describe('image extractors', () => {
  for (const [name, camera] of Object.entries(REFERENCE.cameras)) {
    const selected = unpack('i1', camera.selected);
    const broken = unpack('u1', camera.broken);
    const subarray = subarrayWithCamera(camera);
    const nPixels = selected.length;
    const { nSamples } = REFERENCE;

    for (const { waveforms, extractors } of camera.cases) {
      const samples = unpack('f4', waveforms);
      const both = waveformsOf(samples, 2, nPixels, nSamples);
      const one = waveformsOf(gainSelected(samples, selected, nSamples), 1, nPixels, nSamples);

      for (const expected of extractors) {
        it(`equal ctapipe for ${name}: ${expected.name} ${JSON.stringify(expected.traits)}`, async () => {
          const component = extractorsPlugin.components.find((candidate) => candidate.name === expected.name);
          if (component === undefined) throw new Error(`there is no ${expected.name}`);
          const extractor = await buildComponent(component as ComponentClass<ImageExtractor>, {
            subarray,
            config: { [expected.name]: expected.traits },
          });

          const ofBoth = extractor.extract(both, 1, undefined, broken);
          expectSame(ofBoth.image ?? [], unpack('f4', expected.bothGains[0]));
          expectTimes(ofBoth.peakTime, expected.bothGains[1]);
          expect(ofBoth.isValid).to.equal(true);

          const ofOne = extractor.extract(one, 1, selected, selectGain(broken, selected, new Uint8Array(nPixels)));
          expectSame(ofOne.image ?? [], unpack('f4', expected.gainSelected[0]));
          expectTimes(ofOne.peakTime, expected.gainSelected[1]);
          expectSame(both.samples, unpack('f4', waveforms));
        });
      }
    }
  }
});

/** Requires peak times unless ctapipe has none. */
function expectTimes(peakTime: Float32Array | undefined, expected: PackedArray | null): void {
  if (expected === null) expect(peakTime).to.equal(undefined);
  else expectSame(peakTime ?? [], unpack('f4', expected));
}
