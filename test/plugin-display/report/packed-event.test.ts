import { processEvent } from '@cherenkit/core';
import { eventTitle, groundPicture, skyPicture, type Picture } from '@cherenkit/display';
import { packEvent, packSubarray, unpackEvent, unpackSubarray } from '@cherenkit/plugin-display/internal';
import { expect } from 'chai';
import { createPipeline, EventSource } from 'cherenkit';
import { inTestData, TEST_DATA } from '../../support/test-data.js';

const INPUTS = [
  'toymodel:?events=2&seed=5',
  ...(TEST_DATA === undefined ? [] : [inTestData('data', 'gamma_diffuse_north_alpha_600.simtel.zst')]),
];

describe('packEvent', function () {
  this.timeout(60_000);
  for (const input of INPUTS) {
    it(`keeps what pictures show: ${input.replace(/^.*\//, '')}`, async () => {
      await using source = await EventSource.open(input);
      const { subarray } = source;
      const pipeline = await createPipeline(source);
      const copyOfSubarray = await unpackSubarray(await packSubarray(subarray));
      let nImages = 0;
      for await (const event of source) {
        processEvent(event, pipeline);
        const copy = await unpackEvent(await packEvent(event));
        expect(eventTitle(copy)).to.equal(eventTitle(event));
        expectSame(groundPicture(copy, copyOfSubarray), groundPicture(event, subarray));
        const bare = { ...event, dl1: { tel: new Map() } } as typeof event;
        expectSame(skyPicture({ ...bare, dl2: copy.dl2 } as typeof event, copyOfSubarray), skyPicture(bare, subarray));
        for (const [telId, { image, imageMask, parameters }] of event.dl1.tel) {
          nImages++;
          const found = copy.dl1.tel.get(telId);
          expect(found?.imageMask).to.deep.equal(imageMask);
          const { intensity = NaN } = parameters?.hillas ?? {};
          if (Number.isNaN(intensity)) expect(found?.parameters?.hillas.intensity).to.deep.equal(NaN);
          else expect(found?.parameters?.hillas.intensity).to.be.closeTo(intensity, 0.01);
          const range = Math.max(...(image ?? [])) - Math.min(...(image ?? []));
          image?.forEach((charge, pixel) => {
            expect(found?.image?.[pixel]).to.be.closeTo(charge, range / 65534 + 1e-6);
          });
        }
        if (event.count >= 2) break;
      }
      expect(nImages).to.be.above(3);
    });
  }
});

/** Numbers may differ by some roundings in the last digit. */
function expectSame(found: Picture | undefined, expected: Picture | undefined): void {
  const NUMBER = /-?\d+(\.\d+)?/g;
  const [a, b] = [String(found?.toSvg()), String(expected?.toSvg())];
  expect(a.replaceAll(NUMBER, '#')).to.equal(b.replaceAll(NUMBER, '#'));
  const numbers = b.match(NUMBER)?.map(Number) ?? [];
  a.match(NUMBER)?.forEach((text, i) => expect(Number(text)).to.be.closeTo(numbers[i], 0.05));
}
