import { TailcutsImageCleaner } from '@cherenkit/plugin-cleaners';
import { expect } from 'chai';

import { makeDirectly } from '../direct-component.js';
import { REFERENCE } from '../kernels/waveform/waveform-reference.js';
import { expectSame, unpack } from '../packed-array.js';
import { smallSubarray } from '../small-camera.js';

describe('TailcutsImageCleaner', () => {
  const camera = REFERENCE.cameras.Hexagonal;
  const image = unpack('f4', camera.image);

  it('cleans as ctapipe does, its defaults included', () => {
    const perCamera = camera.tailcuts.filter(({ picture, boundary }) => [picture, boundary].every(Number.isFinite));
    expect(perCamera).to.have.length(24);
    for (const { picture, boundary, keepIsolatedPixels, minPictureNeighbors, mask } of perCamera) {
      const all = {
        pictureThresholdPe: picture,
        boundaryThresholdPe: boundary,
        keepIsolatedPixels,
        minPictureNeighbors,
      };
      const isDefault = picture === 10 && boundary === 5 && !keepIsolatedPixels && minPictureNeighbors === 2;
      const values = { TailcutsImageCleaner: isDefault ? {} : all };
      const cleaner = makeDirectly(TailcutsImageCleaner, smallSubarray(camera), values);
      expectSame(cleaner.clean(1, image), unpack('u1', mask));
    }
  });
});
