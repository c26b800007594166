const SIZE = 440;
const SCALE = 150;
const COLORS = { axis: '#1f4e79', value: '#b4491f', thin: '#999999' };

/** Small SVG drawing. Coordinates are [right, up] from the center; 1 is a third of the width. */
export class Drawing {
  #parts = [];

  constructor(title) {
    this.#parts.push(`<text x="12" y="22" font-weight="bold">${title}</text>`);
  }

  line(from, to, style) {
    const [[x1, y1], [x2, y2]] = [pixel(from), pixel(to)];
    this.#parts.push(
      `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${COLORS[style]}" stroke-dasharray="4 3"/>`,
    );
  }

  /** Adds an arrow with a label at its head. */
  arrow(from, to, label, style) {
    const [[x1, y1], [x2, y2]] = [pixel(from), pixel(to)];
    const color = COLORS[style];
    const angle = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
    this.#parts.push(
      `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${color}" stroke-width="2"/>`,
      `<path d="M 0 0 L -10 -4 L -10 4 Z" fill="${color}" transform="translate(${x2} ${y2}) rotate(${angle.toFixed(1)})"/>`,
    );
    this.#label(to, label, color);
  }

  curve(places, label) {
    const points = places.map((place) => pixel(place).join(',')).join(' ');
    this.#parts.push(`<polyline points="${points}" fill="none" stroke="${COLORS.thin}"/>`);
    if (label) this.#label(places[Math.floor(places.length / 2)], label, '#555555');
  }

  point(place, label) {
    const [x, y] = pixel(place);
    this.#parts.push(`<circle cx="${x}" cy="${y}" r="4" fill="#222222"/>`);
    this.#label([place[0] + 0.03, place[1] - 0.14], label, '#222222');
  }

  hexagon([x, y], radius) {
    const corners = Array.from({ length: 6 }, (_, i) => {
      const angle = Math.PI / 6 + (i * Math.PI) / 3;
      return pixel([x + radius * Math.cos(angle), y + radius * Math.sin(angle)]).join(',');
    });
    this.#parts.push(`<polygon points="${corners.join(' ')}" fill="#f2f5f8" stroke="#d0d7de"/>`);
  }

  svg() {
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}" width="${SIZE}" font-family="sans-serif" font-size="13">`,
      `<rect width="${SIZE}" height="${SIZE}" fill="#ffffff"/>`,
      ...this.#parts,
      '</svg>\n',
    ].join('\n');
  }

  /** Adds a label on the side of the position that is closer to the border. */
  #label(place, text, color) {
    const [x, y] = pixel(place);
    const isRight = x > SIZE * 0.55;
    const anchor = isRight ? 'end' : x < SIZE * 0.25 ? 'start' : 'middle';
    const at = Math.min(Math.max(x, 8), SIZE - 8);
    this.#parts.push(
      `<text x="${at}" y="${(y - 8).toFixed(1)}" text-anchor="${anchor}" fill="${color}">${text}</text>`,
    );
  }
}

function pixel([right, up]) {
  return [SIZE / 2 + right * SCALE, SIZE / 2 - up * SCALE].map((value) => Number(value.toFixed(1)));
}
