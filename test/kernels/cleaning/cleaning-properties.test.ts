import {
  factImageCleaning,
  islandSizes,
  marsCleaning_1stPass,
  nsbImageCleaning,
  numberOfIslands,
  pictureAboveNoise,
  tailcutsClean,
  timeConstrainedClean,
  type Neighbors,
} from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';
import { randomNeighbors } from '../../support/random-camera.js';

/** The arguments of all cleaners. Charges and times are integers, so that sums do not depend on the pixel order. */
interface CleaningInput {
  readonly neighbors: Neighbors;
  readonly image: Float32Array;
  readonly peakTime: Float32Array;
  readonly picture: number;
  readonly boundary: number;
  readonly minPictureNeighbors: number;
  readonly timeLimit: number;
  readonly timeLimitCore: number;
}

const wholeNumbers = (length: number, min: number, max: number): fc.Arbitrary<Float32Array> =>
  fc
    .array(fc.integer({ min, max }), { minLength: length, maxLength: length })
    .map((values) => Float32Array.from(values));

const cleaningInputs: fc.Arbitrary<CleaningInput> = randomNeighbors.chain((neighbors) => {
  const nPixels = neighbors.offsets.length - 1;
  return fc.record({
    neighbors: fc.constant(neighbors),
    image: wholeNumbers(nPixels, -3, 30),
    peakTime: wholeNumbers(nPixels, 10, 16),
    picture: fc.integer({ min: 5, max: 12 }),
    boundary: fc.integer({ min: 1, max: 6 }),
    minPictureNeighbors: fc.integer({ min: 1, max: 3 }),
    timeLimit: fc.integer({ min: 1, max: 6 }),
    timeLimitCore: fc.integer({ min: 1, max: 6 }),
  });
});

type Cleaning = (input: CleaningInput, mask: Uint8Array) => number;

const tailcuts: Cleaning = ({ neighbors, image, picture, boundary, minPictureNeighbors }, mask) =>
  tailcutsClean(neighbors, image, picture, boundary, { minPictureNeighbors }, mask);

const mars: Cleaning = ({ neighbors, image, picture, boundary, minPictureNeighbors }, mask) =>
  marsCleaning_1stPass(neighbors, image, picture, boundary, { minPictureNeighbors }, mask);

const fact: Cleaning = ({ neighbors, image, peakTime, picture, boundary, minPictureNeighbors, timeLimit }, mask) =>
  factImageCleaning(neighbors, image, peakTime, picture, boundary, { minPictureNeighbors, timeLimit }, mask);

const timeConstrained: Cleaning = ({ neighbors, image, peakTime, picture, boundary, ...options }, mask) => {
  const { minPictureNeighbors, timeLimit: timeLimitBoundary, timeLimitCore } = options;
  const limits = { minPictureNeighbors, timeLimitCore, timeLimitBoundary };
  return timeConstrainedClean(neighbors, image, peakTime, picture, boundary, limits, mask);
};

const nsb =
  (largestIslandOnly: boolean): Cleaning =>
  ({ neighbors, image, peakTime, picture, boundary, minPictureNeighbors, timeLimit }, mask) => {
    const thresholds = pictureAboveNoise(new Float64Array(image.length).fill(2), 2.5, picture);
    const timeDelta = { peakTime, minNeighbors: 1, timeLimit };
    const bright = { threshold: 15, fraction: 0.3, nPixels: 3 };
    const options = { minPictureNeighbors, timeDelta, bright, largestIslandOnly };
    return nsbImageCleaning(neighbors, image, thresholds, boundary, options, mask);
  };

function maskOf(clean: Cleaning, input: CleaningInput): Uint8Array {
  const mask = new Uint8Array(input.image.length).fill(255);
  const count = clean(input, mask);
  expect(count).to.equal(mask.reduce((sum, bit) => sum + bit, 0));
  return mask;
}

/** The same camera with reordered pixels: pixel i becomes order[i]. */
function reordered(input: CleaningInput, order: readonly number[]): CleaningInput {
  const { offsets, indices } = input.neighbors;
  const from = order.map((_, pixel) => order.indexOf(pixel));
  const lists = from.map((old) => Array.from(indices.slice(offsets[old], offsets[old + 1]), (j) => order[j]).sort());
  const ends = lists.map((_, pixel) => lists.slice(0, pixel + 1).flat().length);
  return {
    ...input,
    neighbors: { offsets: Int32Array.of(0, ...ends), indices: Int32Array.from(lists.flat()) },
    image: Float32Array.from(from, (old) => input.image[old]),
    peakTime: Float32Array.from(from, (old) => input.peakTime[old]),
  };
}

const inputAndOrder = cleaningInputs.chain((input) => {
  const pixels = [...input.image.keys()];
  return fc.record({
    input: fc.constant(input),
    order: fc.shuffledSubarray(pixels, { minLength: pixels.length, maxLength: pixels.length }),
  });
});

/** Whether islands are tied in size or charge; the tie is broken by pixel order. */
function hasEqualIslands({ neighbors, image, picture, boundary }: CleaningInput): boolean {
  for (const threshold of [picture, boundary]) {
    const islands = numberOfIslands(
      neighbors,
      Uint8Array.from(image, (charge) => Number(charge >= threshold)),
    );
    const charges = new Float64Array(islands.nIslands + 1);
    islands.labels.forEach((label, pixel) => (charges[label] += image[pixel]));
    for (const values of [charges, islandSizes(islands)]) {
      const ofIslands = [...values].slice(1);
      if (new Set(ofIslands).size < ofIslands.length) return true;
    }
  }
  return false;
}

const CLEANINGS: Record<string, Cleaning> = {
  tailcutsClean: tailcuts,
  marsCleaning_1stPass: mars,
  factImageCleaning: fact,
  timeConstrainedClean: timeConstrained,
  nsbImageCleaning: nsb(false),
};

for (const [name, clean] of Object.entries(CLEANINGS)) {
  describe(name, () => {
    it('keeps no more pixels with a higher threshold or a tighter time limit', () => {
      fc.assert(
        fc.property(cleaningInputs, (input) => {
          const mask = maskOf(clean, input);
          const stricter: Partial<CleaningInput>[] = [
            { boundary: input.boundary + 1 },
            { timeLimit: input.timeLimit - 0.5 },
            { timeLimitCore: input.timeLimitCore - 0.5 },
          ];
          // Core pixels removed by a stricter cut change the mean time, so that other pixels may pass the time limit.
          if (clean !== timeConstrained) {
            stricter.push({ picture: input.picture + 1 });
            stricter.push({ minPictureNeighbors: input.minPictureNeighbors + 1 });
          }
          for (const change of stricter) {
            const other = maskOf(clean, { ...input, ...change });
            for (let pixel = 0; pixel < mask.length; pixel++) expect(other[pixel]).to.be.at.most(mask[pixel]);
          }
        }),
      );
    });

    it('does not depend on the pixel order', () => {
      fc.assert(
        fc.property(inputAndOrder, ({ input, order }) => {
          fc.pre(clean !== timeConstrained || !hasEqualIslands(input));
          const mask = maskOf(clean, input);
          const other = maskOf(clean, reordered(input, order));
          expect(order.map((pixel) => other[pixel])).to.deep.equal([...mask]);
        }),
      );
    });

    it('keeps no pixel of images that are zero or NaN', () => {
      fc.assert(
        fc.property(cleaningInputs, (input) => {
          const dark = input.image.map(() => 0);
          const unknown = input.image.map(() => NaN);
          for (const image of [dark, unknown]) {
            expect(maskOf(clean, { ...input, image }).includes(1)).to.equal(false);
          }
        }),
      );
    });

    it('rejects an image of the wrong size', () => {
      const neighbors = { offsets: Int32Array.of(0, 1, 2), indices: Int32Array.of(1, 0) };
      const four = new Float32Array(4);
      const input = { neighbors, image: four, peakTime: four, picture: 10, boundary: 5, minPictureNeighbors: 1 };
      expect(() => clean({ ...input, timeLimit: 1, timeLimitCore: 1 }, new Uint8Array(4))).to.throw(
        RangeError,
        /expected 2 pixels, found image of 4, .*mask of 4/,
      );
    });
  });
}

describe('timeConstrainedClean with equal times', () => {
  it('keeps no more pixels with a higher picture threshold', () => {
    fc.assert(
      fc.property(cleaningInputs, (input) => {
        const atOnce = { ...input, peakTime: input.peakTime.map(() => 12) };
        const mask = maskOf(timeConstrained, atOnce);
        const other = maskOf(timeConstrained, { ...atOnce, picture: input.picture + 1 });
        for (let pixel = 0; pixel < mask.length; pixel++) expect(other[pixel]).to.be.at.most(mask[pixel]);
      }),
    );
  });
});

describe('nsbImageCleaning with largestIslandOnly', () => {
  it('keeps one island, independent of the pixel order if the largest is unique', () => {
    fc.assert(
      fc.property(inputAndOrder, ({ input, order }) => {
        const all = maskOf(nsb(false), input);
        const mask = maskOf(nsb(true), input);
        const { nIslands } = numberOfIslands(input.neighbors, mask);
        expect(nIslands).to.equal(Math.min(1, numberOfIslands(input.neighbors, all).nIslands));
        const sizes = [...islandSizes(numberOfIslands(input.neighbors, all))].slice(1).sort((a, b) => b - a);
        fc.pre(sizes.length < 2 || sizes[0] > sizes[1]);
        const other = maskOf(nsb(true), reordered(input, order));
        expect(order.map((pixel) => other[pixel])).to.deep.equal([...mask]);
      }),
    );
  });
});

describe('pictureAboveNoise', () => {
  it('is a multiple of the standard deviation, at least the minimum, and NaN if the deviation is NaN', () => {
    const thresholds = pictureAboveNoise(Float64Array.of(1, 4, NaN), 2.5, 8);
    expect([...thresholds]).to.deep.equal([8, 10, NaN]);
  });
});
