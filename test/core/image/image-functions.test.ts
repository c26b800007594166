import {
  concentrationParameters,
  hillasParameters,
  leakageParameters,
  morphologyParameters,
  numberOfIslands,
  snakeCase,
  tailcutsClean,
  timingParameters,
  type CameraGeometry,
  type Container,
} from '@cherenkit/core';
import { radians, type CameraFrame, type TelescopeFrame } from '@cherenkit/kernels';
import { expect } from 'chai';
import { imageOf, REFERENCE, referenceGeometry } from '../../support/image-parameter-reference.js';
import { expectSame, unpack } from '../../support/packed-array.js';
import { toyGeometry, TOY_IMAGES } from '../../support/toy-image-reference.js';

/** Unit of a field in ctapipe's containers, in memory units. */
function unitOf(container: Container, name: string): number {
  const column = container.fields[name]?.column;
  if (!column || !('unit' in column)) return 1;
  if (column.unit === 'deg') return ['phi', 'psi', 'psiUncertainty'].includes(name) ? 1 : radians(1);
  return column.unit === 'deg**-1' ? 1 / radians(1) : 1;
}

/** Kernels are compared digit by digit elsewhere: here a wrong unit, frame, argument or field is to be found. */
function expectAsInCtapipe(container: Container, expected: Readonly<Record<string, number | null>>): void {
  for (const [name, value] of Object.entries(container) as [string, number | string][]) {
    if (typeof value === 'string') continue;
    const reference = expected[snakeCase(name)];
    const found = value / unitOf(container, name);
    if (reference === null) expect(found, name).to.be.NaN;
    else expect(found, name).to.be.closeTo(reference, 1e-8 * Math.max(1, Math.abs(reference)));
  }
}

describe('functions on the image of a camera', () => {
  // The axes of the other images are arbitrary, being round or on a point.
  for (const reference of REFERENCE.images.filter(({ name }) => name.includes('toy'))) {
    const camera = referenceGeometry(reference.camera);
    const geometries = { metres: camera, degrees: camera.toTelescopeFrame() };
    const image = imageOf(reference);
    const mask = unpack('u1', reference.mask);
    const peakTime = reference.peakTime && unpack('f4', reference.peakTime);

    it(`give ctapipe's parameters: ${reference.camera} camera, ${reference.name}`, () => {
      for (const unit of ['metres', 'degrees'] as const) {
        const geometry: CameraGeometry = geometries[unit];
        const expected = reference[unit];
        if (!expected) throw new Error(`${reference.name} has no parameters in ${unit}`);
        const hillas = hillasParameters(geometry, image, mask);
        expectAsInCtapipe(hillas, expected.hillas);
        expectAsInCtapipe(concentrationParameters(geometry, image, hillas, mask), expected.concentration);
        const selection = geometry.select(mask);
        const selected = image.filter((_, pixel) => mask[pixel] !== 0);
        expect(hillasParameters(selection, selected)).to.deep.equal(hillas);
        if (!peakTime || !expected.timing) continue;
        expectAsInCtapipe(timingParameters(geometry, image, peakTime, hillas, mask), expected.timing);
      }
      expectAsInCtapipe(leakageParameters(camera, image, mask), reference.leakage);
      expectAsInCtapipe(morphologyParameters(camera, mask), reference.morphology);
      expectSame(numberOfIslands(camera, mask).labels, unpack('i2', reference.labels));
    });
  }

  it("clean images as ctapipe's tailcuts_clean does", () => {
    const geometry = toyGeometry();
    for (const { image, found } of TOY_IMAGES.nineIslands) {
      for (const { picture, boundary, minPictureNeighbors, keepIsolatedPixels, mask, nIslands, labels } of found) {
        const clean = tailcutsClean(geometry, unpack('f4', image), {
          pictureThresh: picture,
          boundaryThresh: boundary,
          minNumberPictureNeighbors: minPictureNeighbors,
          keepIsolatedPixels,
        });
        expectSame(clean, unpack('u1', mask));
        const islands = numberOfIslands(geometry, clean);
        expect(islands.nIslands).to.equal(nIslands);
        expectSame(islands.labels, unpack('i2', labels));
      }
    }
  });

  it('have the type of the frame of the geometry', () => {
    const camera: CameraGeometry<CameraFrame> = referenceGeometry('hexagon');
    const sky: CameraGeometry<TelescopeFrame> = camera.toTelescopeFrame();
    const image = new Float32Array(camera.nPixels).fill(1);
    const [onCamera, onSky] = [hillasParameters(camera, image), hillasParameters(sky, image)];
    expect([onCamera.x, onSky.fovLon].every(Number.isFinite)).to.equal(true);
    // @ts-expect-error Parameters in the camera frame have no fovLon.
    expect(onCamera.fovLon).to.equal(undefined);
    const peakTime = new Float32Array(camera.nPixels);
    // @ts-expect-error A geometry in another frame than the parameters.
    expect(() => timingParameters(camera, image, peakTime, onSky)).to.throw(RangeError, 'CameraFrame');
    // @ts-expect-error Likewise.
    expect(() => concentrationParameters(sky, image, onCamera)).to.throw(RangeError, 'TelescopeFrame');
  });

  it('give NaN without light or with negative charges, and refuse arrays of a wrong length', () => {
    const geometry = referenceGeometry('square');
    const dark = new Float32Array(geometry.nPixels);
    expect(hillasParameters(geometry, dark).intensity).to.be.NaN;
    const negative = dark.map((_, pixel) => (pixel === 3 ? -1 : 1));
    expect(hillasParameters(geometry, negative).intensity).to.be.NaN;
    const hillas = hillasParameters(geometry, dark.fill(1));
    expect(timingParameters(geometry, negative, dark, hillas).slope).to.be.NaN;
    expect(() => hillasParameters(geometry, dark.subarray(1))).to.throw(RangeError, /has 121 pixels.*image with 120/);
    expect(() => leakageParameters(geometry, dark, new Uint8Array(5))).to.throw(RangeError, 'mask with 5');
    expect(() => tailcutsClean(geometry, dark.subarray(1))).to.throw(RangeError, 'image with 120');
    expect(() => numberOfIslands(geometry, new Uint8Array(2))).to.throw(RangeError, 'mask with 2');
  });

  describe('with arguments that TypeScript refuses', () => {
    const geometry = referenceGeometry('square');
    const image = new Float32Array(geometry.nPixels).fill(10);
    const mask = new Uint8Array(geometry.nPixels).fill(1);
    const hillas = hillasParameters(geometry, image, mask);
    const wrong = <T>(value: unknown): T => value as T;

    it('refuse masks that are no Uint8Array of 0 and 1', () => {
      const calls: Readonly<Record<string, (mask: Uint8Array) => unknown>> = {
        hillas: (bad) => hillasParameters(geometry, image, bad),
        timing: (bad) => timingParameters(geometry, image, image, hillas, bad),
        leakage: (bad) => leakageParameters(geometry, image, bad),
        concentration: (bad) => concentrationParameters(geometry, image, hillas, bad),
        islands: (bad) => numberOfIslands(geometry, bad),
        morphology: (bad) => morphologyParameters(geometry, bad),
      };
      for (const [name, call] of Object.entries(calls)) {
        expect(() => call(mask), name).not.to.throw();
        const booleans: Uint8Array = wrong(Array.from(image, (charge) => charge > 5));
        expect(() => call(booleans), name).to.throw(
          TypeError,
          'mask: expected a Uint8Array of 0 and 1 with 121 values, found an Array of 121 values.',
        );
        expect(() => call(wrong(image)), name).to.throw(TypeError, 'found a Float32Array of 121 values');
        expect(() => call(mask.map((_, pixel) => (pixel === 4 ? 2 : 1))), name).to.throw(
          RangeError,
          'mask: expected a Uint8Array of 0 and 1 with 121 values, found 2 for pixel 4.',
        );
      }
      expect(() => leakageParameters(geometry, image, wrong(undefined))).to.throw(TypeError, 'found undefined');
    });

    it('refuse images that are lists, and arguments in another order', () => {
      expect(() => hillasParameters(geometry, wrong(Array.from(image)))).to.throw(
        TypeError,
        'image: expected a Float32Array, Float64Array or Int32Array with 121 values, found an Array of 121 values.',
      );
      expect(() => tailcutsClean(wrong(image), wrong(geometry))).to.throw(
        TypeError,
        'geometry: expected a CameraGeometry, found a Float32Array of 121 values.',
      );
      expect(() => timingParameters(geometry, image, image, wrong(mask))).to.throw(
        TypeError,
        'hillas: expected the result of hillasParameters, found a Uint8Array of 121 values.',
      );
    });

    it('name unknown options and values that are not expected', () => {
      for (const [options, message] of [
        [{ picture_thresh: 30 }, 'tailcutsClean: unknown option "picture_thresh"; did you mean "pictureThresh"?'],
        [{ pictureThreshold: 30 }, 'tailcutsClean: unknown option "pictureThreshold"; did you mean "pictureThresh"?'],
        [{ level: 3 }, 'tailcutsClean: unknown option "level"; the options are pictureThresh, boundaryThresh'],
        [{ pictureThresh: '30' }, 'tailcutsClean: pictureThresh: expected a number, or a Float32Array or Float64Array'],
        [{ boundaryThresh: NaN }, 'found NaN.'],
        [{ pictureThresh: image.subarray(1) }, 'found a Float32Array of 120 values.'],
        [{ keepIsolatedPixels: 1 }, 'tailcutsClean: keepIsolatedPixels: expected true or false, found 1.'],
        [{ minNumberPictureNeighbors: -1 }, 'expected an integer from 0, found -1.'],
      ] as const) {
        expect(() => tailcutsClean(geometry, image, wrong(options)), JSON.stringify(options)).to.throw(message);
      }
      expect(tailcutsClean(geometry, image, wrong({ pictureThresh: undefined, boundaryThresh: image }))).to.deep.equal(
        mask,
      );
    });
  });
});
