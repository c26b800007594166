import type { AltAz } from '@cherenkit/kernels';
import type { ColorMap } from '../color/color-map.js';
import type { MarkerName } from '../layout/marker-marks.js';
import type { Theme, ThemeName } from '../layout/theme.js';
import type { ArrayViewFrame } from './array-frame.js';

/** Options of `ArrayDisplay`. */
export interface ArrayDisplayOptions {
  /** Default: GroundFrame. */
  readonly frame?: ArrayViewFrame;
  /** Where the array points, rad; required for the `TiltedGroundFrame`. */
  readonly pointing?: AltAz;
  /** Radius of a telescope in the picture in units of the square root of its mirror area. Default: 2. */
  readonly telScale?: number;
  /** Radius of all telescopes, or of each by index, m. Default: by their mirror areas. */
  readonly radius?: number | ArrayLike<number> | undefined;
  /** A value per telescope, by index, that is shown as its colour; NaN for none. */
  readonly values?: ArrayLike<number> | undefined;
  /** Colour map of the values. Default: viridis. */
  readonly cmap?: string | ColorMap;
  /** Label of the colour bar of the values. */
  readonly valuesLabel?: string | undefined;
  /** Default: the name of the array. */
  readonly title?: string | undefined;
  /** Opacity of the telescopes. Default: 0.7. */
  readonly alpha?: number;
  readonly theme?: ThemeName | Theme;
  /** Size of the picture, CSS pixels. Default: 600 x 600. */
  readonly width?: number;
  readonly height?: number;
}

/** Style of points, see `ArrayDisplay.scatter`. */
export interface ScatterOptions {
  /** Name in the legend. Default: not in the legend. */
  readonly label?: string;
  /** Default: x. */
  readonly marker?: MarkerName;
  /** Default: that of texts. */
  readonly color?: string;
  /** Size, CSS pixels. Default: 16. */
  readonly size?: number;
}

/** Style of vectors. */
export interface VectorOptions {
  /** One colour for all telescopes, or one for each by index. Default: the colours of their types. */
  readonly color?: string | readonly string[];
}

export interface LineOptions {
  readonly linewidth?: number;
  readonly color?: string;
}

/** Lines of a function, see `ArrayDisplay.backgroundContour`. */
export interface ContourOptions {
  /** Values of the lines. Default: 8 between the smallest and the largest value. */
  readonly levels?: readonly number[];
  /** Default: viridis. */
  readonly cmap?: string;
}

/** A value for all telescopes, or one for each, by index. */
export type PerTelescope = number | ArrayLike<number>;
