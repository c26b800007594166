import type { Theme, ThemeName } from '../layout/theme.js';

/** Options of all plots. */
export interface PlotPictureOptions {
  readonly title?: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
  readonly theme?: ThemeName | Theme;
  /** Colour of the marks. */
  readonly color?: string;
  /** Size of the picture, CSS pixels. Default: 600 x 400. */
  readonly width?: number;
  readonly height?: number;
}

/** A plot of Observable Plot as SVG. */
export class PlotPicture {
  constructor(
    readonly title: string,
    /** What the plot shows, as text. */
    readonly description: string,
    readonly width: number,
    readonly height: number,
    readonly svg: string,
  ) {}

  /** The plot as SVG: the same text for the same data. */
  toSvg(): string {
    return this.svg;
  }
}
