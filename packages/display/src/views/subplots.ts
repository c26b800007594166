import { FONT_SIZE, themeOf, type Theme, type ThemeName } from '../layout/theme.js';
import { Picture } from '../scene/picture.js';
import { rectangle, type Mark, type Scene } from '../scene/scene.js';

/** Options of {@link subplots}. */
export interface SubplotsOptions {
  /** Title above all pictures. */
  readonly title?: string | undefined;
  readonly theme?: ThemeName | Theme;
}

const TITLE_HEIGHT = 34;

class Subplots extends Picture {
  constructor(
    readonly rows: number,
    readonly columns: number,
    readonly pictures: readonly (Picture | undefined)[],
    readonly options: SubplotsOptions,
  ) {
    super();
  }

  override get scene(): Scene {
    const { rows, columns, options } = this;
    const scenes = this.pictures.map((picture) => picture?.scene);
    const largest = (numbers: readonly (number | undefined)[]): number => Math.max(0, ...numbers.map((n) => n ?? 0));
    const widths = Array.from({ length: columns }, (_, column) =>
      largest(Array.from({ length: rows }, (_row, row) => scenes[row * columns + column]?.width)),
    );
    const heights = Array.from({ length: rows }, (_, row) =>
      largest(Array.from({ length: columns }, (_column, column) => scenes[row * columns + column]?.height)),
    );
    const theme = themeOf(options.theme ?? 'light');
    const top = options.title ? TITLE_HEIGHT : 0;
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
    const marks = scenes.flatMap((scene, i): Mark[] => {
      if (scene === undefined) return [];
      const [x, y] = [sum(widths.slice(0, i % columns)), top + sum(heights.slice(0, Math.floor(i / columns)))];
      const own = rectangle({ x: 0, y: 0, width: scene.width, height: scene.height }, { fill: scene.background });
      const isSame = scene.background === theme.background;
      return [{ kind: 'group', x, y, marks: isSame ? scene.marks : [own, ...scene.marks], label: scene.title }];
    });
    const width = sum(widths);
    const shown = scenes.flatMap((scene) => scene ?? []);
    const title = options.title ?? shown.map((scene) => scene.title).join(', ');
    return {
      width,
      height: top + sum(heights),
      background: theme.background,
      title,
      description: shown.map((scene) => scene.description).join(' '),
      marks: [...(options.title ? [titleMark(options.title, width, theme)] : []), ...marks],
    };
  }
}

/**
 * Places pictures side by side, row by row.
 *
 * @param pictures - undefined leaves a place empty
 * @throws RangeError for more pictures than places
 * @example
 * ```ts
 * const telescopes = new ArrayDisplay(subarray).addLabels();
 * await writePicture('both.svg', subplots(1, 2, [display, telescopes]));
 * ```
 */
export function subplots(
  rows: number,
  columns: number,
  pictures: readonly (Picture | undefined)[],
  options: SubplotsOptions = {},
): Picture {
  if (pictures.length > rows * columns) {
    throw new RangeError(`subplots: expected at most ${rows} x ${columns} pictures, found ${pictures.length}.`);
  }
  return new Subplots(rows, columns, pictures, options);
}

function titleMark(text: string, width: number, theme: Theme): Mark {
  const size = FONT_SIZE.title + 2;
  return { kind: 'text', x: width / 2, y: 24, text, size, color: theme.text, anchor: 'middle' };
}
