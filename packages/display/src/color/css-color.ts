/** Colours of matplotlib that are not CSS colours, and CSS colours that are used as levels. */
const NAMED: Readonly<Record<string, string>> = {
  b: '#0000ff',
  g: '#008000',
  r: '#ff0000',
  c: '#00bfbf',
  m: '#bf00bf',
  y: '#bfbf00',
  k: '#000000',
  w: '#ffffff',
  black: '#000000',
  white: '#ffffff',
  gray: '#808080',
  grey: '#808080',
  red: '#ff0000',
  'tab:blue': '#1f77b4',
  'tab:orange': '#ff7f0e',
  'tab:green': '#2ca02c',
  'tab:red': '#d62728',
  'tab:purple': '#9467bd',
  'tab:gray': '#7f7f7f',
  'xkcd:red': '#e50000',
  'xkcd:green': '#15b01a',
  'xkcd:blue': '#0343df',
  'xkcd:orange': '#f97306',
  'xkcd:purple': '#7e1e9c',
  'xkcd:teal': '#029386',
  'xkcd:black': '#000000',
  'xkcd:white': '#ffffff',
};

/** A colour as CSS: names of matplotlib (`k`, `xkcd:red`) are replaced, CSS colours returned. */
export function cssColor(color: string): string {
  return Object.hasOwn(NAMED, color) ? NAMED[color] : color;
}

/**
 * A colour as `#rrggbb`.
 *
 * @throws RangeError for a name that is not known here
 */
export function hexColor(color: string): string {
  const css = cssColor(color).toLowerCase();
  if (/^#[\da-f]{6}$/.test(css)) return css;
  if (/^#[\da-f]{3}$/.test(css)) return css.replaceAll(/[\da-f]/g, '$&$&');
  throw new RangeError(`The levels of a colour map are colours as #rrggbb, found ${color}.`);
}

/** Whether a colour as `#rrggbb` is dark; other colours are not. */
export function isDarkColor(color: string): boolean {
  const css = cssColor(color);
  if (!/^#[\da-f]{6}$/i.test(css)) return false;
  const value = parseInt(css.slice(1), 16);
  // Brightness as the eye perceives it (ITU-R BT.601).
  return 0.299 * (value >> 16) + 0.587 * ((value >> 8) & 255) + 0.114 * (value & 255) < 100;
}
