import { CherenkitError, ExitCode, nameSome } from '@cherenkit/core';
import { COLOR_TABLES } from './color-tables.js';
import { hexColor } from './css-color.js';

/** Maps whose middle is neutral, and maps of separate colours; all others grow brighter or darker throughout. */
const WITHOUT_ORDER: ReadonlySet<string> = new Set(['RdBu', 'coolwarm', 'turbo', 'Paired', 'tab10']);

/** Grey under the pixels of a camera for maps without a darkest end. */
const NEUTRAL = '#7f7f7f';

/** Colours by level, lowest first. */
export class ColorMap {
  /** Colours from the lowest to the highest level, `#rrggbb`. */
  readonly colors: readonly string[];
  /** Colour of values below the limits. Default: the lowest. */
  readonly under: string;
  /** Colour of values above the limits. Default: the highest. */
  readonly over: string;
  /** Colour that lies under the pixels of a camera and shows in the gaps between them. */
  readonly backdrop: string;

  constructor(
    readonly name: string,
    colors: readonly string[],
    { under, over, backdrop }: { under?: string; over?: string; backdrop?: string } = {},
  ) {
    if (colors.length === 0) throw new RangeError(`ColorMap ${name}: expected at least one colour, found none`);
    this.colors = colors.map(hexColor);
    this.under = hexColor(under ?? colors[0]);
    this.over = hexColor(over ?? colors[colors.length - 1]);
    this.backdrop = hexColor(backdrop ?? under ?? NEUTRAL);
  }

  /** All colours of a picture: those of the levels, then under and over. */
  get table(): readonly string[] {
    return [...this.colors, this.under, this.over];
  }

  /**
   * Index into `table` for a value as a part of the limits; -1 for NaN. Level `n` of N holds parts from n / N; 1 is in the
   * last.
   */
  indexOf(part: number): number {
    const n = this.colors.length;
    if (part < 0) return n;
    if (part > 1) return n + 1;
    return part >= 0 ? Math.min(n - 1, Math.floor(part * n)) : -1;
  }

  /** The first n colours, as `ListedColormap(cmap.colors[:n])` of matplotlib; with colours for values outside of the limits. */
  first(n: number, outside: { under?: string; over?: string } = {}): ColorMap {
    return new ColorMap(`${this.name}[:${n}]`, this.colors.slice(0, n), outside);
  }
}

const MAPS = new Map<string, ColorMap>();

/** Names of all colour maps. Each has a reversed one: `viridis_r`. */
export const COLOR_MAP_NAMES: readonly string[] = Object.keys(COLOR_TABLES);

/**
 * Returns a colour map of matplotlib by its name: `inferno`, `viridis`, `RdBu_r`, ...
 *
 * @throws CherenkitError COLOR_MAP_UNKNOWN
 */
export function colorMap(name: string): ColorMap {
  let map = MAPS.get(name);
  if (map === undefined) {
    const isReversed = name.endsWith('_r');
    const base = isReversed ? name.slice(0, -2) : name;
    if (!Object.hasOwn(COLOR_TABLES, base)) throw unknown(name);
    const bytes = Array.from(atob(COLOR_TABLES[base]), (each) => each.charCodeAt(0));
    const colors = Array.from({ length: bytes.length / 3 }, (_, i) => {
      const color = (bytes[3 * i] << 16) | (bytes[3 * i + 1] << 8) | bytes[3 * i + 2];
      return `#${color.toString(16).padStart(6, '0')}`;
    });
    if (isReversed) colors.reverse();
    map = new ColorMap(name, colors, WITHOUT_ORDER.has(base) ? {} : { backdrop: colors[0] });
    MAPS.set(name, map);
  }
  return map;
}

function unknown(name: string): CherenkitError {
  const message = `There is no colour map ${name}. Colour maps: ${nameSome(COLOR_MAP_NAMES)}; with _r for the reversed one.`;
  return new CherenkitError('COLOR_MAP_UNKNOWN', ExitCode.USAGE, message);
}
