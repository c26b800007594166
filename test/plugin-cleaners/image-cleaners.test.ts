import { CameraMonitoringContainer, type ComponentClass, type ImageCleaner } from '@cherenkit/core';
import {
  FACTImageCleaner,
  MARSImageCleaner,
  NSBImageCleaner,
  TailcutsImageCleaner,
  TimeConstrainedImageCleaner,
} from '@cherenkit/plugin-cleaners';
import { buildComponent } from '@cherenkit/testing';
import { expect } from 'chai';

import { readCheckedIn } from '../support/ctapipe-reference.js';
import { unpack, type PackedArray } from '../support/packed-array.js';
import { subarrayWithCamera } from '../support/small-camera.js';

const CLEANERS: readonly ComponentClass<ImageCleaner>[] = [
  FACTImageCleaner,
  MARSImageCleaner,
  NSBImageCleaner,
  TailcutsImageCleaner,
  TimeConstrainedImageCleaner,
];

interface CleaningReference {
  readonly cameras: Record<
    string,
    {
      readonly offsets: PackedArray;
      readonly indices: PackedArray;
      readonly pulse: PackedArray;
      readonly pulseSampleWidth: number;
      readonly images: { name: string; image: PackedArray; peakTime: PackedArray; pedestalStd?: PackedArray }[];
      readonly cases: { cleaner: string; traits: Record<string, number | boolean | null>; masks: number[][] }[];
    }
  >;
}

const REFERENCE = readCheckedIn('cleaning.json') as CleaningReference;

function pedestals(std: PackedArray | undefined): CameraMonitoringContainer {
  const monitoring = new CameraMonitoringContainer();
  if (std) monitoring.pixelStatistics.pedestalImage.std = unpack('f8', std);
  return monitoring;
}

for (const [camera, reference] of Object.entries(REFERENCE.cameras)) {
  describe(`image cleaners on ${camera}`, () => {
    const subarray = subarrayWithCamera(reference);
    for (const cleaner of CLEANERS) {
      it(`${cleaner.name} equals ctapipe on each image, including extreme ones`, async () => {
        const cases = reference.cases.filter((entry) => entry.cleaner === cleaner.name);
        expect(cases).to.have.length.above(6);
        for (const { traits, masks } of cases) {
          const component = await buildComponent(cleaner, { subarray, config: { [cleaner.name]: traits } });
          for (const [index, { name, ...given }] of reference.images.entries()) {
            const image = unpack('f4', given.image);
            const mask = component.clean(1, image, unpack('f4', given.peakTime), pedestals(given.pedestalStd));
            const kept = [...mask.keys()].filter((pixel) => mask[pixel] === 1);
            expect(kept, `${name} ${JSON.stringify(traits)}`).to.deep.equal(masks[index]);
            expect(image, 'the image is not changed').to.deep.equal(unpack('f4', given.image));
          }
        }
      });
    }
  });
}

describe('image cleaners without peak times', () => {
  const { Hexagonal } = REFERENCE.cameras;
  const subarray = subarrayWithCamera(Hexagonal);
  const image = unpack('f4', Hexagonal.images[0].image);

  const lookAtTimes: readonly ComponentClass<ImageCleaner>[] = [
    FACTImageCleaner,
    NSBImageCleaner,
    TimeConstrainedImageCleaner,
  ];
  for (const cleaner of lookAtTimes) {
    it(`${cleaner.name} reports how to provide them`, async () => {
      const component = await buildComponent(cleaner, { subarray });
      expect(() => component.clean(1, image))
        .to.throw(
          `${cleaner.name} requires peak times, but the images of telescope 1 have none. Choose an image extractor`,
        )
        .with.property('code', 'PEAK_TIME_MISSING');
    });
  }

  it('are supported by other cleaners, and by NSBImageCleaner without a time limit', async () => {
    const others: readonly ComponentClass<ImageCleaner>[] = [MARSImageCleaner, NSBImageCleaner, TailcutsImageCleaner];
    for (const cleaner of others) {
      const traits = cleaner === NSBImageCleaner ? { timeLimit: null } : {};
      const component = await buildComponent(cleaner, { subarray, traits });
      expect(component.clean(1, image).includes(1)).to.equal(true);
    }
  });
});

it('NSBImageCleaner uses the pedestals of the selected gain channels, or those of the high gain', async () => {
  const { Hexagonal } = REFERENCE.cameras;
  const { image, peakTime, pedestalStd } = Hexagonal.images[1];
  const high = unpack('f8', pedestalStd ?? image);
  const cleaner = await buildComponent(NSBImageCleaner, { subarray: subarrayWithCamera(Hexagonal) });
  const clean = (std: Float64Array, selected?: Int8Array): Uint8Array => {
    const monitoring = new CameraMonitoringContainer();
    monitoring.pixelStatistics.pedestalImage.std = std;
    return cleaner.clean(1, unpack('f4', image), unpack('f4', peakTime), monitoring, selected);
  };
  const both = Float64Array.from([...high, ...high.map(() => 1000)]);
  expect(clean(both)).to.deep.equal(clean(high));
  expect(clean(high).includes(1)).to.equal(true);
  const selected = Int8Array.from(high, (_, pixel) => pixel % 2);
  const ofSelected = high.map((std, pixel) => (pixel % 2 === 1 ? 1000 : std));
  expect(clean(both, selected)).to.deep.equal(clean(ofSelected)).but.not.to.deep.equal(clean(high));
  // Statistics of images with selected gains.
  expect(clean(high, selected)).to.deep.equal(clean(high));
});
