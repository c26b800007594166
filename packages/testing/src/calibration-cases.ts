import type { DataVolumeReducer, GainSelector, ImageExtractor, InvalidPixelHandler, Waveforms } from '@cherenkit/core';
import { CherenkitError } from '@cherenkit/core';
import { cameraInputs, testCaseOf, twoChannels } from './camera-inputs.js';
import { ensure, ensureFinite, ensureLength, ensureMask, type CaseRun, type KindSuite } from './test-case.js';

/** Test cases: calibrated waveforms of each camera, with one gain channel per pixel and with all channels. */
export const imageExtractorSuite: KindSuite<ImageExtractor> = {
  kind: 'ImageExtractor',
  cases: (subarray) =>
    cameraInputs(subarray).flatMap((one) => {
      const selected = testCaseOf<ImageExtractor>(one, ({ telId, waveforms, missing }) =>
        extraction(telId, waveforms, new Int8Array(waveforms.nPixels), missing),
      );
      if (one.nChannels < 2) return [selected];
      const both = ({ telId, waveforms, missing }: ReturnType<typeof one.makeData>): CaseRun<ImageExtractor> =>
        allowRejection(extraction(telId, twoChannels(waveforms), undefined, Uint8Array.from([...missing, ...missing])));
      return [selected, testCaseOf(one, both, ' with both gains')];
    }),
};

/** Accepts a CherenkitError as the result: extractors may require one gain channel per pixel. */
function allowRejection(caseRun: CaseRun<ImageExtractor>): CaseRun<ImageExtractor> {
  const perform = (extractor: ImageExtractor): unknown => {
    try {
      return caseRun.perform(extractor);
    } catch (error) {
      if (CherenkitError.is(error)) return error.message;
      throw error;
    }
  };
  return { ...caseRun, perform };
}

function extraction(
  telId: number,
  waveforms: Waveforms<Float32Array>,
  selected: Int8Array | undefined,
  broken: Uint8Array,
): CaseRun<ImageExtractor> {
  return {
    perform(extractor) {
      const { image, peakTime, isValid } = extractor.extract(waveforms, telId, selected, broken);
      const nRows = waveforms.nChannels * waveforms.nPixels;
      ensureLength('image', image, nRows);
      if (peakTime !== undefined) ensureLength('peakTime', peakTime, nRows);
      if (isValid && image) ensureFinite('image of a valid extraction', image, broken);
      if (isValid && peakTime) ensureFinite('peakTime of a valid extraction', peakTime, broken);
      return { image, peakTime, isValid };
    },
    inputs: () => ({ waveforms, selected, broken }),
  };
}

/** Test cases: raw waveforms of each camera. */
export const gainSelectorSuite: KindSuite<GainSelector> = {
  kind: 'GainSelector',
  cases: (subarray) =>
    cameraInputs(subarray).map((one) =>
      testCaseOf(one, ({ telId, raw }) => ({
        perform(selector) {
          const selected = selector.select(raw, telId);
          ensureLength('the selection', selected, raw.nPixels);
          const wrong = selected.findIndex((channel) => channel < 0 || channel >= raw.nChannels);
          ensure(
            wrong < 0,
            `channel ${selected[wrong]} is selected for pixel ${wrong}, expected less than ${raw.nChannels}`,
          );
          return selected;
        },
        inputs: () => raw,
      })),
    ),
};

/** Test cases: calibrated waveforms of each camera. */
export const dataVolumeReducerSuite: KindSuite<DataVolumeReducer> = {
  kind: 'DataVolumeReducer',
  cases: (subarray) =>
    cameraInputs(subarray).map((one) =>
      testCaseOf(one, ({ telId, waveforms }) => {
        const selected = new Int8Array(waveforms.nPixels);
        return {
          perform(reducer) {
            const kept = reducer.reduce(waveforms, telId, selected);
            if (kept !== undefined) ensureMask('the mask', kept, waveforms.nPixels);
            return kept;
          },
          inputs: () => ({ waveforms, selected }),
        };
      }),
    ),
};

/** Sets of invalid pixels, in addition to pixels without a value. */
const INVALID: readonly { readonly what: string; readonly isInvalid: (pixel: number) => boolean }[] = [
  { what: 'some pixels invalid', isInvalid: (pixel) => pixel % 11 === 0 },
  { what: 'no further pixels invalid', isInvalid: () => false },
  { what: 'all pixels invalid', isInvalid: () => true },
];

/** Test cases: images in which some pixels, no pixels or all pixels are invalid. */
export const invalidPixelHandlerSuite: KindSuite<InvalidPixelHandler> = {
  kind: 'InvalidPixelHandler',
  cases: (subarray) =>
    cameraInputs(subarray).flatMap((one) =>
      INVALID.map(({ what, isInvalid }) =>
        testCaseOf<InvalidPixelHandler>(
          one,
          ({ telId, image, peakTime, missing }) => {
            const invalid = Uint8Array.from(missing, (isMissing, pixel) => Number(isMissing > 0 || isInvalid(pixel)));
            const valid = (values: Float32Array): Float32Array => values.filter((_, pixel) => invalid[pixel] === 0);
            return {
              perform(handler) {
                handler.handle(telId, image, peakTime, invalid);
                ensureFinite('image', image);
                ensureFinite('peakTime', peakTime);
                return { image, peakTime };
              },
              inputs: () => ({ invalid, image: valid(image), peakTime: valid(peakTime) }),
            };
          },
          `, ${what}`,
        ),
      ),
    ),
};
