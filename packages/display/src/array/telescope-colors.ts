import type { SubarrayDescription } from '@cherenkit/core';
import { colorMap, type ColorMap } from '../color/color-map.js';
import { ColorNorm, limitsOf, type ValueLimits } from '../color/color-norm.js';
import { colorBar } from '../layout/color-bar.js';
import type { LegendEntry } from '../layout/legend.js';
import type { Theme } from '../layout/theme.js';
import type { Mark, Rectangle } from '../scene/scene.js';

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

/** The colours of the telescopes of a picture: those of their types or of their values; grey for some. */
export class TelescopeColors {
  /** Colour of each telescope type, sorted by type. */
  readonly byType: ReadonlyMap<string, string>;
  /** Value of each telescope, by index. */
  values: Float64Array | undefined;
  /** Limits of the values. Undefined: smallest and largest value. */
  limits: ValueLimits | undefined;
  /** Ids of the telescopes that are grey. */
  greyed: ReadonlySet<number> = new Set();
  readonly #map: ColorMap;

  constructor(
    readonly subarray: SubarrayDescription,
    readonly theme: Theme,
    cmap: string | ColorMap = 'viridis',
  ) {
    this.byType = telescopeTypeColors(subarray);
    this.#map = typeof cmap === 'string' ? colorMap(cmap) : cmap;
  }

  /** Colour of a telescope, by its index. */
  of(index: number): string {
    if (this.greyed.has(this.subarray.telIds[index])) return this.theme.bad;
    if (!this.values) return this.ofType(index);
    const level = this.#map.indexOf(this.#norm.partOf(this.values[index]));
    return level < 0 ? this.theme.bad : this.#map.table[level];
  }

  /** Colour of the type of a telescope, by the index of the telescope. */
  ofType(index: number): string {
    return this.byType.get(this.subarray.typeOf(this.subarray.telIds[index])) ?? this.theme.text;
  }

  /** The types of the telescopes that are not grey; none if colours show values. */
  get legend(): LegendEntry[] {
    if (this.values) return [];
    const colored = this.subarray.telIds.filter((telId) => !this.greyed.has(telId));
    const types = new Set(colored.map((telId) => this.subarray.typeOf(telId)));
    return [...this.byType]
      .filter(([type]) => types.has(type))
      .map(([label, color]) => ({ label, color, marker: '.' }));
  }

  /** The colour bar of the values, at the right of axes. */
  bar(axes: Rectangle, label: string | undefined): Mark[] {
    return this.values ? colorBar(axes, this.#map, this.#norm, label, this.theme) : [];
  }

  get #norm(): ColorNorm {
    return new ColorNorm('lin', this.limits ?? limitsOf(this.values ?? [], 'lin'));
  }
}
