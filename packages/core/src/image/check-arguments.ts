import { didYouMean, nameSome } from '@cherenkit/errors';
import { describeValue } from '../event/check-array.js';
import type { CameraGeometry } from '../instrument/index.js';

/** Expectation for a named value: a text such as `a number`, and the check. */
export interface Expectation {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

const isNumber = (value: unknown): value is number => typeof value === 'number';

/** Expectations for options of functions on images. */
export const EXPECTED = {
  flag: { expected: 'true or false', accepts: (value) => typeof value === 'boolean' },
  number: { expected: 'a finite number', accepts: Number.isFinite },
  notNegative: { expected: 'a finite number from 0', accepts: (value) => Number.isFinite(value) && Number(value) >= 0 },
  positive: { expected: 'a finite number above 0', accepts: (value) => Number.isFinite(value) && Number(value) > 0 },
  count: { expected: 'an integer from 0', accepts: (value) => Number.isSafeInteger(value) && Number(value) >= 0 },
} satisfies Readonly<Record<string, Expectation>>;

/** Expects a threshold for all pixels, or an array with a threshold for each pixel of the camera. */
export function expectedThreshold(nPixels: number): Expectation {
  return {
    expected: `a number, or a Float32Array or Float64Array with ${nPixels} values`,
    accepts: (value) =>
      isNumber(value)
        ? !Number.isNaN(value)
        : isArrayOf(value, 'Float32Array', 'Float64Array') && value.length === nPixels,
  };
}

/**
 * Checks the options of a function, which plain JavaScript does not: names and values. Options that are undefined have their
 * defaults.
 *
 * @param place - for the message: the name of the function
 * @throws TypeError for an unknown option, with the nearest one; RangeError for a value that is not expected
 */
export function checkOptions(
  place: string,
  options: object,
  expectations: Readonly<Record<string, Expectation>>,
): void {
  const known = Object.keys(expectations);
  for (const [name, value] of Object.entries(options)) {
    const expectation = Object.hasOwn(expectations, name) ? expectations[name] : undefined;
    if (expectation === undefined) {
      const hint = suggestion(name, known) || `; the options are ${nameSome(known)}`;
      throw new TypeError(`${place}: unknown option ${JSON.stringify(name)}${hint}`);
    }
    if (value !== undefined) checkValue(`${place}: ${name}`, value, expectation);
  }
}

/**
 * Checks the parameters of a model. Further members are accepted, since parameters of an image have more of them, unless they
 * are misspelt parameters.
 *
 * @throws TypeError for missing and misspelt parameters; RangeError for a value that is not expected
 */
export function checkParameters(
  place: string,
  parameters: object,
  required: Readonly<Record<string, Expectation>>,
  optional: Readonly<Record<string, Expectation>> = {},
): void {
  const values = new Map<string, unknown>(Object.entries(objectOr(place, parameters, Object.keys(required))));
  const all = { ...required, ...optional };
  const absent = Object.keys(all).filter((name) => values.get(name) === undefined);
  for (const name of values.keys()) {
    const hint = Object.hasOwn(all, name) ? '' : suggestion(name, absent);
    if (hint) throw new TypeError(`${place}: unknown parameter ${JSON.stringify(name)}${hint}`);
  }
  const missing = absent.filter((name) => Object.hasOwn(required, name));
  if (missing.length > 0) {
    const are = missing.length === 1 ? 'is' : 'are';
    throw new TypeError(
      `${place}: ${missing.join(', ')} ${are} missing; expected the parameters ${Object.keys(required).join(', ')}.`,
    );
  }
  for (const [name, expectation] of Object.entries(all)) {
    const value = values.get(name);
    if (value !== undefined) checkValue(`${place}: ${name}`, value, expectation);
  }
}

/** @throws RangeError naming the expected and the found value */
export function checkValue(place: string, value: unknown, { expected, accepts }: Expectation): void {
  if (!accepts(value)) throw new RangeError(`${place}: expected ${expected}, found ${shownValue(value)}.`);
}

/** @throws TypeError unless the value is a camera geometry: JavaScript does not notice arguments in another order */
export function checkGeometry(geometry: CameraGeometry): void {
  const found: Partial<CameraGeometry> | null | undefined = geometry;
  if (typeof found === 'object' && found !== null && isNumber(found.nPixels) && found.frame !== undefined) return;
  throw new TypeError(`geometry: expected a CameraGeometry, found ${describeValue(geometry)}.`);
}

/**
 * Checks an array with one number per pixel.
 *
 * @throws TypeError for another array than Float32Array, Float64Array and Int32Array; RangeError for a wrong length
 */
export function checkPixelValues(geometry: CameraGeometry, values: unknown, name: string): void {
  checkGeometry(geometry);
  if (!isArrayOf(values, 'Float32Array', 'Float64Array', 'Int32Array')) {
    throw new TypeError(
      `${name}: expected a Float32Array, Float64Array or Int32Array with ${geometry.nPixels} values, found ${describeValue(values)}.`,
    );
  }
  checkLength(geometry, values, name);
}

/**
 * Checks a mask of the pixels of a camera.
 *
 * @throws TypeError for another array than Uint8Array, such as a list of booleans; RangeError for a wrong length or a value
 * other than 0 and 1
 */
export function checkPixelMask(geometry: CameraGeometry, mask: unknown): void {
  checkGeometry(geometry);
  const expected = `expected a Uint8Array of 0 and 1 with ${geometry.nPixels} values`;
  if (!isArrayOf(mask, 'Uint8Array')) throw new TypeError(`mask: ${expected}, found ${describeValue(mask)}.`);
  checkLength(geometry, mask, 'mask');
  for (let pixel = 0; pixel < mask.length; pixel++) {
    const value = mask[pixel] ?? NaN;
    if (value > 1) throw new RangeError(`mask: ${expected}, found ${value} for pixel ${pixel}.`);
  }
}

function checkLength({ name: camera, nPixels }: CameraGeometry, { length }: ArrayLike<number>, name: string): void {
  if (length === nPixels) return;
  throw new RangeError(`Camera ${camera} has ${nPixels} pixels, found ${name} with ${length} entries.`);
}

/** Compares the names of the types: the value may come from another realm, such as a worker or a test runner. */
function isArrayOf(value: unknown, ...types: readonly string[]): value is ArrayLike<number> {
  const tag = Object.prototype.toString.call(value);
  return types.some((type) => tag === `[object ${type}]`);
}

function objectOr(place: string, value: unknown, names: readonly string[]): object {
  if (typeof value === 'object' && value !== null) return value;
  throw new TypeError(`${place}: expected an object with ${names.join(', ')}, found ${describeValue(value)}.`);
}

/** Nearest known name; names of ctapipe, `picture_thresh`, are compared without underscores. */
function suggestion(name: string, known: readonly string[]): string {
  return didYouMean(name.replaceAll('_', ''), known);
}

function shownValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return isNumber(value) || typeof value === 'boolean' ? String(value) : describeValue(value);
}
