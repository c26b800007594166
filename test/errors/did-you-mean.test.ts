import { expect } from 'chai';
import fc from 'fast-check';
import { didYouMean, nearestName } from '@cherenkit/core';

const NAMES = ['width', 'length', 'intensity', 'kurtosis', 'skewness', 'psi'];

describe('nearestName', () => {
  it('finds a name in which one letter was replaced, dropped, doubled or swapped with the next', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES.filter((name) => name.length > 4)), fc.nat(), fc.nat(3), (name, n, how) => {
        const i = n % (name.length - 1);
        const [before, a = '', b = '', after] = [name.slice(0, i), name[i], name[i + 1], name.slice(i + 2)];
        const misspelt = before + [`#${b}`, b, a + a + b, b + a][how] + after;
        expect(nearestName(misspelt, NAMES)).to.equal(name);
      }),
    );
  });

  it('returns undefined if no name is near', () => {
    expect(nearestName('impact', NAMES)).to.equal(undefined);
    expect(didYouMean('impact', NAMES)).to.equal('');
    expect(didYouMean('Widht', NAMES)).to.equal('; did you mean "width"?');
  });

  it('skips names of very different length', () => {
    expect(nearestName('a'.repeat(1e6), NAMES)).to.equal(undefined);
  });

  it('suggests the names that begin with an abbreviation, if they are few', () => {
    const names = [
      'TailcutsImageCleaner',
      'HillasReconstructor',
      'HillasIntersection',
      'width_1',
      'width_2',
      'width_3',
      'width_4',
    ];
    expect(didYouMean('Tailcuts', names)).to.equal('; did you mean "TailcutsImageCleaner"?');
    expect(didYouMean('hillas', names)).to.equal('; did you mean "HillasReconstructor" or "HillasIntersection"?');
    expect(didYouMean('Ta', names)).to.equal('');
    expect(didYouMean('widt', names)).to.equal('');
  });
});
