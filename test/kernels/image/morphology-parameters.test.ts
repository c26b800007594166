import { brightestIsland, islandSizes, largestIsland, morphologyParameters, numberOfIslands } from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';
import { randomMask, randomNeighbors, randomValues } from '../../support/random-camera.js';

const images = randomNeighbors.chain((neighbors) => {
  const nPixels = neighbors.offsets.length - 1;
  return fc.record({ neighbors: fc.constant(neighbors), mask: randomMask(nPixels), image: randomValues(nPixels) });
});

describe('islands', () => {
  it('are the connected components of selected pixels, numbered by their first pixels', () => {
    fc.assert(
      fc.property(images, ({ neighbors: { offsets, indices }, mask }) => {
        const { nIslands, labels } = numberOfIslands({ offsets, indices }, mask);
        // Each pixel takes the smallest index among its neighbours until nothing changes.
        const smallest = Array.from(mask, (bit, pixel) => (bit === 0 ? -1 : pixel));
        for (let hasChanged = true; hasChanged;) {
          hasChanged = false;
          for (let pixel = 0; pixel < mask.length; pixel++) {
            for (const neighbor of indices.subarray(offsets[pixel], offsets[pixel + 1])) {
              if (mask[pixel] === 0 || mask[neighbor] === 0 || smallest[neighbor] >= smallest[pixel]) continue;
              smallest[pixel] = smallest[neighbor];
              hasChanged = true;
            }
          }
        }
        const firsts = [...new Set(smallest.filter((pixel) => pixel >= 0))];
        expect(nIslands).to.equal(firsts.length);
        expect([...labels]).to.deep.equal(smallest.map((pixel) => firsts.indexOf(pixel) + 1));
      }),
    );
  });

  it('are counted by size, and the largest and brightest are found', () => {
    fc.assert(
      fc.property(images, ({ neighbors, mask, image }) => {
        const islands = numberOfIslands(neighbors, mask);
        const sizes = islandSizes(islands);
        const counts = morphologyParameters(neighbors, mask);
        expect(counts.nPixels).to.equal(mask.reduce((sum, bit) => sum + bit, 0));
        expect(counts.nSmallIslands).to.equal(sizes.slice(1).filter((size) => size <= 2).length);
        expect(counts.nMediumIslands).to.equal(islands.nIslands - counts.nSmallIslands);

        const charges = Array.from(sizes, (_, island) =>
          image.reduce((sum, charge, pixel) => sum + (islands.labels[pixel] === island ? charge : 0), 0),
        ).slice(1);
        const brightest = charges.indexOf(Math.max(...charges)) + 1;
        const largest = sizes.indexOf(Math.max(...sizes.slice(1)), 1);
        const pixelsOf = (island: number): number[] =>
          [...islands.labels].map((label) => (label === island && island > 0 ? 1 : 0));
        expect([...brightestIsland(islands, image)]).to.deep.equal(pixelsOf(brightest));
        expect([...largestIsland(islands)]).to.deep.equal(pixelsOf(largest));
      }),
    );
  });

  it('are small up to 2 pixels and large from 51', () => {
    const nPixels = 120;
    const chain = Array.from({ length: nPixels }, (_, k) => [k - 1, k + 1].filter((j) => j >= 0 && j < nPixels));
    const offsets = Int32Array.from([0, ...chain.keys()], (_, k) => chain.slice(0, k).flat().length);
    const indices = Int32Array.from(chain.flat());
    // Islands of 1, 2, 3, 50 and 51 pixels, with a gap after each.
    const mask = Uint8Array.from([1, 2, 3, 50, 51].flatMap((size) => [...new Array<number>(size).fill(1), 0]));
    const whole = new Uint8Array(nPixels);
    whole.set(mask.subarray(0, nPixels));
    expect(morphologyParameters({ offsets, indices }, whole)).to.deep.equal({
      nPixels: 107,
      nIslands: 5,
      nSmallIslands: 2,
      nMediumIslands: 2,
      nLargeIslands: 1,
    });
  });

  it('require a mask of the size of the camera', () => {
    const neighbors = { offsets: Int32Array.of(0, 0, 0), indices: new Int32Array(0) };
    expect(() => numberOfIslands(neighbors, new Uint8Array(3))).to.throw(
      RangeError,
      'expected a mask of 2 pixels, found 3',
    );
  });
});
