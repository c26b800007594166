import { line, type Mark, type Rectangle } from '../scene/scene.js';
import { markerMark, type MarkerName } from './marker-marks.js';
import { textWidth } from './text-width.js';
import { FONT_SIZE, type Theme } from './theme.js';

export interface LegendEntry {
  readonly label: string;
  readonly marker: MarkerName;
  readonly color: string;
  /** Lengths of dashes and gaps of a line, which is drawn instead of the marker; empty for a solid one. */
  readonly dash?: readonly number[] | undefined;
}

const ROW_HEIGHT = 18;
const MARKER_WIDTH = 16;
const GAP = 18;

/** Rows of a legend within a width. */
function rowsOf(entries: readonly LegendEntry[], width: number): LegendEntry[][] {
  const rows: LegendEntry[][] = [];
  let used = Infinity;
  for (const entry of entries) {
    const own = MARKER_WIDTH + textWidth(entry.label, FONT_SIZE.small) + GAP;
    if (used + own > width) {
      rows.push([]);
      used = 0;
    }
    rows[rows.length - 1].push(entry);
    used += own;
  }
  return rows;
}

/** Height of a legend, CSS pixels. */
export function legendHeight(entries: readonly LegendEntry[], width: number): number {
  return rowsOf(entries, width).length * ROW_HEIGHT;
}

/** A legend below axes, in rows from the left, at the lower end of a picture of a height. */
export function legendBelow(
  entries: readonly LegendEntry[],
  { x, width }: Rectangle,
  height: number,
  theme: Theme,
): Mark[] {
  const rows = rowsOf(entries, width);
  const top = height - rows.length * ROW_HEIGHT - 4;
  return rows.flatMap((row, i) => {
    let left = x;
    const middle = top + (i + 0.5) * ROW_HEIGHT;
    return row.flatMap(({ label, marker, color, dash }): Mark[] => {
      const marks: Mark[] = [
        dash === undefined
          ? markerMark(marker, left + 6, middle, 11, color, theme.text)
          : line(left, middle, left + 12, middle, { stroke: color, strokeWidth: 2, ...(dash.length > 0 && { dash }) }),
        {
          kind: 'text',
          x: left + MARKER_WIDTH,
          y: middle,
          text: label,
          size: FONT_SIZE.small,
          color: theme.text,
          vertical: 'middle',
        },
      ];
      left += MARKER_WIDTH + textWidth(label, FONT_SIZE.small) + GAP;
      return marks;
    });
  });
}
