// SVG plots for docs/algorithms: panels side by side with points, lines and circles.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../docs/algorithms', import.meta.url));
const [WIDTH, HEIGHT] = [340, 320];
const EDGE = { left: 52, right: 14, top: 30, bottom: 42 };

/** Panel with linear or logarithmic axes; coordinates of marks are in the units of the axes. */
export class Panel {
  #marks = [];
  #x;
  #y;

  constructor({ title, x, y, xLabel, yLabel, isLogarithmic = false }) {
    const vertical = isLogarithmic ? y.map(Math.log10) : y;
    const inner = [WIDTH - EDGE.left - EDGE.right, HEIGHT - EDGE.top - EDGE.bottom];
    this.#x = (value) => EDGE.left + (inner[0] * (value - x[0])) / (x[1] - x[0]);
    this.#y = (value) => {
      const place = isLogarithmic ? Math.log10(value) : value;
      return HEIGHT - EDGE.bottom - (inner[1] * (place - vertical[0])) / (vertical[1] - vertical[0]);
    };
    const [left, bottom] = [EDGE.left, HEIGHT - EDGE.bottom];
    this.#marks.push(
      `<rect x="${left}" y="${EDGE.top}" width="${inner[0]}" height="${inner[1]}" fill="#fff" stroke="#889"/>`,
      words(WIDTH / 2, 19, title, 13),
      words(left + inner[0] / 2, HEIGHT - 8, xLabel),
      `<g transform="translate(13 ${EDGE.top + inner[1] / 2}) rotate(-90)">${words(0, 0, yLabel)}</g>`,
      ...ticks(x).map((at) => words(this.#x(at), bottom + 15, String(at))),
      ...(isLogarithmic ? decades(y) : ticks(y)).map((at) => words(left - 5, this.#y(at) + 4, shortest(at), 11, 'end')),
    );
  }

  line(points, { colour = '#235', width = 1.5, dashes = '' } = {}) {
    const places = points.map(([x, y]) => `${this.#x(x).toFixed(1)},${this.#y(y).toFixed(1)}`).join(' ');
    const dashed = dashes && ` stroke-dasharray="${dashes}"`;
    this.#marks.push(
      `<polyline points="${places}" fill="none" stroke="${colour}" stroke-width="${width}"${dashed} clip-path="url(#frame)"/>`,
    );
    return this;
  }

  /** Adds a disc, or a ring if `isEmpty`; the radius is in pixels of the figure. */
  point([x, y], { colour = '#235', radius = 4, isEmpty = false } = {}) {
    const style = isEmpty ? `fill="none" stroke="${colour}" stroke-width="2"` : `fill="${colour}"`;
    const place = `cx="${this.#x(x).toFixed(1)}" cy="${this.#y(y).toFixed(1)}"`;
    this.#marks.push(`<circle ${place} r="${radius}" ${style} clip-path="url(#frame)"/>`);
    return this;
  }

  /** Adds an ellipse in units of the axes. */
  ellipse([x, y], [radiusX, radiusY], { colour = '#d22', dashes = '' } = {}) {
    const points = Array.from({ length: 73 }, (_, i) => {
      const angle = (i * Math.PI) / 36;
      return [x + radiusX * Math.cos(angle), y + radiusY * Math.sin(angle)];
    });
    return this.line(points, { colour, dashes, width: 2 });
  }

  text([x, y], content, colour = '#235') {
    this.#marks.push(words(this.#x(x), this.#y(y), content, 11, 'start', colour));
    return this;
  }

  toString() {
    return this.#marks.join('\n');
  }
}

/** Writes panels side by side to `docs/algorithms/NAME.svg`. */
export function savePlot(name, panels) {
  mkdirSync(folder, { recursive: true });
  const size = `width="${WIDTH * panels.length}" height="${HEIGHT}"`;
  const frame = `<rect x="${EDGE.left}" y="${EDGE.top}" width="${WIDTH - EDGE.left - EDGE.right}" height="${HEIGHT - EDGE.top - EDGE.bottom}"/>`;
  const content = panels.map((panel, i) => `<g transform="translate(${i * WIDTH} 0)">\n${panel}\n</g>`);
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH * panels.length} ${HEIGHT}" ${size}>`;
  const parts = [head, `<defs><clipPath id="frame">${frame}</clipPath></defs>`, `<rect ${size} fill="#fff"/>`];
  writeFileSync(join(folder, `${name}.svg`), `${[...parts, ...content, '</svg>'].join('\n')}\n`);
}

function words(x, y, content, size = 11, anchor = 'middle', colour = '#223') {
  const place = `x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${size}" text-anchor="${anchor}"`;
  return `<text ${place} font-family="sans-serif" fill="${colour}">${content}</text>`;
}

/** About five round numbers within a range. */
function ticks([low, high]) {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(10)));
}

/** `0.5`, `1e-5` */
function shortest(value) {
  const [plain, exponential] = [String(value), value.toExponential()];
  return plain.length > 4 && exponential.length < plain.length ? exponential : plain;
}

function decades([low, high]) {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const count = Math.floor(Math.log10(high) + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => Number((10 ** (first + i)).toPrecision(3)));
}
