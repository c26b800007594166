import { toSvg } from '@cherenkit/display';

const SIZE = 440;
const SCALE = 150;
const COLORS = { axis: '#1f4e79', value: '#b4491f', thin: '#999999' };
const FONT = 13;

/** Small drawing of arrows, curves and texts. Coordinates are [right, up] from the center; 1 is a third of the width. */
export class Drawing {
  #title;
  #marks = [];

  constructor(title) {
    this.#title = title;
    this.#marks.push({ kind: 'text', x: 12, y: 22, text: title, size: FONT, color: '#222222', isBold: true });
  }

  line(from, to, style) {
    this.#path([[...pixel(from), ...pixel(to)]], { stroke: COLORS[style], dash: [4, 3] });
  }

  /** Adds an arrow with a label at its head. */
  arrow(from, to, label, style) {
    const [[x1, y1], [x2, y2]] = [pixel(from), pixel(to)];
    const color = COLORS[style];
    const length = Math.hypot(x2 - x1, y2 - y1);
    const [dx, dy] = [(x2 - x1) / length, (y2 - y1) / length];
    const head = [x2, y2, x2 - 10 * dx - 4 * dy, y2 - 10 * dy + 4 * dx, x2 - 10 * dx + 4 * dy, y2 - 10 * dy - 4 * dx];
    this.#path([[x1, y1, x2 - 5 * dx, y2 - 5 * dy]], { stroke: color, strokeWidth: 2 });
    this.#path([head], { fill: color }, true);
    if (label) this.#label(to, label, color);
  }

  curve(places, label) {
    this.#path([places.flatMap((place) => pixel(place))], { stroke: COLORS.thin });
    if (label) this.#label(places[Math.floor(places.length / 2)], label, '#555555');
  }

  point(place, label) {
    const [x, y] = pixel(place);
    this.#marks.push({ kind: 'ellipse', x, y, radiusX: 4, radiusY: 4, fill: '#222222' });
    this.#label([place[0] + 0.03, place[1] - 0.14], label, '#222222');
  }

  hexagon([x, y], radius) {
    const corners = Array.from({ length: 6 }, (_, i) => {
      const angle = Math.PI / 6 + (i * Math.PI) / 3;
      return pixel([x + radius * Math.cos(angle), y + radius * Math.sin(angle)]);
    });
    this.#path([corners.flat()], { fill: '#f2f5f8', stroke: '#d0d7de' }, true);
  }

  /** Adds a box with a text at its left. */
  box(lowerLeft, upperRight, text) {
    const [[left, bottom], [right, top]] = [pixel(lowerLeft), pixel(upperRight)];
    const corners = [left, bottom, right, bottom, right, top, left, top];
    this.#path([corners], { fill: '#eef3f8', stroke: COLORS.axis }, true);
    this.text([lowerLeft[0] + 0.05, (lowerLeft[1] + upperRight[1]) / 2], text, 'axis');
  }

  /** Adds a text that begins at a position. */
  text(place, text, style) {
    const [x, y] = pixel(place);
    this.#marks.push({ kind: 'text', x, y, text, size: FONT, color: COLORS[style], vertical: 'middle' });
  }

  svg() {
    return toSvg({
      width: SIZE,
      height: SIZE,
      background: '#ffffff',
      title: this.#title,
      description: `Drawing of ${this.#title}.`,
      marks: this.#marks,
    });
  }

  #path(lines, style, isClosed = false) {
    this.#marks.push({ kind: 'path', lines: lines.map((points) => ({ points, isClosed })), ...style });
  }

  /** Adds a label on the side of the position that is closer to the border. */
  #label(place, text, color) {
    const [x, y] = pixel(place);
    const isRight = x > SIZE * 0.55;
    const anchor = isRight ? 'end' : x < SIZE * 0.25 ? 'start' : 'middle';
    const at = Math.min(Math.max(x, 8), SIZE - 8);
    this.#marks.push({ kind: 'text', x: at, y: y - 8, text, size: FONT, color, anchor, halo: '#ffffff' });
  }
}

function pixel([right, up]) {
  return [SIZE / 2 + right * SCALE, SIZE / 2 - up * SCALE];
}
