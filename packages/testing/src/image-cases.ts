import {
  CameraMonitoringContainer,
  EventIndexContainer,
  type CameraGeometry,
  type ImageCleaner,
  type ImageModifier,
  type ImageParametrizer,
} from '@cherenkit/core';
import { cameraInputs, testCaseOf, type CameraData } from './camera-inputs.js';
import { snapshotOf } from './first-difference.js';
import { ensure, ensureFinite, ensureLength, ensureMask, type CaseRun, type KindSuite } from './test-case.js';

/** Test cases: the image of each camera. */
export const imageCleanerSuite: KindSuite<ImageCleaner> = {
  kind: 'ImageCleaner',
  cases: (subarray) =>
    cameraInputs(subarray).map((one) =>
      testCaseOf(one, ({ telId, image, peakTime, missing }) => {
        const monitoring = new CameraMonitoringContainer();
        return {
          perform(cleaner) {
            const mask = cleaner.clean(telId, image, peakTime, monitoring);
            ensureMask('the mask', mask, image.length);
            const wrong = mask.findIndex((kept, pixel) => kept !== 0 && missing[pixel] !== 0);
            ensure(wrong < 0, `pixel ${wrong} is kept, although its charge is NaN`);
            return mask;
          },
          inputs: () => ({ image, peakTime, monitoring }),
        };
      }),
    ),
};

/** Test cases: the image of each camera. */
export const imageModifierSuite: KindSuite<ImageModifier> = {
  kind: 'ImageModifier',
  cases: (subarray) =>
    cameraInputs(subarray).map((one) =>
      testCaseOf(one, ({ telId, image, missing }) => {
        const index = new EventIndexContainer({ obsId: 1, eventId: one.name.length });
        return {
          perform(modifier) {
            const modified = modifier.modify(telId, image, index);
            ensure(modified !== image, 'the input image is returned, expected a new array');
            ensureLength('the image', modified, image.length);
            if (!missing.includes(1)) ensureFinite('the image', modified);
            return modified;
          },
          inputs: () => ({ image, index }),
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

/** Variants of the cleaned image of a camera, by the suffix of their titles. */
const VARIANTS: Readonly<Record<string, (data: CameraData) => CleanedImage>> = {
  '': (data) => ({ ...data, geometry: data.geometry.toTelescopeFrame() }),
  ' in the camera frame': (data) => data,
  ', one pixel only': (data) => {
    const brightest = data.image.indexOf(Math.max(...data.image));
    const mask = data.mask.map((_, pixel) => Number(pixel === brightest));
    return { ...data, geometry: data.geometry.toTelescopeFrame(), mask };
  },
  ', true image': ({ telId, geometry, event, image }) => {
    const trueImage = event.simulation?.tel.get(telId)?.trueImage ?? new Int32Array(image.length);
    const mask = Uint8Array.from(trueImage, (charge) => Number(charge > 0));
    return { geometry: geometry.toTelescopeFrame(), image: trueImage, mask };
  },
};

/** Test cases: cleaned images. By contract they have at least one pixel. */
export const imageParametrizerSuite: KindSuite<ImageParametrizer> = {
  kind: 'ImageParametrizer',
  cases: (subarray) =>
    cameraInputs(subarray).flatMap((one) =>
      Object.entries(VARIANTS)
        .filter(([, change]) => change(one.makeData()).mask.includes(1))
        .map(([variant, change]) => testCaseOf(one, (data) => parametrization(change(data)), variant)),
    ),
};

function parametrization({ geometry, image, mask, peakTime }: CleanedImage): CaseRun<ImageParametrizer> {
  return {
    perform(parametrizer) {
      const parameters = parametrizer.parametrize(geometry, image, mask, peakTime);
      const found = parameters.frame;
      const expected = geometry.frame.name;
      ensure(found === expected, `hillas is in the ${found}, expected the ${expected} of the geometry`);
      ensureNoInfinity(snapshotOf(parameters), '');
      return parameters;
    },
    inputs: () => ({ image, mask, peakTime, geometry }),
  };
}

/** Undefined parameters must be NaN, not infinite. */
function ensureNoInfinity(value: unknown, path: string): void {
  ensure(value !== Infinity && value !== -Infinity, `${path} is ${String(value)}, expected NaN if undefined`);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) ensureNoInfinity(member, path ? `${path}.${key}` : key);
}
