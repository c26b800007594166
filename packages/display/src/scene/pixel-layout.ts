/** Number of corners of the polygons that stand for circles. */
const CIRCLE_CORNERS = 16;

/** Outline of the pixels of a camera. */
export type PixelOutline = 'hexagon' | 'square' | 'circle';

/** Centres and outlines of the pixels of a camera in data coordinates. Source: ctapipe 0.32 `CameraDisplay.create_patches`. */
export class PixelLayout {
  #corners: Float64Array | undefined;
  #widened: PixelLayout | undefined;

  /**
   * @param width - flat-to-flat of a hexagon, edge of a square, diameter of a circle
   * @param rotation - rad, of all pixels around their centres; a hexagon with rotation 0 has a corner at the top
   */
  constructor(
    readonly outline: PixelOutline,
    readonly x: Float64Array,
    readonly y: Float64Array,
    readonly width: Float64Array,
    readonly rotation: number,
  ) {}

  /** The same pixels, wider by a factor. */
  widened(factor: number): PixelLayout {
    if (factor === 1) return this;
    const { outline, x, y, width, rotation } = this;
    if (this.#widened === undefined || this.#widened.width[0] !== factor * width[0]) {
      const widths = width.map((each) => factor * each);
      this.#widened = new PixelLayout(outline, x, y, widths, rotation);
    }
    return this.#widened;
  }

  get nPixels(): number {
    return this.x.length;
  }

  /** Number of corners of a pixel. */
  get nCorners(): number {
    if (this.outline === 'circle') return CIRCLE_CORNERS;
    return this.outline === 'hexagon' ? 6 : 4;
  }

  /** Corners of all pixels, x, y, x, y, ...: counter-clockwise. */
  get corners(): Float64Array {
    return (this.#corners ??= this.#place());
  }

  /** Corners of a pixel around its centre. */
  shape(width: number): Float64Array {
    const { nCorners, outline } = this;
    const radius = { hexagon: width / Math.sqrt(3), square: width / Math.SQRT2, circle: width / 2 }[outline];
    const start = this.rotation + (outline === 'square' ? 0.75 : 0.5) * Math.PI;
    const shape = new Float64Array(2 * nCorners);
    for (let k = 0; k < nCorners; k++) {
      const angle = start + (2 * Math.PI * k) / nCorners;
      shape[2 * k] = radius * Math.cos(angle);
      shape[2 * k + 1] = radius * Math.sin(angle);
    }
    return shape;
  }

  #place(): Float64Array {
    const { nPixels, nCorners, x, y, width } = this;
    const corners = new Float64Array(2 * nPixels * nCorners);
    let shape = this.shape(width[0]);
    for (let pixel = 0, at = 0; pixel < nPixels; pixel++) {
      if (pixel > 0 && width[pixel] !== width[pixel - 1]) shape = this.shape(width[pixel]);
      for (let k = 0; k < 2 * nCorners; k += 2) {
        corners[at++] = x[pixel] + shape[k];
        corners[at++] = y[pixel] + shape[k + 1];
      }
    }
    return corners;
  }
}
