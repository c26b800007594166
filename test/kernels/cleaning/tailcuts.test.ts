import { dilate, tailcutsClean, type Thresholds } from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';
import { expectSame, unpack, type PackedArray } from '../../support/packed-array.js';
import { randomMask, randomNeighbors, randomValues } from '../../support/random-camera.js';
import { REFERENCE, neighborsOf } from '../../support/waveform-reference.js';

const thresholds = (value: number | PackedArray): Thresholds =>
  typeof value === 'number' ? value : unpack('f8', value);

for (const [name, camera] of Object.entries(REFERENCE.cameras)) {
  describe(`tailcutsClean and dilate for ${name}`, () => {
    const neighbors = neighborsOf(camera);
    const image = unpack('f4', camera.image);

    it('equal ctapipe for thresholds per camera and per pixel with all options', () => {
      expect(camera.tailcuts).to.have.length(40);
      for (const { picture, boundary, mask: expected, ...options } of camera.tailcuts) {
        const mask = new Uint8Array(image.length).fill(255);
        const count = tailcutsClean(neighbors, image, thresholds(picture), thresholds(boundary), options, mask);
        expectSame(mask, unpack('u1', expected));
        expect(count).to.equal(mask.reduce((sum, bit) => sum + bit, 0));
      }
    });

    it('dilate as ctapipe does', () => {
      const dilated = new Uint8Array(image.length).fill(255);
      dilate(neighbors, unpack('u1', camera.mask), dilated);
      expectSame(dilated, unpack('u1', camera.dilated));
    });
  });
}

const cleanings = randomNeighbors.chain((neighbors) => {
  const nPixels = neighbors.offsets.length - 1;
  return fc.record({
    neighbors: fc.constant(neighbors),
    image: randomValues(nPixels),
    picture: fc.integer({ min: 4, max: 12 }),
    boundary: fc.integer({ min: 0, max: 4 }),
    keepIsolatedPixels: fc.boolean(),
    minPictureNeighbors: fc.integer({ min: 0, max: 3 }),
  });
});

describe('tailcutsClean', () => {
  it('keeps only pixels above the boundary threshold, and fewer with higher thresholds', () => {
    fc.assert(
      fc.property(cleanings, ({ neighbors, image, picture, boundary, ...options }) => {
        const clean = (p: number, b: number): Uint8Array => {
          const mask = new Uint8Array(image.length);
          tailcutsClean(neighbors, image, p, b, options, mask);
          return mask;
        };
        const mask = clean(picture, boundary);
        const stricter = [clean(picture + 1, boundary), clean(picture, boundary + 1), clean(picture, Infinity)];
        for (let pixel = 0; pixel < image.length; pixel++) {
          if (mask[pixel] === 1) expect(image[pixel]).to.be.at.least(boundary);
          for (const other of stricter) expect(other[pixel]).to.be.at.most(mask[pixel]);
        }
      }),
    );
  });

  it('applies a scalar threshold to all pixels and treats NaN as below any threshold', () => {
    fc.assert(
      fc.property(cleanings, ({ neighbors, image, picture, boundary, ...options }) => {
        image[0] = NaN;
        const scalar = new Uint8Array(image.length);
        const perPixel = new Uint8Array(image.length);
        tailcutsClean(neighbors, image, picture, boundary, options, scalar);
        const same = (value: number): Float32Array => new Float32Array(image.length).fill(value);
        tailcutsClean(neighbors, image, same(picture), same(boundary), options, perPixel);
        expectSame(perPixel, scalar);
        expect(scalar[0]).to.equal(0);
      }),
    );
  });

  it('rejects an image of the wrong size', () => {
    const neighbors = { offsets: Int32Array.of(0, 1, 2), indices: Int32Array.of(1, 0) };
    const clean = (): number => tailcutsClean(neighbors, new Float32Array(4), 10, 5, {}, new Uint8Array(4));
    expect(clean).to.throw(RangeError, 'tailcutsClean: expected 2 pixels, found image of 4, mask of 4');
  });
});

describe('dilate', () => {
  it('adds exactly the neighbours of the mask', () => {
    const masks = randomNeighbors.chain((neighbors) =>
      fc.record({ neighbors: fc.constant(neighbors), mask: randomMask(neighbors.offsets.length - 1) }),
    );
    fc.assert(
      fc.property(masks, ({ neighbors: { offsets, indices }, mask }) => {
        const dilated = new Uint8Array(mask.length);
        dilate({ offsets, indices }, mask, dilated);
        const expected = mask.map((bit, pixel) =>
          bit === 1 || indices.slice(offsets[pixel], offsets[pixel + 1]).some((j) => mask[j] === 1) ? 1 : 0,
        );
        expectSame(dilated, expected);
      }),
    );
  });
});
