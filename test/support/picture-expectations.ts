import { indexRaster, type AxisTransform, type CameraDisplay, type EllipseMark } from '@cherenkit/display';
import { expect } from 'chai';
import { marksOf, type Point, type ReferenceEllipse, type ReferencePixel } from './ctapipe-pictures.js';

/** m or deg; the references are rounded to seven digits. */
const TOLERANCE = 1e-5;

export function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, where: string): void {
  expect(found.length, where).to.equal(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const tolerance = TOLERANCE * Math.max(1, Math.abs(expected[i]));
    expect(found[i], `${where} ${i}`).to.be.closeTo(expected[i], tolerance);
  }
}

/** The corners of pixel 0, as they are in the picture. */
export function expectPolygon(display: CameraDisplay, polygon: readonly Point[] | null): void {
  const [{ layout, transform }] = marksOf(display.scene, 'pixels');
  if (polygon === null) return expect(layout.outline).to.equal('circle') as never;
  expect(layout.nCorners).to.equal(polygon.length);
  const inPicture = transform.points(layout.corners.subarray(0, 2 * polygon.length));
  polygon.forEach((corner, k) =>
    expectClose(transform.toData(inPicture[2 * k], inPicture[2 * k + 1]), corner, `corner ${k} of pixel 0`),
  );
}

/** Place and colour of a pixel, and that the dot there belongs to it. */
export function expectPixel(display: CameraDisplay, expected: ReferencePixel): void {
  const { pixel, data } = expected;
  const [x, y] = display.placeOf(pixel);
  expectClose(display.transform.toData(x, y), data, `centre of pixel ${pixel}`);
  expect(display.image[pixel]).to.be.closeTo(expected.value, 1e-4 * Math.max(1, Math.abs(expected.value)));
  expectColor(display.colorOf(pixel), expected, `pixel ${pixel}`);
  expect(display.pixelAt(x, y)).to.equal(pixel);
  expect(pixelUnder(display, x, y)).to.equal(pixel);
}

/** The pixel in the raster of a canvas with two dots per CSS pixel. */
function pixelUnder(display: CameraDisplay, x: number, y: number): number {
  const [{ layout, transform }] = marksOf(display.scene, 'pixels');
  const raster = indexRaster(layout, transform, 2);
  const [column, row] = [Math.floor(2 * x) - raster.x, Math.floor(2 * y) - raster.y];
  return raster.pixels[row * raster.width + column] - 1;
}

/** ctapipe's colour is rounded to four digits, ours to 1/255; a value without colour is transparent there. */
export function expectColor(color: string | undefined, { rgba, value }: ReferencePixel, where: string): void {
  if (rgba[3] === 0) return expect(color, `${where}, ${value}`).to.equal(undefined) as never;
  const expected = rgba.slice(0, 3).map((part) =>
    Math.round(255 * part)
      .toString(16)
      .padStart(2, '0'),
  );
  expect(color, `${where}, ${value}`).to.equal(`#${expected.join('')}`);
}

export function expectEllipse(display: CameraDisplay, expected: ReferenceEllipse): void {
  const { scene, transform } = display;
  const ellipse = marksOf(scene, 'ellipse').at(-1);
  if (ellipse === undefined) throw new Error('There is no ellipse.');
  expectClose(transform.toData(ellipse.x, ellipse.y), expected.centroid, 'centroid');
  expectClose(endOf(ellipse, transform, 0), expected['head (centroid + length along psi)'], 'head');
  expectClose(endOf(ellipse, transform, 2), expected.tail, 'tail');
  expectClose(endOf(ellipse, transform, 1), expected['side (psi + 90 deg)'], 'side');
  expectClose(endOf(ellipse, transform, 3), expected.other_side, 'other side');
  const wedges = marksOf(scene, 'path').filter(
    ({ lines }) => lines.length === 4 && lines.every(({ points }) => points.length === 4),
  );
  wedges.at(-1)?.lines.forEach(({ points }, i) => {
    expectClose(transform.toData(points[2], points[3]), expected.psi_wedge_ends[i], `wedge ${i}`);
  });
  expect(wedges.length).to.be.greaterThan(0);
  const label = marksOf(scene, 'text').find(({ text }) => text.includes('\n'));
  expect(label?.text).to.equal(expected.label.text);
  expectClose(transform.toData(label?.x ?? NaN, label?.y ?? NaN), expected.label.at, 'label');
  expect(label?.rotation).to.be.closeTo(-expected.label.rotation_deg, 1e-4);
  expect([label?.anchor, label?.vertical]).to.deep.equal(['middle', 'bottom']);
}

/** The end of a half axis of an ellipse; `quarter` turns counter-clockwise from the first. */
function endOf(ellipse: EllipseMark, transform: AxisTransform, quarter: number): readonly [number, number] {
  const { x, y, radiusX, radiusY, rotation = 0 } = ellipse;
  const angle = (-rotation * Math.PI) / 180 + (quarter * Math.PI) / 2;
  const radius = quarter % 2 === 0 ? radiusX : radiusY;
  return transform.toData(x + radius * Math.cos(angle), y - radius * Math.sin(angle));
}

export function meanOf(points: readonly number[]): [number, number] {
  const mean = (first: number): number =>
    points.filter((_, i) => i % 2 === first).reduce((sum, value) => sum + value, 0) / (points.length / 2);
  return [mean(0), mean(1)];
}
