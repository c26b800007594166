import type { SubarrayDescription } from '@cherenkit/core';
import { colorMap } from '../color/color-map.js';

/**
 * Colour of each telescope type of an array, sorted by type. All views of an array use them.
 *
 * @example
 * ```ts
 * for (const [type, color] of telescopeTypeColors(subarray)) console.log(type, color);
 * ```
 */
export function telescopeTypeColors(subarray: SubarrayDescription): ReadonlyMap<string, string> {
  const types = [...new Set(subarray.telIds.map((telId) => subarray.typeOf(telId)))].sort();
  const palette = colorMap('tab10').colors;
  return new Map(types.map((type, i) => [type, palette[i % palette.length]]));
}
