import type { Rectangle } from '../scene/scene.js';
import { COLOR_BAR_WIDTH } from './color-bar.js';

/** Space around axes, CSS pixels: at the left and below for ticks and labels, above for the title. */
const SPACE = { left: 72, right: 18, above: 34, below: 50 } as const;
/** The same in compact pictures, which have no title. */
const COMPACT_SPACE = { left: 52, right: 12, above: 8, below: 36 } as const;
/** Smallest width and height of the axes. */
const SMALLEST = 20;

/** What surrounds axes besides their ticks, labels and title. */
export interface AxesSurroundings {
  readonly isCompact?: boolean | undefined;
  readonly hasColorBar?: boolean;
  /** Height of a legend below the axes, by their width. */
  readonly below?: (width: number) => number;
}

/** Rectangle of the axes in a picture, CSS pixels. */
export function axesArea(
  width: number,
  height: number,
  { isCompact = false, hasColorBar = false, below = () => 0 }: AxesSurroundings = {},
): Rectangle {
  const space = isCompact ? COMPACT_SPACE : SPACE;
  const axesWidth = Math.max(SMALLEST, width - space.left - (hasColorBar ? COLOR_BAR_WIDTH : space.right));
  const bottom = space.below + below(axesWidth);
  return { x: space.left, y: space.above, width: axesWidth, height: Math.max(SMALLEST, height - space.above - bottom) };
}
