/** Outline of a pixel. */
export type PixelShape = 'hexagon' | 'square' | 'circle';

/**
 * The shape of a name in a file, such as `hexagonal` or `HEX`. Source: ctapipe 0.32 `PixelShape.from_string`.
 *
 * @throws RangeError for unknown names
 */
export function pixelShapeOf(name: string): PixelShape {
  const lower = name.toLowerCase();
  if (lower.startsWith('hex')) return 'hexagon';
  if (lower.startsWith('rect') || lower === 'square') return 'square';
  if (lower.startsWith('circ')) return 'circle';
  throw new RangeError(`Unknown shape of pixels ${JSON.stringify(name)}; expected hexagon, square or circle.`);
}

/** Layout of the pixels of a camera; neighbours cannot be derived for an irregular grid. */
export type PixelGridType = 'hex' | 'square' | 'irregular';

/** Default grid for pixels of a shape: square pixels form a square grid, all others a hexagonal one. */
export function gridTypeOf(shape: PixelShape): PixelGridType {
  return shape === 'square' ? 'square' : 'hex';
}

/**
 * Width of a pixel from its area: distance between opposite sides of a hexagon, edge of a square, diameter of a circle.
 *
 * The result is in the unit of length that matches the unit of area. Source: ctapipe 0.32 `CameraGeometry.pixel_width`.
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

/** Radius of the circumscribed circle of a pixel, from its area; units as for {@link pixelWidth}. */
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
