import { CameraGeometry } from '@cherenkit/core';
import { cameraFrame, type CameraFrame, type PixelShape } from '@cherenkit/kernels';

/** Distance of the pixels of the toy cameras, m; pixels are 2 % narrower. */
const SPACING = 0.05;
const WIDTH = 0.98 * SPACING;

/** Area of a pixel of a width. */
const AREAS: Readonly<Record<PixelShape, number>> = {
  hexagon: (Math.sqrt(3) / 2) * WIDTH ** 2,
  square: WIDTH ** 2,
  circle: (Math.PI / 4) * WIDTH ** 2,
};

/**
 * A camera of three rings of pixels, or of 6 x 6 square ones.
 *
 * @param rotation - of the grid and its pixels, rad
 */
export function toyCamera(pixType: PixelShape, rotation = 0): CameraGeometry<CameraFrame> {
  const places = pixType === 'square' ? squareGrid() : hexagonalGrid();
  const [cos, sin] = [Math.cos(rotation), Math.sin(rotation)];
  return new CameraGeometry({
    name: `Toy ${pixType}`,
    pixX: places.map(([x, y]) => SPACING * (x * cos - y * sin)),
    pixY: places.map(([x, y]) => SPACING * (x * sin + y * cos)),
    pixArea: new Float64Array(places.length).fill(AREAS[pixType]),
    pixType,
    pixRotation: rotation,
    frame: cameraFrame(10),
  });
}

function hexagonalGrid(): [number, number][] {
  const rings = [-3, -2, -1, 0, 1, 2, 3];
  const places = rings.flatMap((row) => rings.map((column): [number, number] => [column, row]));
  return places
    .filter(([column, row]) => Math.abs(column + row) <= 3)
    .map(([column, row]) => [column + row / 2, (row * Math.sqrt(3)) / 2]);
}

function squareGrid(): [number, number][] {
  return Array.from({ length: 36 }, (_, i) => [(i % 6) - 2.5, Math.floor(i / 6) - 2.5]);
}

/** An image that is bright around a place. */
export function toyImage({ pixX, pixY }: CameraGeometry, x = 0.05, y = 0.03): Float64Array {
  return pixX.map((px, i) => Math.round(1000 * Math.exp(-((px - x) ** 2 + 4 * (pixY[i] - y) ** 2) / 0.005)) / 10 - 1);
}
