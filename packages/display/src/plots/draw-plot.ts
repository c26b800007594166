import type * as Plot from '@observablehq/plot';
import { themeOf } from '../layout/theme.js';
import { FONT_FAMILY } from '../scene/to-svg.js';
import { PlotPicture, type PlotPictureOptions } from './plot-picture.js';
import { SvgDocument, type SvgElement } from './svg-document.js';

/** The functions of Observable Plot, which are loaded for the first plot. */
export type PlotLibrary = typeof Plot;

/** Loads Observable Plot. */
export async function loadPlot(): Promise<PlotLibrary> {
  return import('@observablehq/plot');
}

/**
 * Draws a plot.
 *
 * @param description - what the plot shows, read by screen readers
 */
export function plotPicture(
  library: PlotLibrary,
  marks: readonly Plot.Markish[],
  description: string,
  { title = '', xLabel, yLabel, theme = 'light', width = 600, height = 400 }: PlotPictureOptions,
  scales: Pick<Plot.PlotOptions, 'x' | 'y'> = {},
): PlotPicture {
  const colors = themeOf(theme);
  const document = new SvgDocument();
  const root = library.plot({
    document: document as unknown as Document,
    width,
    height,
    marginTop: title ? 44 : 20,
    marginLeft: 66,
    marginBottom: 48,
    marginRight: 24,
    x: { label: xLabel ?? null, labelAnchor: 'center', labelArrow: 'none', ...scales.x },
    y: { label: yLabel ?? null, labelAnchor: 'center', labelArrow: 'none', grid: true, ...scales.y },
    marks: [library.frame({ stroke: colors.text }), ...marks],
  }) as unknown as SvgElement;
  // Plot styles by a sheet; the font and sizes as attributes are understood by all programs.
  for (const child of [...root.children]) if (child.tagName === 'style') child.remove();
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    role: 'img',
    color: colors.text,
    'font-family': FONT_FAMILY,
  };
  for (const [name, value] of Object.entries({ ...attributes, 'font-size': 12 })) root.setAttribute(name, value);
  root.removeAttribute('class');
  const insert = (name: string, text: string, before = root.firstChild): SvgElement => {
    const element = root.insertBefore(document.createElementNS(root.namespaceURI, name), before);
    element.textContent = text;
    return element;
  };
  const background = insert('rect', '');
  for (const [name, value] of Object.entries({ width, height, fill: colors.background })) {
    background.setAttribute(name, value);
  }
  insert('desc', description);
  insert('title', title || description);
  if (title) {
    const heading = insert('text', title, null);
    const place = { x: width / 2, y: 24, 'font-size': 15, 'text-anchor': 'middle', fill: 'currentColor' };
    for (const [name, value] of Object.entries(place)) heading.setAttribute(name, value);
  }
  return new PlotPicture(title || description, description, width, height, `${renumbered(String(root))}\n`);
}

/** Clip paths are numbered from 1 in each plot; Observable Plot numbers those of all plots of a program. */
function renumbered(svg: string): string {
  const ids = new Map<string, string>();
  return svg.replaceAll(/plot-clip-\d+/g, (id) => {
    const own = ids.get(id) ?? `plot-clip-${ids.size + 1}`;
    ids.set(id, own);
    return own;
  });
}

/** Labels of a logarithmic axis: powers of ten, and 2 and 5 times these on short axes. */
export function decadeFormat(values: readonly number[]): (value: number) => string {
  const [low, high] = values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
  const labelled = high / low > 100 ? [1] : [1, 2, 5];
  return (value) => {
    const mantissa = Math.round(value / 10 ** Math.floor(Math.log10(value) + 1e-9));
    return labelled.includes(mantissa) ? String(Number(value.toPrecision(6))) : '';
  };
}
