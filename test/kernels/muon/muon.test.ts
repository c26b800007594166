import {
  chordLength,
  errorFunction,
  kunduChaudhuriCircleFit,
  pixelsNearRing,
  predictMuonImage,
  ringCompleteness,
  ringContainment,
  taubinCircleFit,
  type PixelShape,
} from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';

import { readCheckedIn } from '../../support/ctapipe-reference.js';

interface MuonReference {
  predictions: (Record<
    'mirror_radius' | 'hole_radius' | 'impact' | 'phi' | 'radius' | 'width' | 'diameter' | 'oversampling',
    number
  > & { shape: PixelShape; x: number[]; y: number[]; expected: number[] })[];
  circles: { x: number[]; y: number[]; w: number[]; fit: number[] }[];
  error_function: [number, number][];
}

const reference = readCheckedIn('muons.json') as MuonReference;
const within = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Points on an arc of a circle. */
function circlePoints(centerX: number, centerY: number, radius: number, n = 40, from = 0, to = 2 * Math.PI) {
  const angles = Array.from({ length: n }, (_, i) => from + (i * (to - from)) / n);
  return {
    x: Float64Array.from(angles, (angle) => centerX + radius * Math.cos(angle)),
    y: Float64Array.from(angles, (angle) => centerY + radius * Math.sin(angle)),
    all: Int32Array.from(angles.keys()),
  };
}

describe('errorFunction', () => {
  it("gives the values of Python's math.erf", () => {
    for (const [x, expected] of reference.error_function) expect(errorFunction(x)).to.be.closeTo(expected, 2e-15);
  });
});

describe('circle fits', () => {
  it('find a circle from points on any arc of it, with any position and weights', () => {
    fc.assert(
      fc.property(within(-1, 1), within(-1, 1), within(0.5, 1.5), within(2.5, 6), (a, b, radius, arc) => {
        const { x, y, all } = circlePoints(a, b, radius, 40, 0.3, 0.3 + arc);
        const weights = Float64Array.from(all, (i) => 1 + (i % 7));
        const closed = kunduChaudhuriCircleFit(x, y, weights, all);
        const guess = { radius: radius * 1.1, centerX: a + 0.1, centerY: b - 0.05 };
        for (const fit of [closed, taubinCircleFit(x, y, weights, all, guess, 4)]) {
          expect(fit.radius).to.be.closeTo(radius, 1e-8);
          expect(fit.centerX).to.be.closeTo(a, 1e-8);
          expect(fit.centerY).to.be.closeTo(b, 1e-8);
        }
      }),
    );
  });

  it("give ctapipe's circle and uncertainties with kunduChaudhuriCircleFit", () => {
    for (const { x, y, w, fit } of reference.circles) {
      const ours = kunduChaudhuriCircleFit(Float64Array.from(x), Float64Array.from(y), w, Int32Array.from(x.keys()));
      const { radius, centerX, centerY, radiusError, centerXError, centerYError } = ours;
      [radius, centerX, centerY, radiusError, centerXError, centerYError].forEach((value, i) =>
        expect(value / fit[i]).to.be.closeTo(1, 1e-9),
      );
    }
  });

  it('use the selected points only', () => {
    const { x, y, all } = circlePoints(0, 0, 1);
    x[7] = 30;
    const selected = all.filter((i) => i !== 7);
    const weights = new Float64Array(x.length).fill(1);
    expect(kunduChaudhuriCircleFit(x, y, weights, selected).radius).to.be.closeTo(1, 1e-10);
  });
});

describe('predictMuonImage', () => {
  it("gives ctapipe's expected image", () => {
    for (const row of reference.predictions) {
      const optics = {
        mirrorRadius: row.mirror_radius,
        holeRadius: row.hole_radius,
        minWavelength: 300e-9,
        maxWavelength: 600e-9,
        pixelDiameter: row.diameter,
        pixelShape: row.shape,
        oversampling: row.oversampling,
      };
      const ring = { centerFovLon: 0, centerFovLat: 0, radius: row.radius };
      const track = { impactParameter: row.impact, phi: row.phi, ringWidth: row.width, opticalEfficiency: 1 };
      const distance = Float64Array.from(row.x, (x, i) => Math.hypot(x, row.y[i]));
      const angle = Float64Array.from(row.x, (x, i) => Math.atan2(row.y[i], x));
      const expected = new Float64Array(row.x.length);
      predictMuonImage(optics, ring, track, distance, angle, expected);
      const largest = Math.max(...row.expected);
      // Far from the ring the light is a difference of two numbers near 1.
      row.expected.forEach((value, i) =>
        expect(expected[i]).to.be.closeTo(value, 1e-9 * Math.max(value, 1e-3 * largest)),
      );
    }
  });

  it('depends on the chord of the mirror: the diameter at most, zero on the far side of an outside impact', () => {
    expect(chordLength(10, 0, 1)).to.equal(10);
    expect(chordLength(10, 1, 0)).to.equal(20);
    expect(chordLength(10, 1, Math.PI)).to.equal(0);
    expect(chordLength(10, 2, 0)).to.equal(20);
    expect(chordLength(10, 2, Math.PI)).to.equal(0);
    expect(chordLength(10, 2, 1)).to.equal(0);
  });
});

describe('ring parameters', () => {
  it('include the containment, the fraction of the ring in the camera', () => {
    const at = (centerFovLon: number) => ringContainment({ centerFovLon, centerFovLat: 0, radius: 1 }, 2);
    expect(at(0)).to.equal(1);
    expect(at(1)).to.equal(1);
    expect(at(3.1)).to.equal(0);
    for (let x = 1.1; x < 3; x += 0.1) expect(at(x)).to.be.lessThan(at(x - 0.1));
  });

  it('include the completeness, the fraction of sectors with light', () => {
    const { x, y } = circlePoints(0.2, -0.1, 1, 3000);
    const ring = { centerFovLon: 0.2, centerFovLat: -0.1, radius: 1 };
    const image = Float32Array.from(x, (_, i) => (i < 1500 ? 1 : 0));
    expect(ringCompleteness({ fovLon: x, fovLat: y, image }, ring, 30)).to.be.closeTo(0.5, 1 / 30);
    expect(ringCompleteness({ fovLon: x, fovLat: y, image }, ring, 200)).to.equal(0);
  });

  it('include the pixels near the ring', () => {
    const image = new Float32Array(3);
    const view = { fovLon: Float64Array.of(1, 1.35, 0.5), fovLat: new Float64Array(3), image };
    expect([...pixelsNearRing(view, { centerFovLon: 0, centerFovLat: 0, radius: 1 }, 0.4)]).to.deep.equal([1, 1, 0]);
  });
});
