import {
  brightestIsland,
  concentrationParameters,
  descriptiveStatistics,
  hillasParameters,
  largestIsland,
  leakageParameters,
  morphologyParameters,
  numberOfIslands,
  radians,
  selectedPixels,
  timingParameters,
} from '@cherenkit/kernels';
import { expect } from 'chai';
import { REFERENCE, imageOf } from '../../support/image-parameter-reference.js';
import { expectSame, unpack } from '../../support/packed-array.js';

/** A different order of summation, and lengths in radians instead of degrees: a few hundred roundings. */
const ROUNDING = 1e-12;

/** Requires NaN where ctapipe has NaN; otherwise compares relative to the value, or to `scale` if that is larger. */
function expectValue(what: string, actual: number, expected: number | null, tolerance: number, scale = 1): void {
  if (expected === null) expect(actual, what).to.be.NaN;
  else expect(actual, what).to.be.closeTo(expected, tolerance * Math.max(Math.abs(expected), scale));
}

for (const reference of REFERENCE.images) {
  const camera = REFERENCE.cameras[reference.camera];
  const neighbors = { offsets: unpack('i4', camera.offsets), indices: unpack('i4', camera.indices) };
  const image = imageOf(reference);
  const mask = unpack('u1', reference.mask);
  const selected = selectedPixels(mask);
  const peakTime = reference.peakTime && unpack('f4', reference.peakTime);

  describe(`image parameters: ${reference.camera} camera, ${reference.name}`, () => {
    for (const frame of ['metres', 'degrees'] as const) {
      it(`give ctapipe's moments, timing and concentration in ${frame}`, () => {
        const unit = frame === 'metres' ? 1 : radians(1);
        const geometry = {
          pixX: unpack('f8', camera[frame].pixX).map((x) => x * unit),
          pixY: unpack('f8', camera[frame].pixY).map((y) => y * unit),
          pixArea: unpack('f8', camera[frame].pixArea).map((area) => area * unit * unit),
          pixelWidth: unpack('f8', camera[frame].pixelWidth).map((width) => width * unit),
        };
        const expected = reference[frame];
        const hillas = hillasParameters(geometry, image, selected);
        if (hillas === undefined || expected === null) {
          expect(hillas).to.equal(undefined);
          expect(expected).to.equal(null);
          return;
        }
        const { hillas: moments } = expected;
        const check = (what: string, actual: number, value: number | null, scale = 0): void => {
          expectValue(what, actual, value, ROUNDING, scale);
        };
        check('intensity', hillas.intensity, moments.intensity);
        check('x', hillas.x / unit, frame === 'metres' ? moments.x : moments.fov_lon, 1e-2);
        check('y', hillas.y / unit, frame === 'metres' ? moments.y : moments.fov_lat, 1e-2);
        check('r', hillas.r / unit, moments.r, 1e-2);
        if ((moments.r ?? 0) > 1e-12) check('phi', hillas.phi, moments.phi, 1);
        check('length', hillas.length / unit, moments.length);
        check('length_uncertainty', hillas.lengthUncertainty / unit, moments.length_uncertainty, 1e-3);
        check('width', hillas.width / unit, moments.width);
        check('width_uncertainty', hillas.widthUncertainty / unit, moments.width_uncertainty, 1e-3);
        // For a nearly round image psi loses as many digits as its ellipticity has leading zeros.
        check('psi', hillas.psi, moments.psi, 10);
        expectValue('psi_uncertainty', hillas.psiUncertainty, moments.psi_uncertainty, 1e-9, 0);
        check('transverse_cog_uncertainty', hillas.transverseCogUncertainty / unit, moments.transverse_cog_uncertainty);
        check('skewness', hillas.skewness, moments.skewness, 1);
        check('kurtosis', hillas.kurtosis, moments.kurtosis, 1);

        const concentration = concentrationParameters(geometry, image, selected, hillas);
        for (const key of ['cog', 'core', 'pixel'] as const) {
          check(`concentration ${key}`, concentration[key], expected.concentration[key]);
        }

        if (peakTime === null || expected.timing === null) return;
        const timing = timingParameters(geometry, peakTime, selected, hillas);
        // ctapipe inverts the normal equations directly, which costs some digits.
        expectValue('slope', timing.slope * unit, expected.timing.slope, 1e-9);
        expectValue('intercept', timing.intercept, expected.timing.intercept, 1e-9);
        expectValue('deviation', timing.deviation, expected.timing.deviation, 1e-9);
      });
    }

    it("give ctapipe's leakage and statistics, to the last bit in single precision", () => {
      const { leakage, intensity, peakTimes } = reference;
      const border1 = unpack('u1', camera.border1);
      const border2 = unpack('u1', camera.border2);
      const found = leakageParameters(image, selected, border1, border2);
      expect(found.pixelsWidth_1).to.equal(leakage.pixels_width_1);
      expect(found.pixelsWidth_2).to.equal(leakage.pixels_width_2);
      expectValue('intensity_width_1', found.intensityWidth_1, leakage.intensity_width_1, 0);
      expectValue('intensity_width_2', found.intensityWidth_2, leakage.intensity_width_2, 0);

      for (const [values, expected] of [[image, intensity] as const, [peakTime, peakTimes] as const]) {
        if (values === null || expected === null) continue;
        const statistics = descriptiveStatistics(values, selected);
        const isSingle = values instanceof Float32Array;
        expect(statistics.max).to.equal(expected.max);
        expect(statistics.min).to.equal(expected.min);
        expectValue('mean', statistics.mean, expected.mean, isSingle ? 0 : ROUNDING);
        expectValue('std', statistics.std, expected.std, isSingle ? 0 : ROUNDING);
        expectValue('skewness', statistics.skewness, expected.skewness, ROUNDING);
        expectValue('kurtosis', statistics.kurtosis, expected.kurtosis, ROUNDING);
      }
    });

    it("give ctapipe's islands", () => {
      const { morphology } = reference;
      expect(morphologyParameters(neighbors, mask)).to.deep.equal({
        nPixels: morphology.n_pixels,
        nIslands: morphology.n_islands,
        nSmallIslands: morphology.n_small_islands,
        nMediumIslands: morphology.n_medium_islands,
        nLargeIslands: morphology.n_large_islands,
      });
      const islands = numberOfIslands(neighbors, mask);
      expectSame(islands.labels, unpack('i2', reference.labels));
      expectSame(largestIsland(islands), unpack('u1', reference.largest));
      if (image.some((charge, pixel) => charge > 0 && mask[pixel] !== 0)) {
        expectSame(brightestIsland(islands, image), unpack('u1', reference.brightest));
      }
    });
  });
}
