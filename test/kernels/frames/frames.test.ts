import {
  altAzToCartesian,
  altAzToNominal,
  altAzToTelescope,
  angularSeparation,
  cameraFrame,
  cameraToEngineering,
  cameraToTelescope,
  cartesianToAltAz,
  eastingNorthingToGround,
  engineeringToCamera,
  geodeticToItrs,
  groundToEastingNorthing,
  groundToItrs,
  groundToTilted,
  impactDistance,
  itrsToGeodetic,
  itrsToGround,
  nominalToAltAz,
  pixelsToTelescope,
  pointOnShowerAxis,
  projectToGround,
  telescopeToAltAz,
  telescopeToCamera,
  tiltedToGround,
  wrapAtPi,
  wrapAtTwoPi,
  type AltAz,
  type Vector3,
} from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';

import { readCheckedIn } from '../../support/ctapipe-reference.js';

type Pair = [number, number];
type Triple = [number, number, number];

interface FramesReference {
  offsets: {
    pointing: Pair;
    direction: Pair;
    telescope: Pair;
    nominal: Pair;
    point: Pair;
    back: Pair;
    separation: number;
    cartesian: Triple;
  }[];
  cameras: {
    focal_length: number;
    rotation: number;
    camera: Pair;
    telescope: Pair;
    point: Pair;
    back: Pair;
    engineering: [Pair, Pair];
  }[];
  grounds: {
    pointing: Pair;
    point: Triple;
    tilted: Triple;
    ground: Triple;
    projected: Triple;
    map: Triple;
    reference: Triple;
    itrs: Triple;
    here: Triple;
    core: Pair;
    distance: number;
    seen: Pair;
    impact: number;
  }[];
}

const reference = readCheckedIn('frames.json') as FramesReference;

/** A few roundings of numbers of order 1. */
const ANGLE = 2e-14;
/** A few roundings of numbers of order 1 km. */
const LENGTH = 2e-11;

const skyDirection = ([alt, az]: Pair): AltAz => ({ alt, az });
const place = ([x, y, z]: Triple): Vector3 => ({ x, y, z });

/** Compares the values of an object in the order of its properties. */
function expectClose(actual: object, expected: readonly number[], tolerance: number): void {
  const values = Object.values(actual) as number[];
  expect(values.length).to.equal(expected.length);
  values.forEach((value, i) => expect(value).to.be.closeTo(expected[i], tolerance));
}

const azimuth = fc.double({ min: 0, max: 2 * Math.PI, maxExcluded: true, noNaN: true });
const anyDirection = fc.record({ alt: fc.double({ min: -Math.PI / 2, max: Math.PI / 2, noNaN: true }), az: azimuth });
const length = fc.double({ min: -1000, max: 1000, noNaN: true });
const anyPlace = fc.record({ x: length, y: length, z: length });

function separation(a: AltAz, b: AltAz): number {
  return angularSeparation(a.az, a.alt, b.az, b.alt);
}

describe('telescope and nominal frame', () => {
  it("have ctapipe's coordinates", () => {
    for (const row of reference.offsets) {
      const pointing = skyDirection(row.pointing);
      const direction = skyDirection(row.direction);
      expectClose(altAzToTelescope(direction, pointing), row.telescope, ANGLE);
      expectClose(altAzToNominal(direction, pointing), row.nominal, ANGLE);
      const point = { fovLon: row.point[0], fovLat: row.point[1] };
      expectClose(telescopeToAltAz(point, pointing), row.back, ANGLE);
      expectClose(nominalToAltAz(point, pointing), row.back, ANGLE);
      expect(separation(pointing, direction)).to.be.closeTo(row.separation, ANGLE);
      expectClose(altAzToCartesian(direction), row.cartesian, ANGLE);
    }
  });

  it('are transformed back and forth without loss and preserve angular distances', () => {
    fc.assert(
      fc.property(anyDirection, anyDirection, anyDirection, (a, b, pointing) => {
        const telescopeA = altAzToTelescope(a, pointing);
        const telescopeB = altAzToTelescope(b, pointing);
        expect(separation(telescopeToAltAz(telescopeA, pointing), a)).to.be.lessThan(ANGLE);
        const apart = angularSeparation(telescopeA.fovLon, telescopeA.fovLat, telescopeB.fovLon, telescopeB.fovLat);
        expect(apart).to.be.closeTo(separation(a, b), ANGLE);
        expect(telescopeA.fovLon).to.be.within(-Math.PI, Math.PI);
        expect(telescopeA.fovLon).to.not.equal(Math.PI);
      }),
    );
  });

  it('do not depend on the azimuth of the pointing', () => {
    fc.assert(
      fc.property(anyDirection, anyDirection, azimuth, ({ alt, az }, pointing, turn) => {
        const before = altAzToTelescope({ alt, az }, pointing);
        const after = altAzToTelescope({ alt, az: az + turn }, { alt: pointing.alt, az: pointing.az + turn });
        const moved = angularSeparation(before.fovLon, before.fovLat, after.fovLon, after.fovLat);
        expect(moved).to.be.lessThan(ANGLE);
      }),
    );
  });

  it('have the pointing at the origin, altitude as latitude and increasing longitude with azimuth', () => {
    const pointing = { alt: 1, az: 6 };
    expectClose(altAzToTelescope(pointing, pointing), [0, 0], ANGLE);
    expectClose(altAzToTelescope({ alt: 1.1, az: 6 }, pointing), [0, 0.1], ANGLE);
    expect(altAzToTelescope({ alt: 1, az: 6.1 }, pointing).fovLon).to.be.greaterThan(0);
  });
});

describe('directions', () => {
  it('are converted to unit vectors and back', () => {
    fc.assert(
      fc.property(anyDirection, fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (direction, scale) => {
        const { x, y, z } = altAzToCartesian(direction);
        expect(x * x + y * y + z * z).to.be.closeTo(1, ANGLE);
        const back = cartesianToAltAz({ x: scale * x, y: scale * y, z: scale * z });
        expect(separation(back, direction)).to.be.lessThan(ANGLE);
        expect(back.az).to.be.within(0, 2 * Math.PI);
      }),
    );
  });

  it('have azimuth from north towards east', () => {
    expectClose(altAzToCartesian({ alt: 0, az: 0 }), [1, 0, 0], ANGLE);
    expectClose(altAzToCartesian({ alt: 0, az: Math.PI / 2 }), [0, -1, 0], ANGLE);
  });

  it('are wrapped into one turn', () => {
    fc.assert(
      fc.property(fc.double({ min: -100, max: 100, noNaN: true }), (angle) => {
        const full = wrapAtTwoPi(angle);
        const half = wrapAtPi(angle);
        expect(full >= 0 && full < 2 * Math.PI).to.equal(true);
        expect(half >= -Math.PI && half < Math.PI).to.equal(true);
        expect(Math.cos(full - angle)).to.be.closeTo(1, ANGLE);
        expect(Math.cos(half - angle)).to.be.closeTo(1, ANGLE);
      }),
      { examples: [[-1e-18], [Math.PI], [-Math.PI], [2 * Math.PI], [0]] },
    );
  });
});

describe('the camera frame', () => {
  it('is transformed to the telescope frame as by ctapipe', () => {
    for (const row of reference.cameras) {
      const frame = cameraFrame(row.focal_length, row.rotation);
      const point = { x: row.camera[0], y: row.camera[1] };
      expectClose(cameraToTelescope(point, frame), row.telescope, ANGLE);
      expectClose(telescopeToCamera({ fovLon: row.point[0], fovLat: row.point[1] }, frame), row.back, ANGLE);
      expectClose(cameraToEngineering(point, 1), row.engineering[0], 0);
      expectClose(cameraToEngineering(point, 2), row.engineering[1], 0);
    }
  });

  it('is transformed back and forth without loss', () => {
    const focalLength = fc.double({ min: 0.1, max: 100, noNaN: true });
    fc.assert(
      fc.property(
        length,
        length,
        focalLength,
        azimuth,
        fc.constantFrom(1 as const, 2 as const),
        (x, y, f, angle, n) => {
          const frame = cameraFrame(f, angle);
          const back = telescopeToCamera(cameraToTelescope({ x, y }, frame), frame);
          expectClose(back, [x, y], LENGTH);
          expect(engineeringToCamera(cameraToEngineering({ x, y }, n), n)).to.deep.equal({ x, y });
          const { fovLon, fovLat } = pixelsToTelescope(Float64Array.of(x), Float64Array.of(y), frame);
          expect({ fovLon: fovLon[0], fovLat: fovLat[0] }).to.deep.equal(cameraToTelescope({ x, y }, frame));
        },
      ),
    );
  });

  it('requires a positive finite focal length', () => {
    for (const focalLength of [0, -28, NaN, Infinity]) {
      expect(() => cameraFrame(focalLength)).to.throw(RangeError, 'focal length');
    }
  });
});

describe('the ground frame', () => {
  it('is transformed to tilted, projected, easting-northing and Earth-centred frames as by ctapipe', () => {
    for (const row of reference.grounds) {
      const pointing = skyDirection(row.pointing);
      const point = place(row.point);
      const [lon, lat, height] = row.reference;
      expectClose(groundToTilted(point, pointing), row.tilted, LENGTH);
      expectClose(tiltedToGround(point, pointing), row.ground, LENGTH);
      expectClose(projectToGround(point, pointing), row.projected, LENGTH);
      expectClose(groundToEastingNorthing(point), row.map, LENGTH);
      // 1e-8 m: rounding of the Earth's radius; astropy computes longitudes in degrees up to 360.
      expectClose(groundToItrs(point, { lon, lat, height }), row.itrs, 1e-8);
      expectClose(itrsToGround(place(row.itrs), { lon, lat, height }), row.here, 1e-8);
      const core = { x: row.core[0], y: row.core[1], z: 0 };
      expectClose(pointOnShowerAxis(core, pointing, point, row.distance), row.seen, ANGLE);
      expect(impactDistance(point, core, altAzToCartesian(pointing))).to.be.closeTo(row.impact, LENGTH);
    }
  });

  it('is transformed back and forth without loss', () => {
    const latitude = fc.double({ min: -Math.PI / 2, max: Math.PI / 2, noNaN: true });
    const longitude = fc.double({ min: -3.14, max: 3.14, noNaN: true });
    fc.assert(
      fc.property(anyPlace, anyDirection, longitude, latitude, (point, pointing, lon, lat) => {
        const expected = [point.x, point.y, point.z];
        expectClose(tiltedToGround(groundToTilted(point, pointing), pointing), expected, LENGTH);
        expectClose(eastingNorthingToGround(groundToEastingNorthing(point)), expected, 0);
        const here = { lon, lat, height: 2000 };
        // 5e-9 m: rounding of the Earth's radius.
        expectClose(itrsToGround(groundToItrs(point, here), here), expected, 5e-9);
        const back = itrsToGeodetic(geodeticToItrs(here));
        expect(back.height).to.be.closeTo(2000, 5e-9);
        expect(angularSeparation(back.lon, back.lat, lon, lat)).to.be.lessThan(1e-15);
      }),
    );
  });

  it('has the pointing as the third axis of the tilted frame', () => {
    fc.assert(
      fc.property(anyDirection, (pointing) => {
        expectClose(groundToTilted(altAzToCartesian(pointing), pointing), [0, 0, 1], ANGLE);
      }),
    );
  });

  it('is projected along the pointing', () => {
    const upwards = fc.record({ alt: fc.double({ min: 0.3, max: Math.PI / 2, noNaN: true }), az: azimuth });
    fc.assert(
      fc.property(upwards, length, length, (pointing, x, y) => {
        const ground = projectToGround({ x, y, z: 0 }, pointing);
        expect(ground.z).to.equal(0);
        const tilted = groundToTilted(ground, pointing);
        // 1e-10: a point 1 km away is projected up to 3 km away.
        expectClose({ x: tilted.x, y: tilted.y }, [x, y], 1e-10);
      }),
    );
  });
});

describe('impactDistance', () => {
  it('is the distance perpendicular to the axis', () => {
    fc.assert(
      fc.property(anyPlace, anyDirection, length, length, length, (core, direction, across, aside, along) => {
        const { x, y, z } = tiltedToGround({ x: across, y: aside, z: along }, direction);
        const telescope = { x: core.x + x, y: core.y + y, z: core.z + z };
        const axis = altAzToCartesian(direction);
        const scaled = { x: 7 * axis.x, y: 7 * axis.y, z: 7 * axis.z };
        expect(impactDistance(telescope, core, scaled)).to.be.closeTo(Math.hypot(across, aside), 1e-10);
      }),
    );
  });
});
