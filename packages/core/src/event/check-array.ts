import { hasInfinite } from '@cherenkit/kernels';

/** The typed arrays that components return, by their names in messages. */
interface ArrayTypes {
  readonly Float32Array: Float32Array;
  readonly Int8Array: Int8Array;
  readonly Uint8Array: Uint8Array;
}

/**
 * Checks an array that a component returned. Called within `attributeErrors`, so that the message names component, plugin,
 * event and telescope.
 *
 * @param what - for the message: `mask`, `image`
 * @param length - expected length
 * @throws TypeError naming the expected and the found type and length
 */
export function checkArray<K extends keyof ArrayTypes>(what: string, value: unknown, type: K, length: number): void {
  // Compared by name: the value may come from another realm, such as a worker or a test runner.
  const isExpected = Object.prototype.toString.call(value) === `[object ${type}]`;
  if (isExpected && (value as ArrayTypes[K]).length === length) return;
  throw new TypeError(`the ${what} is ${describeValue(value)}; expected ${withArticle(type)} of ${length} values`);
}

/**
 * Checks that charges that a component returned are not infinite. NaN is allowed: it stands for a missing value.
 *
 * @param what - for the message: `image`
 * @param areInputsInfinite - whether the values that the charges were computed from have an infinite one: then the component is
 *   not at fault
 * @throws RangeError naming the first infinite value
 */
export function checkNotInfinite(what: string, charges: Float32Array, areInputsInfinite: () => boolean): void {
  if (!hasInfinite(charges) || areInputsInfinite()) return;
  const at = charges.findIndex((charge) => Math.abs(charge) === Infinity);
  throw new RangeError(
    `the ${what} has ${charges[at]} at index ${at}; expected finite values, or NaN if there is none`,
  );
}

/**
 * Checks a mask that a component returned.
 *
 * @throws TypeError as `checkArray`; RangeError for a value other than 0 and 1
 */
export function checkMask(mask: Uint8Array, nPixels: number): void {
  checkArray('mask', mask, 'Uint8Array', nPixels);
  let bits = 0;
  for (let pixel = 0; pixel < nPixels; pixel++) bits |= mask[pixel] ?? 0;
  if (bits <= 1) return;
  for (let pixel = 0; pixel < nPixels; pixel++) {
    if ((mask[pixel] ?? 0) > 1) throw new RangeError(`the mask of pixel ${pixel} is ${mask[pixel]}; expected 0 or 1`);
  }
}

/** Describes a value by its type and size: `an Array of 3 values`, `undefined`, `a string`. */
export function describeValue(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value !== 'object') return withArticle(typeof value);
  const name = (value.constructor as { name?: string } | undefined)?.name ?? 'Object';
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const { length } = value as unknown as ArrayLike<unknown>;
    return `${withArticle(name)} of ${length} values`;
  }
  return name === 'Object' ? 'a plain object' : withArticle(name);
}

/** `an Int8Array`, `a Uint8Array` */
export function withArticle(noun: string): string {
  return `${/^[AEIOU]/i.test(noun) && !/^U/.test(noun) ? 'an' : 'a'} ${noun}`;
}
