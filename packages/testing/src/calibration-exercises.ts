import type { DataVolumeReducer, GainSelector, ImageExtractor, InvalidPixelHandler, Waveforms } from '@cherenkit/core';
import { CherenkitError } from '@cherenkit/core';
import { cameraCases, trialOf, twoChannels } from './camera-cases.js';
import { demand, demandFinite, demandLength, demandMask, type Attempt, type Exercise } from './trial.js';

/** The calibrated waveforms of every camera; of those with two channels also with both kept. */
export const imageExtractorExercise: Exercise<ImageExtractor> = {
  kind: 'ImageExtractor',
  trials: (subarray) =>
    cameraCases(subarray).flatMap((one) => {
      const selected = trialOf<ImageExtractor>(one, ({ telId, waveforms, missing }) =>
        extraction(telId, waveforms, new Int8Array(waveforms.nPixels), missing),
      );
      if (one.nChannels < 2) return [selected];
      const both = ({ telId, waveforms, missing }: ReturnType<typeof one.take>): Attempt<ImageExtractor> =>
        refusable(extraction(telId, twoChannels(waveforms), undefined, Uint8Array.from([...missing, ...missing])));
      return [selected, trialOf(one, both, ' with both gains')];
    }),
};

/** An algorithm may need one gain: it then says so, with a remedy. */
function refusable(attempt: Attempt<ImageExtractor>): Attempt<ImageExtractor> {
  const perform = (extractor: ImageExtractor): unknown => {
    try {
      return attempt.perform(extractor);
    } catch (error) {
      if (CherenkitError.is(error)) return error.message;
      throw error;
    }
  };
  return { ...attempt, perform };
}

function extraction(
  telId: number,
  waveforms: Waveforms<Float32Array>,
  selected: Int8Array | undefined,
  broken: Uint8Array,
): Attempt<ImageExtractor> {
  return {
    perform(extractor) {
      const { image, peakTime, isValid } = extractor.extract(waveforms, telId, selected, broken);
      const nRows = waveforms.nChannels * waveforms.nPixels;
      demandLength('image', image, nRows);
      if (peakTime !== undefined) demandLength('peakTime', peakTime, nRows);
      if (isValid && image) demandFinite('image of a valid extraction', image, broken);
      if (isValid && peakTime) demandFinite('peakTime of a valid extraction', peakTime, broken);
      return { image, peakTime, isValid };
    },
    untouched: () => ({ waveforms, selected, broken }),
  };
}

/** The raw waveforms of every camera. */
export const gainSelectorExercise: Exercise<GainSelector> = {
  kind: 'GainSelector',
  trials: (subarray) =>
    cameraCases(subarray).map((one) =>
      trialOf(one, ({ telId, raw }) => ({
        perform(selector) {
          const selected = selector.select(raw, telId);
          demandLength('the selection', selected, raw.nPixels);
          const wrong = selected.findIndex((channel) => channel < 0 || channel >= raw.nChannels);
          demand(wrong < 0, `channel ${selected[wrong]} is selected for pixel ${wrong}, of ${raw.nChannels} channels`);
          return selected;
        },
        untouched: () => raw,
      })),
    ),
};

/** The calibrated waveforms of every camera. */
export const dataVolumeReducerExercise: Exercise<DataVolumeReducer> = {
  kind: 'DataVolumeReducer',
  trials: (subarray) =>
    cameraCases(subarray).map((one) =>
      trialOf(one, ({ telId, waveforms }) => ({
        perform(reducer) {
          const kept = reducer.reduce(waveforms, telId, new Int8Array(waveforms.nPixels));
          if (kept !== undefined) demandMask('the mask', kept, waveforms.nPixels);
          return kept;
        },
        untouched: () => waveforms,
      })),
    ),
};

/** Which pixels are invalid, beside those without a value. */
const INVALID: readonly { readonly what: string; readonly isInvalid: (pixel: number) => boolean }[] = [
  { what: 'some pixels invalid', isInvalid: (pixel) => pixel % 11 === 0 },
  { what: 'no more pixels invalid', isInvalid: () => false },
  { what: 'all pixels invalid', isInvalid: () => true },
];

/** Images of which some pixels, all pixels or none are invalid. */
export const invalidPixelHandlerExercise: Exercise<InvalidPixelHandler> = {
  kind: 'InvalidPixelHandler',
  trials: (subarray) =>
    cameraCases(subarray).flatMap((one) =>
      INVALID.map(({ what, isInvalid }) =>
        trialOf<InvalidPixelHandler>(
          one,
          ({ telId, image, peakTime, missing }) => {
            const invalid = Uint8Array.from(missing, (isMissing, pixel) => Number(isMissing > 0 || isInvalid(pixel)));
            const valid = (values: Float32Array): Float32Array => values.filter((_, pixel) => invalid[pixel] === 0);
            return {
              perform(handler) {
                handler.handle(telId, image, peakTime, invalid);
                demandFinite('image', image);
                demandFinite('peakTime', peakTime);
                return { image, peakTime };
              },
              untouched: () => ({ invalid, image: valid(image), peakTime: valid(peakTime) }),
            };
          },
          `, ${what}`,
        ),
      ),
    ),
};
