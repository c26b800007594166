import type { EllipseMark, GroupMark, Mark, MarkStyle, PathMark, PixelsMark, Scene, TextMark } from './scene.js';

/** Fonts of all texts. DejaVu Sans is bundled for PNG; widths of texts are estimated from it. */
export const FONT_FAMILY = 'DejaVu Sans, Verdana, sans-serif';

/** Distance between the baselines of two lines, in units of the font size. */
export const LINE_HEIGHT = 1.2;

/** Shift of the baseline for what is at y, in units of the font size. */
export const BASELINE_SHIFT = { top: 0.76, middle: 0.27, baseline: 0, bottom: -0.24 } as const;

/**
 * Draws a scene as SVG. Equal scenes give equal texts.
 *
 * @example
 * ```ts
 * console.log(toSvg(display.scene));
 * ```
 */
export function toSvg(scene: Scene): string {
  const { width, height, background, title, description, marks } = scene;
  const size = `width="${number(width)}" height="${number(height)}" viewBox="0 0 ${number(width)} ${number(height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" font-family="${FONT_FAMILY}">`,
    `<title>${escaped(title)}</title>`,
    `<desc>${escaped(description)}</desc>`,
    `<rect width="100%" height="100%" fill="${escaped(background)}"/>`,
    ...marks.map(markToSvg),
    '</svg>\n',
  ].join('\n');
}

function markToSvg(mark: Mark): string {
  switch (mark.kind) {
    case 'pixels':
      return pixelsToSvg(mark);
    case 'path':
      return pathToSvg(mark);
    case 'ellipse':
      return ellipseToSvg(mark);
    case 'text':
      return textToSvg(mark);
    case 'group':
      return groupToSvg(mark);
  }
}

/**
 * One path per colour: all pixels of a width share the text of their outline. Coordinates are in hundredths, since whole numbers
 * are formatted several times as fast. Pixels without a finite place or width are left out.
 */
function pixelsToSvg({ layout: own, transform, indices, colors, widening = 1 }: PixelsMark): string {
  const layout = own.widened(widening);
  const { x, y, width, nPixels } = layout;
  const [scaleX, scaleY] = [100 * transform.scaleX, 100 * transform.scaleY];
  const [left, top] = [100 * transform.x(0), 100 * transform.y(0)];
  const paths = new Array<string>(colors.length).fill('');
  let [shape, startX, startY] = ['', 0, 0];
  for (let pixel = 0; pixel < nPixels; pixel++) {
    if (pixel === 0 || width[pixel] !== width[pixel - 1]) {
      const corners = layout.shape(width[pixel]);
      [startX, startY] = [left + scaleX * corners[0], top + scaleY * corners[1]];
      shape = relativeOutline(corners, scaleX, scaleY);
    }
    const index = indices[pixel];
    if (index < 0) continue;
    const atX = Math.round(startX + scaleX * x[pixel]);
    const atY = Math.round(startY + scaleY * y[pixel]);
    // SVG has no numbers that are not finite: programs that read them fail.
    if (!Number.isFinite(atX + atY)) continue;
    paths[index] += `M${atX},${atY}${shape}`;
  }
  const lines = ['<g transform="scale(0.01)" shape-rendering="crispEdges">'];
  paths.forEach((path, index) => {
    if (path !== '') lines.push(`<path fill="${escaped(colors[index])}" d="${path}"/>`);
  });
  lines.push('</g>');
  return lines.join('\n');
}

/** Steps from corner to corner, rounded such that errors do not add up. */
function relativeOutline(corners: Float64Array, scaleX: number, scaleY: number): string {
  const steps: string[] = [];
  let [x, y] = [0, 0];
  for (let k = 2; k < corners.length; k += 2) {
    const nextX = Math.round(scaleX * (corners[k] - corners[0]));
    const nextY = Math.round(scaleY * (corners[k + 1] - corners[1]));
    steps.push(`${nextX - x},${nextY - y}`);
    [x, y] = [nextX, nextY];
  }
  return `l${steps.join(' ')}z`;
}

function pathToSvg({ lines, ...style }: PathMark): string {
  const d: string[] = [];
  for (const { points, isClosed } of lines) {
    for (let i = 0; i + 1 < points.length; i += 2) {
      d.push(`${i === 0 ? 'M' : i === 2 ? 'L' : ' '}${number(points[i])},${number(points[i + 1])}`);
    }
    if (isClosed) d.push('z');
  }
  return `<path${styleToSvg(style)} d="${d.join('')}"/>`;
}

function ellipseToSvg({ x, y, radiusX, radiusY, rotation = 0, ...style }: EllipseMark): string {
  const place = `cx="${number(x)}" cy="${number(y)}"`;
  if (radiusX === radiusY) return `<circle ${place} r="${number(radiusX)}"${styleToSvg(style)}/>`;
  const turn = rotation === 0 ? '' : ` transform="rotate(${number(rotation)} ${number(x)} ${number(y)})"`;
  return `<ellipse ${place} rx="${number(radiusX)}" ry="${number(radiusY)}"${turn}${styleToSvg(style)}/>`;
}

function textToSvg(mark: TextMark): string {
  const { x, y, text, size, color, anchor = 'start', vertical = 'baseline', rotation = 0, halo, isBold } = mark;
  const lines = text.split('\n');
  const first = firstBaseline(vertical, lines.length) * size;
  const attributes = [
    `font-size="${number(size)}" fill="${escaped(color)}"`,
    ...(anchor === 'start' ? [] : [`text-anchor="${anchor}"`]),
    ...(isBold ? ['font-weight="bold"'] : []),
    ...(halo ? [`stroke="${escaped(halo)}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`] : []),
    ...(rotation === 0 ? [] : [`transform="rotate(${number(rotation)} ${number(x)} ${number(y)})"`]),
  ].join(' ');
  return lines
    .map((each, i) => {
      const baseline = number(y + first + i * size * LINE_HEIGHT);
      return `<text x="${number(x)}" y="${baseline}" ${attributes}>${escaped(each).replaceAll('  ', ' \u00a0')}</text>`;
    })
    .join('\n');
}

/** Baseline of the first of several lines relative to y, in units of the font size. */
export function firstBaseline(vertical: keyof typeof BASELINE_SHIFT, nLines: number): number {
  const share = { top: 0, middle: 0.5, baseline: 1, bottom: 1 }[vertical];
  return BASELINE_SHIFT[vertical] - share * (nLines - 1) * LINE_HEIGHT;
}

/** A clipped group is a nested image, which needs no identifier. */
function groupToSvg({ marks, x = 0, y = 0, clip, opacity, label }: GroupMark): string {
  const attributes = [
    x === 0 && y === 0 ? '' : ` transform="translate(${number(x)} ${number(y)})"`,
    opacity === undefined ? '' : ` opacity="${number(opacity)}"`,
    label === undefined ? '' : ` aria-label="${escaped(label)}"`,
  ].join('');
  const content = marks.map(markToSvg);
  if (clip) {
    const [left, top, width, height] = [clip.x, clip.y, clip.width, clip.height].map(number);
    const box = `x="${left}" y="${top}" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}"`;
    content.unshift(`<svg ${box}>`);
    content.push('</svg>');
  }
  return `<g${attributes}>\n${content.join('\n')}\n</g>`;
}

function styleToSvg({ stroke, strokeWidth = 1, dash, fill, opacity }: MarkStyle): string {
  return [
    ` fill="${fill === undefined ? 'none' : escaped(fill)}"`,
    stroke === undefined ? '' : ` stroke="${escaped(stroke)}" stroke-width="${number(strokeWidth)}"`,
    stroke === undefined ? '' : ' stroke-linecap="round" stroke-linejoin="round"',
    dash === undefined ? '' : ` stroke-dasharray="${dash.map(number).join(' ')}"`,
    opacity === undefined ? '' : ` opacity="${number(opacity)}"`,
  ].join('');
}

/** Rounded to 0.01; not finite numbers, which SVG does not have, are 0. */
function number(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 100) / 100 + 0) : '0';
}

function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
