import { cameraToShowerCoordinates, hillasParameters, type HillasParameters } from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';

interface Image {
  pixX: Float64Array;
  pixY: Float64Array;
  pixArea: Float64Array;
  charges: Float64Array;
}

/** Charges on a grid with unequal spacing in x and y, so that no image is round. */
const images: fc.Arbitrary<Image> = fc
  .array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 25, maxLength: 25 })
  .map((charges) => ({
    pixX: Float64Array.from(charges, (_, k) => 0.05 * (k % 5)),
    pixY: Float64Array.from(charges, (_, k) => 0.02 * Math.floor(k / 5)),
    pixArea: new Float64Array(25).fill(1e-3),
    charges: Float64Array.from(charges),
  }));

const everything = Int32Array.from({ length: 25 }, (_, k) => k);

function momentsOf(image: Image, selected = everything): HillasParameters {
  const moments = hillasParameters(image, image.charges, selected);
  if (moments === undefined) throw new Error('the image has no moments');
  return moments;
}

/** Rounding of sums of 25 coordinates of the size of the camera, divided by the elongation. */
const ROUNDING = 1e-10;

function expectClose(actual: HillasParameters, expected: HillasParameters): void {
  for (const [key, value] of Object.entries(actual) as [keyof HillasParameters, number][]) {
    expect(value, key).to.be.closeTo(expected[key], ROUNDING * Math.max(1, Math.abs(expected[key])));
  }
}

describe('hillasParameters', () => {
  it('is covariant under rotation and translation', () => {
    const angle = fc.double({ min: -3, max: 3, noNaN: true });
    const shift = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(images, angle, shift, shift, (image, phi, right, up) => {
        const moments = momentsOf(image);
        const cos = Math.cos(phi);
        const sin = Math.sin(phi);
        const pixX = image.pixX.map((x, k) => x * cos - image.pixY[k] * sin + right);
        const pixY = image.pixX.map((x, k) => x * sin + image.pixY[k] * cos + up);
        const moved = momentsOf({ ...image, pixX, pixY });
        const x = moments.x * cos - moments.y * sin + right;
        const y = moments.x * sin + moments.y * cos + up;
        // An axis has no direction: turned by more than a quarter, psi differs by pi and skewness changes sign.
        const quarters = Math.round((moved.psi - moments.psi - phi) / Math.PI);
        const isReversed = quarters % 2 !== 0;
        expectClose(moved, {
          ...moments,
          x,
          y,
          r: Math.hypot(x, y),
          phi: Math.atan2(y, x),
          psi: moments.psi + phi + quarters * Math.PI,
          skewness: isReversed ? -moments.skewness : moments.skewness,
        });
        expect(moved.psi).to.be.within(-Math.PI / 2, Math.PI / 2);
      }),
    );
  });

  it('scales with the unit of length, and with charge only in the uncertainties', () => {
    fc.assert(
      fc.property(images, (image) => {
        const moments = momentsOf(image);
        const scale = 2 ** -6;
        const scaled = momentsOf({
          ...image,
          pixX: image.pixX.map((x) => x * scale),
          pixY: image.pixY.map((y) => y * scale),
          pixArea: image.pixArea.map((area) => area * scale * scale),
        });
        // Scaling by powers of two is exact.
        const lengths = [
          'x',
          'y',
          'r',
          'length',
          'width',
          'lengthUncertainty',
          'widthUncertainty',
          'transverseCogUncertainty',
        ];
        for (const [key, value] of Object.entries(scaled)) {
          expect(value, key).to.equal(moments[key as keyof HillasParameters] * (lengths.includes(key) ? scale : 1));
        }
        const brighter = momentsOf({ ...image, charges: image.charges.map((charge) => 4 * charge) });
        expect(brighter.intensity).to.equal(4 * moments.intensity);
        expect(brighter.length).to.equal(moments.length);
        expect(brighter.lengthUncertainty).to.be.closeTo(moments.lengthUncertainty / 2, ROUNDING);
      }),
    );
  });

  it('does not depend on the pixel order or on pixels that are not selected', () => {
    const order = fc.shuffledSubarray([...everything], { minLength: 25 });
    fc.assert(
      fc.property(images, order, (image, places) => {
        expectClose(momentsOf(image, Int32Array.from(places)), momentsOf(image));
        const inside = everything.filter((k) => k % 5 !== 0);
        const spoilt = { ...image, charges: image.charges.map((charge, k) => (k % 5 === 0 ? -100 : charge)) };
        expect(momentsOf(spoilt, inside)).to.deep.equal(momentsOf(image, inside));
      }),
    );
  });

  it('has length and width along and perpendicular to its axis', () => {
    fc.assert(
      fc.property(images, (image) => {
        const { intensity, x, y, psi, length, width } = momentsOf(image);
        const { longitudinal, transverse } = cameraToShowerCoordinates(image.pixX, image.pixY, x, y, psi);
        const moment = (a: Float64Array, b: Float64Array): number =>
          image.charges.reduce((sum, charge, k) => sum + charge * a[k] * b[k], 0) / intensity;
        expect(length).to.be.at.least(width);
        expect(moment(longitudinal, longitudinal)).to.be.closeTo(length ** 2, ROUNDING);
        expect(moment(transverse, transverse)).to.be.closeTo(width ** 2, ROUNDING);
        expect(moment(longitudinal, transverse)).to.be.closeTo(0, ROUNDING);
      }),
    );
  });

  it('is undefined without charge or with negative charges, and NaN along an undefined axis', () => {
    const image = {
      pixX: Float64Array.of(0, 1, 2),
      pixY: Float64Array.of(0, 0.5, 1),
      pixArea: Float64Array.of(1, 1, 1),
    };
    const of = (charges: number[], selected: number[]): HillasParameters | undefined =>
      hillasParameters(image, Float32Array.from(charges), Int32Array.from(selected));
    expect(of([1, 2, 3], [])).to.equal(undefined);
    expect(of([0, 0, 3], [0, 1])).to.equal(undefined);
    expect(of([1, -1, 3], [0, 1, 2])).to.equal(undefined);
    const point = of([1, 2, 3], [2]);
    expect(point).to.include({ intensity: 3, x: 2, y: 1, length: 0, width: 0 });
    for (const key of [
      'psi',
      'psiUncertainty',
      'lengthUncertainty',
      'widthUncertainty',
      'skewness',
      'kurtosis',
    ] as const) {
      expect(point?.[key], key).to.be.NaN;
    }
    const line = of([1, 2, 3], [0, 1, 2]);
    expect(line?.width).to.equal(0);
    expect(line?.widthUncertainty).to.be.NaN;
    expect(line?.psi).to.be.closeTo(Math.atan(0.5), 1e-15);
    expect(of([1, NaN, 3], [0, 1, 2])?.length).to.be.NaN;
  });

  it('treats a row of pixels as a line up to the variance threshold', () => {
    const zero = 1e-18;
    const pixX = Float64Array.of(0, 0.01, 0.02);
    const rowOf = (unevenness: number): HillasParameters | undefined => {
      const row = { pixX, pixY: Float64Array.of(0, unevenness, 0), pixArea: Float64Array.of(1e-4, 1e-4, 1e-4) };
      return hillasParameters(row, Float32Array.of(1, 1, 1), Int32Array.of(0, 1, 2), zero);
    };
    // Three equal charges have a variance of 2/9 of the squared unevenness.
    const justEven = Math.sqrt(4.5 * zero);
    const line = rowOf(0.9 * justEven);
    expect(line?.width).to.equal(0);
    expect(line?.widthUncertainty).to.be.NaN;
    const row = rowOf(1.1 * justEven);
    expect(row?.width).to.be.closeTo(1.1 * Math.sqrt(zero), 1e-3 * Math.sqrt(zero));
    expect(row?.widthUncertainty).to.be.greaterThan(0);
  });
});
