import type { Rectangle } from '../scene/scene.js';
import { COLOR_BAR_WIDTH } from './color-bar.js';

/** Space around axes, CSS pixels: at the left and below for ticks and labels, above for the title. */
const [LEFT, RIGHT, ABOVE, BELOW] = [72, 18, 34, 50];
/** Smallest width and height of the axes. */
const SMALLEST = 20;

/** What surrounds axes besides their ticks, labels and title. */
export interface AxesSurroundings {
  readonly hasColorBar?: boolean;
  /** Height of a legend above the axes, by their width. */
  readonly above?: (width: number) => number;
  /** Height of a legend below the axes, by their width. */
  readonly below?: (width: number) => number;
}

/** Rectangle of the axes in a picture, CSS pixels. */
export function axesArea(
  width: number,
  height: number,
  { hasColorBar = false, above = () => 0, below = () => 0 }: AxesSurroundings = {},
): Rectangle {
  const axesWidth = Math.max(SMALLEST, width - LEFT - (hasColorBar ? COLOR_BAR_WIDTH : RIGHT));
  const top = ABOVE + above(axesWidth);
  const bottom = BELOW + below(axesWidth);
  return { x: LEFT, y: top, width: axesWidth, height: Math.max(SMALLEST, height - top - bottom) };
}
