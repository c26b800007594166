/** Outline of a pixel. */
export type PixelShape = 'hexagon' | 'square' | 'circle';

/** How the pixels are laid out; nothing can be derived from an irregular grid. */
export type PixelGridType = 'hex' | 'square' | 'irregular';

/** The grid that pixels of a shape form unless told otherwise: squares a square one, all others a hexagonal one. */
export function gridTypeOf(shape: PixelShape): PixelGridType {
  return shape === 'square' ? 'square' : 'hex';
}

/**
 * Width of a pixel from its area: flat to flat for a hexagon, edge of a square, diameter of a circle.
 *
 * Works in any unit of area and returns the matching unit of length. Source: ctapipe 0.32 `CameraGeometry.pixel_width`.
 */
export function pixelWidth(shape: PixelShape, area: number): number {
  switch (shape) {
    case 'hexagon':
      return 2 * Math.sqrt(area / (2 * Math.sqrt(3)));
    case 'square':
      return Math.sqrt(area);
    case 'circle':
      return 2 * Math.sqrt(area / Math.PI);
  }
}

/** Radius of the circle through the corners of a pixel (of a circle: its own), from its area, as for {@link pixelWidth}. */
export function pixelCircumradius(shape: PixelShape, area: number): number {
  switch (shape) {
    case 'hexagon':
      return pixelWidth(shape, area) / Math.sqrt(3);
    case 'square':
      return Math.sqrt(area / 2);
    case 'circle':
      return pixelWidth(shape, area) / 2;
  }
}
