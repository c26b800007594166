import { EventIndexContainer } from '@cherenkit/core';
import { NoiseImageModifier } from '@cherenkit/plugin-cleaners';
import { expect } from 'chai';

import { makeDirectly } from '../direct-component.js';
import { neighborsOf, REFERENCE } from '../kernels/waveform/waveform-reference.js';
import { smallSubarray } from '../small-camera.js';

const camera = REFERENCE.cameras.Hexagonal;
const subarray = smallSubarray(camera);
const { offsets } = neighborsOf(camera);
const nPixels = offsets.length - 1;
const image = Float32Array.from({ length: nPixels }, (_, pixel) => (pixel % 2 === 0 ? 2 : 100));

function modify(values: Record<string, unknown>, eventId = 1, given: Float32Array = image): Float32Array {
  const modifier = makeDirectly(NoiseImageModifier, subarray, { NoiseImageModifier: values });
  return modifier.modify(1, given, new EventIndexContainer({ obsId: 3, eventId }));
}

/** Mean over pixels and events of a difference, and the standard error that Poisson noise of this variance leaves. */
function meanOver(nEvents: number, ofEvent: (eventId: number) => number[]): { mean: number; n: number } {
  const values = Array.from({ length: nEvents }, (_, eventId) => ofEvent(eventId)).flat();
  return { mean: values.reduce((sum, value) => sum + value, 0) / values.length, n: values.length };
}

describe('NoiseImageModifier', () => {
  it('copies the image when nothing is asked for', () => {
    const modified = modify({ noiseBiasDimPixels: 3 });
    expect(modified).to.deep.equal(image);
    expect(modified).not.to.equal(image);
  });

  it('adds noise and bias to dim pixels and noise to bright ones, and leaves the given image alone', () => {
    const before = image.slice();
    for (const noiseCorrectBias of [true, false]) {
      const values = {
        noiseTransitionCharge: 50,
        noiseLevelDimPixels: 4,
        noiseLevelBrightPixels: 9,
        noiseBiasDimPixels: 0.5,
        noiseCorrectBias,
      };
      const differences = (eventId: number): number[] => [...modify(values, eventId)].map((q, i) => q - image[i]);
      const dim = meanOver(50, (eventId) => differences(eventId).filter((_, pixel) => pixel % 2 === 0));
      const bright = meanOver(50, (eventId) => differences(eventId).filter((_, pixel) => pixel % 2 === 1));
      // Five standard errors of the mean of Poisson numbers; the seeds are fixed, so nothing fails by chance.
      expect(dim.mean).to.be.closeTo(0.5 + (noiseCorrectBias ? 0 : 4), 5 * Math.sqrt(4 / dim.n));
      expect(bright.mean).to.be.closeTo(noiseCorrectBias ? 0 : 9, 5 * Math.sqrt(9 / bright.n));
    }
    expect(image).to.deep.equal(before);
  });

  it('moves light to neighbours, whole photo-electrons at a time, and loses some at the border', () => {
    const most = Math.max(...offsets.subarray(1).map((end, pixel) => end - offsets[pixel]));
    const center = offsets.findIndex((start, pixel) => offsets[pixel + 1] - start === most);
    const border = offsets.findIndex((start, pixel) => pixel < nPixels && offsets[pixel + 1] - start < most);
    const only = (pixel: number): Float32Array => new Float32Array(nPixels).map((_, i) => (i === pixel ? 1000 : 0));
    const sum = (charges: Float32Array): number => charges.reduce((total, charge) => total + charge, 0);

    const fromCenter = modify({ psfSmearFactor: 0.3 }, 1, only(center));
    expect(sum(fromCenter)).to.equal(1000);
    expect(fromCenter.every((charge) => Number.isInteger(charge))).to.equal(true);
    expect(fromCenter[center]).to.be.closeTo(700, 5 * Math.sqrt(300));

    const open = (offsets[border + 1] - offsets[border]) / most;
    const fromBorder = modify({ psfSmearFactor: 0.3 }, 1, only(border));
    expect(fromBorder[border]).to.be.closeTo(700, 5 * Math.sqrt(300));
    expect(sum(fromBorder))
      .to.be.closeTo(700 + 300 * open, 5 * Math.sqrt(300))
      .and.be.below(1000);

    const negative = new Float32Array(nPixels).fill(-3);
    expect(modify({ psfSmearFactor: 0.3 }, 1, negative)).to.deep.equal(negative);
  });

  it('draws from the seed, the event and the telescope, and from nothing else', () => {
    const values = { psfSmearFactor: 0.1, noiseLevelDimPixels: 2 };
    const modifier = makeDirectly(NoiseImageModifier, subarray, { NoiseImageModifier: values });
    const index = (eventId: number): EventIndexContainer => new EventIndexContainer({ obsId: 3, eventId });
    modifier.modify(1, image, index(5));
    expect(modifier.modify(1, image, index(1))).to.deep.equal(modify(values, 1));
    expect(modify(values, 2)).not.to.deep.equal(modify(values, 1));
    expect(modify({ ...values, rngSeed: 1 }, 1)).not.to.deep.equal(modify(values, 1));
  });
});
