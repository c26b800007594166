import { EventIndexContainer } from '@cherenkit/core';
import { NoiseImageModifier } from '@cherenkit/plugin-cleaners';
import { buildComponent } from '@cherenkit/testing';
import { expect } from 'chai';

import { neighborsOf, REFERENCE } from '../support/waveform-reference.js';
import { subarrayWithCamera } from '../support/small-camera.js';

const camera = REFERENCE.cameras.Hexagonal;
const subarray = subarrayWithCamera(camera);
const { offsets } = neighborsOf(camera);
const nPixels = offsets.length - 1;
const image = Float32Array.from({ length: nPixels }, (_, pixel) => (pixel % 2 === 0 ? 2 : 100));

async function modifierWith(traits: Record<string, unknown>): Promise<NoiseImageModifier> {
  return await buildComponent(NoiseImageModifier, { subarray, traits });
}

function modified(modifier: NoiseImageModifier, eventId: number, given: Float32Array = image): Float32Array {
  return modifier.modify(1, given, new EventIndexContainer({ obsId: 3, eventId }));
}

async function modify(
  traits: Record<string, unknown>,
  eventId = 1,
  given: Float32Array = image,
): Promise<Float32Array> {
  return modified(await modifierWith(traits), eventId, given);
}

/** Mean of a quantity over pixels and events, and the number of values. */
function meanOver(nEvents: number, ofEvent: (eventId: number) => number[]): { mean: number; n: number } {
  const values = Array.from({ length: nEvents }, (_, eventId) => ofEvent(eventId)).flat();
  return { mean: values.reduce((sum, value) => sum + value, 0) / values.length, n: values.length };
}

describe('NoiseImageModifier', () => {
  it('copies the image with default traits', async () => {
    const copy = await modify({ noiseBiasDimPixels: 3 });
    expect(copy).to.deep.equal(image);
    expect(copy).not.to.equal(image);
  });

  it('adds noise and bias to dim pixels and noise to bright ones, without changing the input', async () => {
    const before = image.slice();
    for (const noiseCorrectBias of [true, false]) {
      const modifier = await modifierWith({
        noiseTransitionCharge: 50,
        noiseLevelDimPixels: 4,
        noiseLevelBrightPixels: 9,
        noiseBiasDimPixels: 0.5,
        noiseCorrectBias,
      });
      const differences = (eventId: number): number[] => [...modified(modifier, eventId)].map((q, i) => q - image[i]);
      const dim = meanOver(50, (eventId) => differences(eventId).filter((_, pixel) => pixel % 2 === 0));
      const bright = meanOver(50, (eventId) => differences(eventId).filter((_, pixel) => pixel % 2 === 1));
      // Five standard errors of the mean of Poisson numbers. The seeds are fixed, so that the result is reproducible.
      expect(dim.mean).to.be.closeTo(0.5 + (noiseCorrectBias ? 0 : 4), 5 * Math.sqrt(4 / dim.n));
      expect(bright.mean).to.be.closeTo(noiseCorrectBias ? 0 : 9, 5 * Math.sqrt(9 / bright.n));
    }
    expect(image).to.deep.equal(before);
  });

  it('moves whole photo-electrons to neighbours and loses some at the border', async () => {
    const most = Math.max(...offsets.subarray(1).map((end, pixel) => end - offsets[pixel]));
    const center = offsets.findIndex((start, pixel) => offsets[pixel + 1] - start === most);
    const border = offsets.findIndex((start, pixel) => pixel < nPixels && offsets[pixel + 1] - start < most);
    const only = (pixel: number): Float32Array => new Float32Array(nPixels).map((_, i) => (i === pixel ? 1000 : 0));
    const sum = (charges: Float32Array): number => charges.reduce((total, charge) => total + charge, 0);

    const fromCenter = await modify({ psfSmearFactor: 0.3 }, 1, only(center));
    expect(sum(fromCenter)).to.equal(1000);
    expect(fromCenter.every((charge) => Number.isInteger(charge))).to.equal(true);
    expect(fromCenter[center]).to.be.closeTo(700, 5 * Math.sqrt(300));

    const open = (offsets[border + 1] - offsets[border]) / most;
    const fromBorder = await modify({ psfSmearFactor: 0.3 }, 1, only(border));
    expect(fromBorder[border]).to.be.closeTo(700, 5 * Math.sqrt(300));
    expect(sum(fromBorder))
      .to.be.closeTo(700 + 300 * open, 5 * Math.sqrt(300))
      .and.be.below(1000);

    const negative = new Float32Array(nPixels).fill(-3);
    expect(await modify({ psfSmearFactor: 0.3 }, 1, negative)).to.deep.equal(negative);
  });

  it('adds Poisson noise with the right mean, variance and distribution', async () => {
    for (const level of [1.5, 14]) {
      const dark = new Float32Array(nPixels);
      const counts = new Map<number, number>();
      const nEvents = 300;
      const modifier = await modifierWith({
        noiseTransitionCharge: 5,
        noiseLevelDimPixels: level,
        noiseCorrectBias: false,
      });
      for (let eventId = 0; eventId < nEvents; eventId++) {
        for (const charge of modified(modifier, eventId, dark)) counts.set(charge, (counts.get(charge) ?? 0) + 1);
      }
      const n = nEvents * nPixels;
      let chiSquared = 0;
      let nBins = 0;
      let probability = Math.exp(-level);
      for (let k = 0; k < 60; k++) {
        if (k > 0) probability *= level / k;
        const expected = n * probability;
        if (expected < 10) continue;
        chiSquared += ((counts.get(k) ?? 0) - expected) ** 2 / expected;
        nBins++;
      }
      // Five standard deviations of chi squared. The seeds are fixed, so that the result is reproducible.
      expect(nBins).to.be.greaterThan(6);
      expect(chiSquared).to.be.below(nBins + 5 * Math.sqrt(2 * nBins));
      const moments = [...counts].reduce(
        ([sum, squares], [k, c]) => [sum + c * k, squares + c * (k - level) ** 2],
        [0, 0],
      );
      expect(moments[0] / n).to.be.closeTo(level, 5 * Math.sqrt(level / n));
      expect(moments[1] / n).to.be.closeTo(level, 5 * level * Math.sqrt((2 + 1 / level) / n));
    }
  });

  it('distributes smeared charge equally among the neighbours', async () => {
    const most = Math.max(...offsets.subarray(1).map((end, pixel) => end - offsets[pixel]));
    const center = offsets.findIndex((start, pixel) => offsets[pixel + 1] - start === most);
    const { indices } = neighborsOf(camera);
    const bright = new Float32Array(nPixels).map((_, pixel) => (pixel === center ? 600 : 0));
    const nEvents = 200;
    const shares = new Float64Array(nPixels);
    const modifier = await modifierWith({ psfSmearFactor: 0.5 });
    for (let eventId = 0; eventId < nEvents; eventId++) {
      modified(modifier, eventId, bright).forEach((charge, pixel) => (shares[pixel] += charge / nEvents));
    }
    const around = indices.slice(offsets[center], offsets[center + 1]);
    for (const pixel of around) expect(shares[pixel]).to.be.closeTo(300 / most, 5 * Math.sqrt(300 / most / nEvents));
    shares.forEach((share, pixel) => {
      if (pixel !== center && !around.includes(pixel)) expect(share).to.equal(0);
    });
  });

  it('does not depend on the order of the events', async () => {
    const values = { psfSmearFactor: 0.1, noiseLevelDimPixels: 2, noiseLevelBrightPixels: 1 };
    const inOrder = async (eventIds: readonly number[]): Promise<Map<number, Float32Array>> => {
      const modifier = await modifierWith(values);
      return new Map(
        eventIds.map((eventId) => [eventId, modifier.modify(1, image, new EventIndexContainer({ obsId: 3, eventId }))]),
      );
    };
    const forwards = await inOrder([1, 2, 3, 4]);
    for (const [eventId, modifiedImage] of await inOrder([4, 2, -1, 1])) {
      if (eventId > 0) expect(modifiedImage).to.deep.equal(forwards.get(eventId));
    }
  });

  it('depends on seed, event and telescope only', async () => {
    const values = { psfSmearFactor: 0.1, noiseLevelDimPixels: 2 };
    const modifier = await modifierWith(values);
    const index = (eventId: number): EventIndexContainer => new EventIndexContainer({ obsId: 3, eventId });
    modifier.modify(1, image, index(5));
    expect(modifier.modify(1, image, index(1))).to.deep.equal(await modify(values, 1));
    expect(await modify(values, 2)).not.to.deep.equal(await modify(values, 1));
    expect(await modify({ ...values, rngSeed: 1 }, 1)).not.to.deep.equal(await modify(values, 1));
  });
});
