import {
  CameraMonitoringContainer,
  EventIndexContainer,
  type CameraGeometry,
  type ImageCleaner,
  type ImageModifier,
  type ImageParametrizer,
} from '@cherenkit/core';
import { cameraCases, trialOf, type CameraPicture } from './camera-cases.js';
import { snapshotOf } from './first-difference.js';
import { demand, demandFinite, demandLength, demandMask, type Attempt, type Exercise } from './trial.js';

/** The image of every camera. */
export const imageCleanerExercise: Exercise<ImageCleaner> = {
  kind: 'ImageCleaner',
  trials: (subarray) =>
    cameraCases(subarray).map((one) =>
      trialOf(one, ({ telId, image, peakTime, missing }) => {
        const monitoring = new CameraMonitoringContainer();
        return {
          perform(cleaner) {
            const mask = cleaner.clean(telId, image, peakTime, monitoring);
            demandMask('the mask', mask, image.length);
            const wrong = mask.findIndex((kept, pixel) => kept !== 0 && missing[pixel] !== 0);
            demand(wrong < 0, `pixel ${wrong} is kept, although its charge is NaN`);
            return mask;
          },
          untouched: () => ({ image, peakTime, monitoring }),
        };
      }),
    ),
};

/** The image of every camera. */
export const imageModifierExercise: Exercise<ImageModifier> = {
  kind: 'ImageModifier',
  trials: (subarray) =>
    cameraCases(subarray).map((one) =>
      trialOf(one, ({ telId, image, missing }) => {
        const index = new EventIndexContainer({ obsId: 1, eventId: one.name.length });
        return {
          perform(modifier) {
            const modified = modifier.modify(telId, image, index);
            demand(modified !== image, 'the image itself is given back, expected another one');
            demandLength('the image', modified, image.length);
            if (!missing.includes(1)) demandFinite('the image', modified);
            return modified;
          },
          untouched: () => ({ image, index }),
        };
      }),
    ),
};

interface CleanedImage {
  readonly geometry: CameraGeometry;
  readonly image: Float32Array | Int32Array;
  readonly mask: Uint8Array;
  readonly peakTime?: Float32Array;
}

/** What becomes of a picture: measured and true image, in both frames, and one pixel only. */
const VARIANTS: Readonly<Record<string, (picture: CameraPicture) => CleanedImage>> = {
  '': (picture) => ({ ...picture, geometry: picture.geometry.toTelescopeFrame() }),
  ' in the camera frame': (picture) => picture,
  ', one pixel of it': (picture) => {
    const brightest = picture.image.indexOf(Math.max(...picture.image));
    const mask = picture.mask.map((_, pixel) => Number(pixel === brightest));
    return { ...picture, geometry: picture.geometry.toTelescopeFrame(), mask };
  },
  ', the true image': ({ telId, geometry, event, image }) => {
    const trueImage = event.simulation?.tel.get(telId)?.trueImage ?? new Int32Array(image.length);
    const mask = Uint8Array.from(trueImage, (charge) => Number(charge > 0));
    return { geometry: geometry.toTelescopeFrame(), image: trueImage, mask };
  },
};

/** Cleaned images; by contract they have at least one pixel. */
export const imageParametrizerExercise: Exercise<ImageParametrizer> = {
  kind: 'ImageParametrizer',
  trials: (subarray) =>
    cameraCases(subarray).flatMap((one) =>
      Object.entries(VARIANTS)
        .filter(([, change]) => change(one.take()).mask.includes(1))
        .map(([variant, change]) => trialOf(one, (picture) => parametrization(change(picture)), variant)),
    ),
};

function parametrization({ geometry, image, mask, peakTime }: CleanedImage): Attempt<ImageParametrizer> {
  return {
    perform(parametrizer) {
      const parameters = parametrizer.parametrize(geometry, image, mask, peakTime);
      const found = 'fovLon' in parameters.hillas ? 'TelescopeFrame' : 'CameraFrame';
      const expected = geometry.frame.name;
      demand(found === expected, `hillas is in the ${found}, expected the ${expected} of the geometry`);
      demandNoInfinity(snapshotOf(parameters), '');
      return parameters;
    },
    untouched: () => ({ image, mask, peakTime }),
  };
}

/** What is not defined is missing: NaN, never infinite. */
function demandNoInfinity(value: unknown, path: string): void {
  demand(
    value !== Infinity && value !== -Infinity,
    `${path} is ${String(value)}, expected NaN where it is not defined`,
  );
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) demandNoInfinity(member, path ? `${path}.${key}` : key);
}
