/** Bits of the dots of a Braille character, by row and column. */
const BITS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];

/** A picture of dots for terminals: each character has two columns and four rows of them. */
export class BrailleCanvas {
  readonly #bits: Uint8Array;
  readonly #colors: (string | undefined)[];

  /**
   * @param columns - characters
   * @param rows - characters
   */
  constructor(
    readonly columns: number,
    readonly rows: number,
  ) {
    this.#bits = new Uint8Array(columns * rows);
    this.#colors = new Array<string | undefined>(columns * rows);
  }

  /** Sets a dot, counted from the upper left; dots outside are ignored. */
  set(x: number, y: number): void {
    if (!(x >= 0 && y >= 0 && x < 2 * this.columns && y < 4 * this.rows)) return;
    this.#bits[this.#cell(x, y)] |= BITS[y % 4][x % 2];
  }

  /** Colours the character that has a dot, `#rrggbb`. */
  color(x: number, y: number, color: string): void {
    this.#colors[this.#cell(x, y)] = color;
  }

  /** The picture as text. @param isColored - with escape sequences for colours */
  toString(isColored = false): string {
    return Array.from({ length: this.rows }, (_, row) => this.#line(row, isColored)).join('\n');
  }

  #line(row: number, isColored: boolean): string {
    let [text, current] = ['', ''];
    for (let column = 0; column < this.columns; column++) {
      const cell = row * this.columns + column;
      const color = this.#bits[cell] === 0 ? '' : (this.#colors[cell] ?? '');
      if (isColored && color !== current) text += color === '' ? '\x1b[39m' : foreground(color);
      current = color;
      text += String.fromCodePoint(0x2800 + this.#bits[cell]);
    }
    if (isColored && current !== '') text += '\x1b[39m';
    return text.replace(/\u2800+$/, '');
  }

  #cell(x: number, y: number): number {
    return Math.floor(y / 4) * this.columns + Math.floor(x / 2);
  }
}

function foreground(color: string): string {
  const value = parseInt(color.slice(1), 16);
  return `\x1b[38;2;${value >> 16};${(value >> 8) & 255};${value & 255}m`;
}
