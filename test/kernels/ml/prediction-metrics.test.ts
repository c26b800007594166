import { expect } from 'chai';
import fc from 'fast-check';
import { accuracyOf, areaUnderRoc, determination, quantileOf, relativeErrors, rocCurve } from '@cherenkit/kernels';

const N = 40;
const numbers = (of: (i: number) => number): Float64Array => Float64Array.from({ length: N }, (_, i) => of(i));

const scores = numbers((i) => ((i * 7) % 11) / 10);
const isSignal = numbers((i) => Number((i * 5 + i * i) % 3 === 0));
const weights = numbers((i) => 1 + (i % 4));
const truth = numbers((i) => 1 + (i % 9) + 0.25 * i);
const predicted = numbers((i) => truth[i] * (1 + 0.1 * Math.sin(i)) + 0.05);

describe('metrics of predictions', () => {
  // Expected numbers: scikit-learn 1.9.1 and numpy for the same values.
  it('equal those of scikit-learn', () => {
    expect(areaUnderRoc(isSignal, scores)).to.be.closeTo(0.5569800569800569, 1e-14);
    expect(areaUnderRoc(isSignal, scores, weights)).to.be.closeTo(0.5698778833107191, 1e-14);
    expect(determination(truth, predicted)).to.be.closeTo(0.9654002586921733, 1e-14);
    expect(determination(truth, predicted, weights)).to.be.closeTo(0.9658989781502919, 1e-14);
    const { falsePositives, truePositives } = rocCurve(isSignal, scores, weights);
    const [x, y] = [
      [0, 3, 5, 6, 10, 13, 15, 16, 23, 28, 29, 33].map((accepted) => accepted / 33),
      [0, 7, 15, 21, 27, 34, 41, 46, 49, 54, 61, 67].map((accepted) => accepted / 67),
    ];
    expect(falsePositives).to.have.lengthOf(x.length);
    falsePositives.forEach((value, i) => expect(value).to.be.closeTo(x[i], 1e-14));
    truePositives.forEach((value, i) => expect(value).to.be.closeTo(y[i], 1e-14));
    const isThird = numbers((i) => Number(i % 3 === 0));
    const isEven = numbers((i) => Number(i % 2 === 0));
    expect(accuracyOf(isThird, isEven)).to.equal(0.5);
  });

  it('equal those of numpy', () => {
    const { bias, resolution } = relativeErrors(truth, predicted);
    expect(bias).to.be.closeTo(0.023516722484581476, 1e-14);
    expect(resolution).to.be.closeTo(0.08127078400175283, 1e-14);
    const errors = numbers((i) => predicted[i] / truth[i] - 1);
    expect(quantileOf(errors, 0.1)).to.be.closeTo(-0.08922662501607408, 1e-14);
  });

  it('are NaN where they are undefined', () => {
    expect(quantileOf([], 0.5)).to.be.NaN;
    expect(quantileOf([1, NaN], 0)).to.be.NaN;
    expect(areaUnderRoc([1, 1], [0.1, 0.2])).to.be.NaN;
    expect(areaUnderRoc([1, 0], [0.1, NaN])).to.be.NaN;
    expect(relativeErrors([], []).bias).to.be.NaN;
  });

  it('rank pairs of signal and background', () => {
    const event = fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 5 }));
    fc.assert(
      fc.property(fc.array(event, { minLength: 2 }), (events) => {
        const signal = events.filter(([is]) => is === 1);
        const background = events.filter(([is]) => is === 0);
        const wins: number[] = signal.flatMap(([, a]) => background.map(([, b]) => (a > b ? 1 : a === b ? 0.5 : 0)));
        const expected = wins.reduce((sum, win) => sum + win, 0) / wins.length;
        const area = areaUnderRoc(
          events.map(([is]) => is),
          events.map(([, score]) => score),
        );
        if (Number.isNaN(expected)) expect(area).to.be.NaN;
        else expect(area).to.be.closeTo(expected, 1e-12);
      }),
    );
  });
});
