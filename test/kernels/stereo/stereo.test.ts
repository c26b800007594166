import {
  altAzToCartesian,
  altAzToTelescope,
  angularSeparation,
  cartesianToAltAz,
  groundToTilted,
  imageAxis,
  intersectPlanes,
  nearestPointToLines,
  pointOnShowerAxis,
  reconstructGeometry,
  type AltAz,
  type GroundPoint,
  type Vector3,
} from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';

import { readCheckedIn } from '../../support/ctapipe-reference.js';

type Triple = [number, number, number];

interface StereoReference {
  showers: {
    pointing: [number, number];
    cog: Triple[];
    normals: Triple[];
    weights: number[];
    psi: number[];
    positions: Triple[];
    direction: Triple;
    error: number;
    core: [number, number];
    core_tilted: [number, number];
    height: number;
  }[];
}

const reference = readCheckedIn('frames.json') as StereoReference;
const vectors = (rows: Triple[]): Vector3[] => rows.map(([x, y, z]) => ({ x, y, z }));

/** The axis of an image without width: two points of the shower axis in the field of view of a telescope. */
function idealImage(direction: AltAz, core: GroundPoint, telescope: GroundPoint, pointing: AltAz, array: AltAz) {
  const [low, high] = [9000, 11000].map((distance) => pointOnShowerAxis(core, direction, telescope, distance));
  return imageAxis(altAzToTelescope(low, pointing), altAzToTelescope(high, pointing), pointing, array);
}

const POSITIONS: GroundPoint[] = [
  { x: 120, y: 10, z: 3 },
  { x: -60, y: 110, z: -5 },
  { x: -70, y: -90, z: 0 },
  { x: 10, y: -20, z: 12 },
];

const anyShower = fc.record({
  array: fc.record({
    alt: fc.double({ min: 0.8, max: Math.PI / 2, noNaN: true }),
    az: fc.double({ min: 0, max: 6.28, noNaN: true }),
  }),
  offset: fc.record({
    lon: fc.double({ min: -0.03, max: 0.03, noNaN: true }),
    lat: fc.double({ min: -0.03, max: 0.03, noNaN: true }),
  }),
  coreX: fc.double({ min: -250, max: 250, noNaN: true }),
  coreY: fc.double({ min: -250, max: 250, noNaN: true }),
  nTelescopes: fc.integer({ min: 2, max: 4 }),
  divergence: fc.double({ min: 0, max: 0.02, noNaN: true }),
});

describe('reconstructGeometry', () => {
  it('recovers a toy shower from images without width, also with divergent pointing', () => {
    fc.assert(
      fc.property(anyShower, ({ array, offset, coreX, coreY, nTelescopes, divergence }) => {
        const direction = { alt: Math.min(array.alt + offset.lat, 1.57), az: array.az + offset.lon };
        const core = { x: coreX, y: coreY, z: 0 };
        const positions = POSITIONS.slice(0, nTelescopes);
        const axes = positions.map((position, i) => {
          const pointing = { alt: array.alt - divergence * i, az: array.az + divergence * i };
          return idealImage(direction, core, position, pointing, array);
        });
        // Telescopes in one plane with the axis have parallel images, which determine no direction.
        const planes = intersectPlanes(axes.map((axis) => axis.planeNormal), [1, 1, 1, 1]); // prettier-ignore
        const crossing = Math.max(
          ...axes.flatMap((a, i) => axes.slice(0, i).map((b) => Math.abs(Math.sin(a.psi - b.psi)))),
        );
        fc.pre(crossing > 0.05 && Number.isFinite(planes.meanAngle));

        const shower = reconstructGeometry(axes, [3, 1, 2, 5], positions, array);
        expect(angularSeparation(shower.az, shower.alt, direction.az, direction.alt)).to.be.lessThan(1e-10);
        expect(shower.directionError).to.be.lessThan(1e-9);
        // The lines of sight to the points at 9 km along the axis meet there.
        expect(shower.relativeHMax).to.be.closeTo(9000 * Math.sin(direction.alt), 1e-3);
      }),
    );
  });

  it('finds the core where the axes intersect in the tilted frame', () => {
    fc.assert(
      fc.property(anyShower, ({ array, coreX, coreY, nTelescopes }) => {
        const core = { x: coreX, y: coreY, z: 0 };
        const positions = POSITIONS.slice(0, nTelescopes);
        const tiltedCore = groundToTilted(core, array);
        const axes = positions.map((position) => {
          const ideal = idealImage(array, core, position, array, array);
          const telescope = groundToTilted(position, array);
          const psi = Math.atan2(telescope.y - tiltedCore.y, telescope.x - tiltedCore.x);
          // 2e-3: the slope is computed in longitude and latitude, in which a great circle is not straight.
          expect(Math.sin(psi - ideal.psi)).to.be.closeTo(0, 2e-3);
          return { ...ideal, psi };
        });
        const sines = axes.flatMap((a, i) => axes.slice(0, i).map((b) => Math.abs(Math.sin(a.psi - b.psi))));
        fc.pre(Math.max(...sines) > 0.05);
        const shower = reconstructGeometry(axes, [1, 1, 1, 1], positions, array);
        // 1e-8 m: lines that cross at 3 degrees amplify the rounding of positions a few hundredfold.
        expect(shower.coreX).to.be.closeTo(coreX, 1e-8);
        expect(shower.coreY).to.be.closeTo(coreY, 1e-8);
        expect(shower.coreTiltedX).to.be.closeTo(tiltedCore.x, 1e-8);
        expect(shower.coreTiltedY).to.be.closeTo(tiltedCore.y, 1e-8);
      }),
    );
  });

  it('does not depend on the orientation of north', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 6.28, noNaN: true }), (turn) => {
        const build = (angle: number) => {
          const array = { alt: 1.2, az: 0.3 + angle };
          const turned = POSITIONS.map(({ x, y, z }) => ({
            x: x * Math.cos(angle) + y * Math.sin(angle),
            y: y * Math.cos(angle) - x * Math.sin(angle),
            z,
          }));
          const core = { x: 40 * Math.cos(angle), y: -40 * Math.sin(angle), z: 0 };
          const direction = { alt: 1.21, az: 0.33 + angle };
          const axes = turned.map((position) => idealImage(direction, core, position, array, array));
          return { axes, shower: reconstructGeometry(axes, [1, 2, 3, 4], turned, array) };
        };
        const [still, moved] = [build(0), build(turn)];
        moved.axes.forEach(({ psi }, i) => expect(Math.sin(psi - still.axes[i].psi)).to.be.closeTo(0, 1e-10));
        expect(moved.shower.alt).to.be.closeTo(still.shower.alt, 1e-12);
        expect(moved.shower.coreTiltedX).to.be.closeTo(still.shower.coreTiltedX, 1e-8);
        expect(moved.shower.coreTiltedY).to.be.closeTo(still.shower.coreTiltedY, 1e-8);
        expect(moved.shower.relativeHMax).to.be.closeTo(still.shower.relativeHMax, 1e-6);
      }),
    );
  });

  it("gives ctapipe's result for axes that do not meet in a point", () => {
    for (const row of reference.showers) {
      const cog = vectors(row.cog);
      const normals = vectors(row.normals);
      const axes = cog.map((vector, i) => ({ cog: vector, planeNormal: normals[i], psi: row.psi[i] }));
      const [alt, az] = row.pointing;
      const shower = reconstructGeometry(axes, row.weights, vectors(row.positions), { alt, az });
      const [x, y, z] = row.direction;
      const expected = cartesianToAltAz({ x, y, z });
      expect(shower.alt).to.be.closeTo(expected.alt, 1e-13);
      expect(shower.az).to.be.closeTo(expected.az, 1e-13);
      expect(shower.directionError).to.be.closeTo(row.error, row.error === 0 ? 0 : 1e-9 * row.error);
      // 1e-10: the matrix of nearly parallel lines amplifies rounding a few thousandfold.
      expect(shower.coreX / row.core[0]).to.be.closeTo(1, 1e-10);
      expect(shower.coreY / row.core[1]).to.be.closeTo(1, 1e-10);
      expect(shower.coreTiltedX / row.core_tilted[0]).to.be.closeTo(1, 1e-10);
      expect(shower.coreTiltedY / row.core_tilted[1]).to.be.closeTo(1, 1e-10);
      expect(shower.relativeHMax / row.height).to.be.closeTo(1, 1e-10);
    }
  });

  it('gives NaN for parallel axes', () => {
    const pointing = { alt: 1.2, az: 0.3 };
    const axis = idealImage(pointing, { x: 0, y: 0, z: 0 }, POSITIONS[0], pointing, pointing);
    const shower = reconstructGeometry([axis, axis], [1, 1], POSITIONS.slice(0, 2), pointing);
    expect(Object.values(shower).every(Number.isNaN), JSON.stringify(shower)).to.equal(true);
  });
});

describe('intersectPlanes', () => {
  const upright = { x: 1, y: 0, z: 0 };

  it('gives the upward line of two planes regardless of the sign of the normals', () => {
    for (const sign of [1, -1]) {
      const { direction, meanAngle } = intersectPlanes([upright, { x: 0, y: 0.2 * sign, z: 0 }], [1, 1]);
      expect([direction.x, direction.y, direction.z].map(Math.abs)).to.deep.equal([0, 0, 1]);
      expect(direction.z).to.equal(1);
      expect(meanAngle).to.equal(0);
    }
  });

  it('weights pairs of planes', () => {
    const target = altAzToCartesian({ alt: 1.5, az: 0 });
    const aside = { x: 0, y: target.z, z: -target.y };
    const tilted = { x: target.z, y: 0, z: -target.x };
    const normals = [upright, aside, tilted];
    const heavy = intersectPlanes(normals, [100, 100, 1]).direction;
    const light = intersectPlanes(normals, [1, 1, 100]).direction;
    expect(heavy.x).to.be.lessThan(light.x);
  });

  it('gives NaN for no plane, a single plane or parallel planes', () => {
    for (const normals of [[], [upright], [upright, upright], [upright, { x: -2, y: 1e-11, z: 0 }]]) {
      const { direction, meanAngle } = intersectPlanes(normals, [1, 1]);
      expect(direction).to.deep.equal({ x: NaN, y: NaN, z: NaN });
      expect(meanAngle).to.be.NaN;
    }
  });

  it('skips pairs of parallel planes', () => {
    const { direction, meanAngle } = intersectPlanes([upright, upright, { x: 0, y: 1, z: 0 }], [1, 1, 1]);
    expect(direction.z).to.equal(1);
    expect(meanAngle).to.equal(0);
  });
});

describe('nearestPointToLines', () => {
  const coordinate = fc.double({ min: -500, max: 500, noNaN: true });
  const unit = fc
    .record({ alt: fc.double({ min: -1.5, max: 1.5, noNaN: true }), az: fc.double({ min: 0, max: 6.28, noNaN: true }) })
    .map(altAzToCartesian);

  it('finds the common point of lines', () => {
    fc.assert(
      fc.property(
        fc.record({ x: coordinate, y: coordinate, z: coordinate }),
        fc.array(fc.record({ n: unit, along: coordinate }), { minLength: 2, maxLength: 8 }),
        (point, lines) => {
          const [first] = lines;
          const cosines = lines.map(({ n }) => Math.abs(n.x * first.n.x + n.y * first.n.y + n.z * first.n.z));
          fc.pre(Math.min(...cosines) < 0.99);
          const origins = lines.map(({ n, along }) => ({
            x: point.x - along * n.x,
            y: point.y - along * n.y,
            z: point.z - along * n.z,
          }));
          const found = nearestPointToLines(lines.map(({ n }) => n), origins); // prettier-ignore
          expect(found.x).to.be.closeTo(point.x, 1e-8);
          expect(found.y).to.be.closeTo(point.y, 1e-8);
          expect(found.z).to.be.closeTo(point.z, 1e-8);
        },
      ),
    );
  });

  it('is halfway between two skew lines', () => {
    const directions = [
      { x: 1, y: 0, z: 0 },
      { x: 0, y: 1, z: 0 },
    ];
    const origins = [
      { x: -3, y: 2, z: 0 },
      { x: 5, y: 9, z: 4 },
    ];
    expect(nearestPointToLines(directions, origins)).to.deep.equal({ x: 5, y: 2, z: 2 });
  });

  it('is NaN for parallel lines, a single line or no line', () => {
    fc.assert(
      fc.property(unit, fc.integer({ min: 0, max: 5 }), (n, count) => {
        const point = nearestPointToLines(Array.from({ length: count }, () => n), POSITIONS.concat(POSITIONS)); // prettier-ignore
        expect(point).to.deep.equal({ x: NaN, y: NaN, z: NaN });
      }),
    );
  });
});
