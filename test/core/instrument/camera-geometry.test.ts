import { CameraGeometry, CherenkitError } from '@cherenkit/core';
import { cameraFrame, type PixelGridType, type PixelShape } from '@cherenkit/kernels';
import { expect } from 'chai';

import { readCheckedIn, readReference, referenceNames } from '../../support/ctapipe-reference.js';
import { skipWithoutTestData } from '../../support/test-data.js';

interface ToyCamera {
  input: {
    name: string;
    x: number[];
    y: number[];
    area: number;
    focal_length: number;
    frame_rotation: number;
    pix_type: PixelShape;
    grid_type?: PixelGridType;
    pix_rotation?: number;
    cam_rotation?: number;
  };
  pix_x: number[];
  pix_y: number[];
  pix_rotation: number;
  cam_rotation: number;
  pixel_width: number;
  neighbors: number[][];
  diagonal_neighbor_counts: number[];
  border: number[][];
  radius: number;
  telescope_frame: { pix_x: number[]; pix_y: number[]; pix_area: number; pix_rotation: number; cam_rotation: number };
  points: [number, number][];
  pixels: number[];
}

const toyCameras = (readCheckedIn('instrument.json') as { cameras: ToyCamera[] }).cameras;

/** Double precision; the order of operations differs from ctapipe's. */
const ROUNDING = 1e-14;

function build({ input }: ToyCamera): CameraGeometry {
  return new CameraGeometry({
    name: input.name,
    pixX: input.x,
    pixY: input.y,
    pixArea: input.x.map(() => input.area),
    pixType: input.pix_type,
    ...(input.grid_type && { gridType: input.grid_type }),
    pixRotation: input.pix_rotation ?? 0,
    camRotation: input.cam_rotation ?? 0,
    frame: cameraFrame(input.focal_length, input.frame_rotation),
  });
}

function neighborLists(geometry: CameraGeometry): number[][] {
  const { offsets, indices } = geometry.neighbors;
  return Array.from(geometry.pixX, (_, i) => [...indices.subarray(offsets[i], offsets[i + 1])]);
}

function neighborCounts({ offsets }: { offsets: Int32Array }): number[] {
  return [...offsets.subarray(1)].map((end, i) => end - offsets[i]);
}

function pixelsOf(mask: Uint8Array): number[] {
  return [...mask.keys()].filter((pixel) => mask[pixel] === 1);
}

function expectClose(values: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(values.length).to.equal(expected.length);
  for (let i = 0; i < expected.length; i++) expect(values[i]).to.be.closeTo(expected[i], tolerance);
}

describe('CameraGeometry', () => {
  for (const toy of toyCameras) {
    it(`equals ctapipe's for the toy camera "${toy.input.name}"`, () => {
      const geometry = build(toy);
      expectClose(geometry.pixX, toy.pix_x, ROUNDING);
      expectClose(geometry.pixY, toy.pix_y, ROUNDING);
      expect(geometry.pixRotation).to.be.closeTo(toy.pix_rotation, ROUNDING);
      expect(geometry.camRotation).to.equal(toy.cam_rotation);
      expect(geometry.pixelWidth[0]).to.be.closeTo(toy.pixel_width, ROUNDING);
      expect(neighborLists(geometry)).to.deep.equal(toy.neighbors);
      expect(neighborCounts(geometry.calcPixelNeighbors({ diagonal: true }))).to.deep.equal(
        toy.diagonal_neighbor_counts,
      );
      for (const width of [1, 2, 3]) {
        expect(pixelsOf(geometry.borderPixelMask(width))).to.deep.equal(toy.border[width - 1]);
      }
      expect(geometry.guessRadius()).to.be.closeTo(toy.radius, ROUNDING);
      expect(toy.points.map(([x, y]) => geometry.positionToPixIndex(x, y))).to.deep.equal(toy.pixels);
      expect(toy.pixels.some((pixel) => pixel >= 0) && toy.pixels.includes(-1)).to.equal(true);

      const projected = geometry.toTelescopeFrame();
      expectClose(projected.pixX, toy.telescope_frame.pix_x, ROUNDING);
      expectClose(projected.pixY, toy.telescope_frame.pix_y, ROUNDING);
      // 1e-10: ctapipe derives the scale from the distance of two points, which loses some digits.
      expect(projected.pixArea[0] / toy.telescope_frame.pix_area).to.be.closeTo(1, 1e-10);
      expect(projected.pixRotation).to.be.closeTo(toy.telescope_frame.pix_rotation, ROUNDING);
      expect(projected.camRotation).to.be.closeTo(toy.telescope_frame.cam_rotation, ROUNDING);
    });
  }

  it('caches derived quantities', () => {
    const geometry = build(toyCameras[0]);
    expect(geometry.neighbors).to.equal(geometry.neighbors);
    expect(geometry.borderPixelMask(2)).to.equal(geometry.borderPixelMask(2));
    expect(geometry.toTelescopeFrame()).to.equal(geometry.toTelescopeFrame());
    expect(geometry.toTelescopeFrame().neighbors).to.equal(geometry.neighbors);
    expect(geometry.toTelescopeFrame().toTelescopeFrame()).to.equal(geometry.toTelescopeFrame());
  });

  it('copies its input arrays', () => {
    const pixX = Float64Array.of(0, 1);
    const geometry = new CameraGeometry({
      name: 'two',
      pixX,
      pixY: [0, 0],
      pixArea: [1, 1],
      pixType: 'square',
      frame: cameraFrame(1),
    });
    pixX[0] = 7;
    expect([...geometry.pixX]).to.deep.equal([0, 1]);
    expect([...geometry.pixId]).to.deep.equal([0, 1]);
  });

  it('projects with a given focal length', () => {
    const geometry = build(toyCameras[0]);
    const projected = geometry.toTelescopeFrame(14);
    expect(projected.pixX[3]).to.be.closeTo(2 * geometry.toTelescopeFrame().pixX[3], ROUNDING);
    expect(projected.pixArea[3]).to.be.closeTo(4 * geometry.toTelescopeFrame().pixArea[3], ROUNDING);
  });

  it('keeps neighbour relations among selected pixels', () => {
    const geometry = build(toyCameras[0]);
    const mask = geometry.pixX.map((x) => (x > 0 ? 1 : 0));
    const half = geometry.select(Uint8Array.from(mask));
    const kept = pixelsOf(Uint8Array.from(mask));
    expect([...half.pixId]).to.deep.equal(kept);
    const lists = neighborLists(geometry);
    expect(neighborLists(half).map((list) => list.map((j) => kept[j]))).to.deep.equal(
      kept.map((i) => lists[i].filter((j) => mask[j] === 1)),
    );
    expect(() => geometry.select(new Uint8Array(3))).to.throw(RangeError, 'expected a mask of 91 entries, found 3');
  });

  it('equals a camera whose pixels agree to 1e-5', () => {
    const [first] = toyCameras;
    const geometry = build(first);
    const scaled = (factor: number): CameraGeometry =>
      build({ ...first, input: { ...first.input, x: first.input.x.map((x) => x * factor) } });
    expect(geometry.equals(build(first))).to.equal(true);
    expect(geometry.equals(build({ ...first, input: { ...first.input, cam_rotation: 0.2 } }))).to.equal(false);
    expect(geometry.equals(build({ ...first, input: { ...first.input, name: 'another' } }))).to.equal(false);
    expect(geometry.equals(scaled(1.001))).to.equal(false);
    expect(geometry.equals(build(toyCameras[1]))).to.equal(false);
  });

  it('rejects arrays of different lengths and coordinates that are not finite', () => {
    const options = { name: 'bad', pixArea: [1, 1], pixType: 'square', frame: cameraFrame(1) } as const;
    expect(() => new CameraGeometry({ ...options, pixX: [0, 1], pixY: [0] })).to.throw(
      CherenkitError,
      '2, 2, 1, 2 entries',
    );
    expect(() => new CameraGeometry({ ...options, pixX: [0, NaN], pixY: [0, 1] })).to.throw(
      CherenkitError,
      'not a finite',
    );
  });

  it('uses the given neighbours of an irregular grid', () => {
    const options = {
      name: 'odd',
      pixX: [0, 1, 5],
      pixY: [0, 3, 1],
      pixArea: [1, 1, 1],
      pixType: 'circle',
      gridType: 'irregular',
      frame: cameraFrame(1),
    } as const;
    expect(() => new CameraGeometry(options).neighbors).to.throw(CherenkitError, 'irregular');
    const neighbors = { offsets: Int32Array.of(0, 1, 2, 2), indices: Int32Array.of(1, 0) };
    expect(neighborLists(new CameraGeometry({ ...options, neighbors }))).to.deep.equal([[1], [0], []]);
  });

  it('makes a rectangle of square pixels', () => {
    const geometry = CameraGeometry.makeRectangular(3, 2);
    expect(geometry.nPixels).to.equal(6);
    expect([...geometry.pixX]).to.deep.equal([-0.5, 0, 0.5, -0.5, 0, 0.5]);
    expect([...geometry.pixY]).to.deep.equal([-0.5, -0.5, -0.5, 0.5, 0.5, 0.5]);
  });

  describe('for cameras of real files', function () {
    before(skipWithoutTestData);

    it("gives ctapipe's neighbours and borders", () => {
      const seen = new Set<string>();
      for (const name of referenceNames()) {
        for (const camera of Object.values(readReference(name).cameras)) {
          const geometry = new CameraGeometry({
            name: camera.name,
            pixX: camera.pix_x_m,
            pixY: camera.pix_y_m,
            pixArea: new Float64Array(camera.n_pixels).fill(camera.pix_area_m2_sum / camera.n_pixels),
            pixType: camera.pix_type,
            frame: cameraFrame(1),
          });
          const where = `${camera.name} in ${name}`;
          expect(neighborCounts(geometry.neighbors), where).to.deep.equal(camera.neighbor_counts);
          expect(geometry.neighbors.indices.length, where).to.equal(camera.neighbor_pairs);
          expect(pixelsOf(geometry.borderPixelMask(1)).length, where).to.equal(camera.border_width1);
          expect(pixelsOf(geometry.borderPixelMask(2)).length, where).to.equal(camera.border_width2);
          seen.add(camera.name);
        }
      }
      expect(seen.size).to.be.greaterThan(8);
    }).timeout(60_000); // reads all references
  });
});
