import { CameraCalibrator } from '@cherenkit/core';
import { TailcutsImageCleaner } from '@cherenkit/plugin-cleaners';
import extractorsPlugin from '@cherenkit/plugin-extractors';
import { buildComponent } from '@cherenkit/testing';
import { expect } from 'chai';

import { readReference, referenceNames, type CtapipeReference } from '../support/ctapipe-reference.js';
import { expectSame } from '../support/packed-array.js';
import { openSimtel } from '../support/open-simtel.js';

interface EventReference {
  readonly tel: Record<
    string,
    { image?: number[]; peak_time?: number[]; image_mask?: { true_at: number[]; size: number } | null }
  >;
}

interface Reference extends CtapipeReference<EventReference> {
  readonly file: string;
  readonly skip_calibration_events: boolean;
  readonly options?: { readonly select_gain?: boolean; readonly allowed_tels?: number[] };
}

/** Requires all images of a reference to equal ctapipe's to the last bit, and returns their number. */
async function compareImages(reference: Reference): Promise<number> {
  const { select_gain: selectGain, allowed_tels: allowedTels } = reference.options ?? {};
  const source = await openSimtel(reference.file, {
    focalLengthChoice: reference.focal_length_choice,
    skipCalibrationEvents: reference.skip_calibration_events,
    ...(selectGain === undefined ? {} : { selectGain }),
    ...(allowedTels === undefined ? {} : { allowedTels }),
  });
  const { subarray } = source;
  const calibrator = await buildComponent(CameraCalibrator, { subarray, plugins: [extractorsPlugin] });
  const cleaner = await buildComponent(TailcutsImageCleaner, { subarray });
  let nImages = 0;
  let nEvents = 0;
  for await (const event of source) {
    calibrator.calibrate(event);
    for (const [telId, expected] of Object.entries(reference.events[nEvents].tel)) {
      const dl1 = event.dl1.tel.get(Number(telId));
      const image = dl1?.image ?? new Float32Array();
      // Nine digits identify a single-precision number.
      expectSame(image, (expected.image ?? []).map(Math.fround));
      expectSame(dl1?.peakTime ?? [], (expected.peak_time ?? []).map(Math.fround));
      if (expected.image_mask) {
        const mask = cleaner.clean(Number(telId), image);
        expect(mask.length).to.equal(expected.image_mask.size);
        expect([...mask.keys()].filter((pixel) => mask[pixel] === 1)).to.deep.equal(expected.image_mask.true_at);
      }
      nImages++;
    }
    nEvents++;
  }
  expect(nEvents).to.equal(reference.events.length);
  return nImages;
}

describe('images, peak times and cleaning masks of whole files', () => {
  if (referenceNames().length === 0) it('need CHERENKIT_TEST_DATA');
  for (const name of referenceNames()) {
    it(`equal ctapipe's to the last bit: ${name}`, async () => {
      const reference = readReference<EventReference>(name) as Reference;
      const expected = reference.events.reduce((sum, { tel }) => sum + Object.keys(tel).length, 0);
      expect(await compareImages(reference)).to.equal(expected);
    });
  }
});
