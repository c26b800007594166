/**
 * Whether a value is an instance of a class of the expression language, by the brand on its prototype. The classes define
 * `instanceof` by it: a plugin with its own copy of this package may pass values made by another copy.
 */
export function hasBrand(value: unknown, brand: symbol): boolean {
  return typeof value === 'object' && value !== null && brand in value;
}
