import { outsideCameraMedian, outsideCameraStd, outsideRange } from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';
import { REFERENCE, referenceCameras } from '../../support/statistics-reference.js';

const DETECTORS: Readonly<Record<string, typeof outsideCameraStd>> = {
  RangeOutlierDetector: (values, _, limits) => outsideRange(values, limits),
  MedianOutlierDetector: outsideCameraMedian,
  StdOutlierDetector: outsideCameraStd,
};

const cameras = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 3, maxLength: 30 });

describe('outsideRange, outsideCameraMedian, outsideCameraStd', () => {
  it('find the outliers of ctapipe', () => {
    for (const { dtype, detector, limits, outliers } of REFERENCE.detectors) {
      const found = DETECTORS[detector](referenceCameras(dtype), 40, limits);
      expect([...found], `${detector} of ${dtype}`).to.deep.equal(outliers);
    }
  });

  it('mark pixels without statistics, which change nothing for the others', () => {
    for (const detector of Object.values(DETECTORS)) {
      fc.assert(
        fc.property(cameras, fc.nat(), (values, position) => {
          const at = position % (values.length + 1);
          const plain = detector(Float64Array.from(values), values.length, [-0.7, 1.1]);
          const withNaN = Float64Array.from(values.toSpliced(at, 0, NaN));
          const found = detector(withNaN, withNaN.length, [-0.7, 1.1]);
          expect([...found]).to.deep.equal([...plain].toSpliced(at, 0, 1));
        }),
      );
    }
  });

  it('treat each row by itself', () => {
    for (const detector of Object.values(DETECTORS)) {
      fc.assert(
        fc.property(cameras, (values) => {
          const row = Float64Array.from(values);
          const scaled = row.map((value) => 100 * value);
          const both = detector(Float64Array.of(...row, ...scaled), row.length, [-1, 1]);
          const alone = [row, scaled].flatMap((each) => [...detector(each, row.length, [-1, 1])]);
          expect([...both]).to.deep.equal(alone);
        }),
      );
    }
  });
});
