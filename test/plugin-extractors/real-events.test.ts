import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import {
  CameraCalibrator,
  ImageExtractor,
  type ComponentClass,
  type DL1CameraContainer,
  type ImageCleaner,
  type SubarrayDescription,
} from '@cherenkit/core';
import {
  FACTImageCleaner,
  MARSImageCleaner,
  NSBImageCleaner,
  TailcutsImageCleaner,
  TimeConstrainedImageCleaner,
} from '@cherenkit/plugin-cleaners';
import extractorsPlugin from '@cherenkit/plugin-extractors';
import { buildComponent } from '@cherenkit/testing';
import { expect } from 'chai';

import { expectSame } from '../support/packed-array.js';
import { openSimtel } from '../support/open-simtel.js';
import { inTestData, TEST_DATA } from '../support/test-data.js';

interface ReferenceEvent {
  readonly file: string;
  readonly class: string;
  readonly event_id: number;
  readonly tel_id: number;
}

interface Reference {
  readonly extractors: (ReferenceEvent & { is_valid: boolean; image: number[]; peak_time: number[] | [null] })[];
  readonly cleaners: (ReferenceEvent & { true_at: number[] })[];
}

const EXTRACTORS = extractorsPlugin.components.filter(({ kind }) => kind === ImageExtractor.kind);
const CLEANERS: readonly ComponentClass<ImageCleaner>[] = [
  FACTImageCleaner,
  MARSImageCleaner,
  NSBImageCleaner,
  TailcutsImageCleaner,
  TimeConstrainedImageCleaner,
];

/** The images of the first events of a file, by event and telescope. */
async function imagesOf(
  file: string,
  maxEvents: number,
  imageExtractorType: string,
): Promise<{ subarray: SubarrayDescription; images: Map<string, DL1CameraContainer> }> {
  const focalLengthChoice = file.startsWith('lst_muons') ? 'EQUIVALENT' : 'EFFECTIVE';
  const source = await openSimtel(file, { focalLengthChoice, maxEvents });
  const { subarray } = source;
  const calibrator = await buildComponent(CameraCalibrator, {
    subarray,
    traits: { imageExtractorType },
    plugins: [extractorsPlugin],
  });
  const images = new Map<string, DL1CameraContainer>();
  for await (const event of source) {
    calibrator.calibrate(event);
    for (const [telId, dl1] of event.dl1.tel) images.set(`${event.index.eventId} ${telId}`, dl1);
  }
  return { subarray, images };
}

function entryOf(images: Map<string, DL1CameraContainer>, { event_id, tel_id }: ReferenceEvent): DL1CameraContainer {
  const dl1 = images.get(`${event_id} ${tel_id}`);
  if (dl1 === undefined) throw new Error(`no telescope ${tel_id} in event ${event_id}`);
  return dl1;
}

describe('extractors and cleaners on real events of five cameras', () => {
  if (TEST_DATA === undefined) {
    it('is skipped: CHERENKIT_TEST_DATA is not set');
    return;
  }
  const path = inTestData('reference', 'extractors_and_cleaners.json.gz');
  const reference = JSON.parse(gunzipSync(readFileSync(path)).toString()) as Reference;

  for (const file of new Set(reference.extractors.map((entry) => entry.file))) {
    for (const { name } of EXTRACTORS) {
      it(`${name} equals ctapipe for ${file}`, async () => {
        const expected = reference.extractors.filter((entry) => entry.file === file && entry.class === name);
        expect(expected).not.to.be.empty;
        const { images } = await imagesOf(file, expected.length, name);
        for (const entry of expected) {
          const { image, peakTime, isValid } = entryOf(images, entry);
          expect(isValid).to.equal(entry.is_valid);
          // Nine digits identify a single-precision number.
          expectSame(image ?? [], entry.image.map(Math.fround));
          const times = entry.peak_time.filter((time) => time !== null);
          if (times.length === 0) expect(peakTime).to.equal(undefined);
          else expectSame(peakTime ?? [], times.map(Math.fround));
        }
      });
    }

    for (const cleaner of CLEANERS) {
      it(`${cleaner.name} equals ctapipe for ${file}`, async () => {
        const expected = reference.cleaners.filter((entry) => entry.file === file && entry.class === cleaner.name);
        expect(expected).not.to.be.empty;
        const { subarray, images } = await imagesOf(file, expected.length, 'NeighborPeakWindowSum');
        const component = await buildComponent(cleaner, { subarray });
        for (const entry of expected) {
          const { image = new Float32Array(), peakTime } = entryOf(images, entry);
          const mask = component.clean(entry.tel_id, image, peakTime);
          expect([...mask.keys()].filter((pixel) => mask[pixel] === 1)).to.deep.equal(entry.true_at);
        }
      });
    }
  }
});
