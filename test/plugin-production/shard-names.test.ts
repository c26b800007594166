import { expect } from 'chai';
import { inputNames } from '@cherenkit/plugin-production';

describe('inputNames', () => {
  it('names inputs by their files, without extensions', () => {
    expect(inputNames(['a/gamma_1.simtel.zst', 'gamma_2.simtel.gz', 'b/proton.dl1.h5'])).to.deep.equal([
      'gamma_1',
      'gamma_2',
      'proton',
    ]);
  });

  it('distinguishes files of the same name by their paths, in any order', () => {
    const [a, b, c] = inputNames(['x/gamma.simtel.zst', 'y/gamma.simtel.zst', 'z/proton.simtel.zst']);
    expect(a)
      .to.match(/^gamma-[\da-f]{8}$/)
      .and.not.equal(b);
    expect(c).to.equal('proton');
    expect(inputNames(['y/gamma.simtel.zst', 'x/gamma.simtel.zst'])).to.deep.equal([b, a]);
  });

  it('makes plain names that are no numbers and no flags of URLs and unusual files', () => {
    const names = inputNames([
      'toymodel:?events=5',
      '12.simtel.zst',
      '-a.h5',
      'b c.h5',
      `${'x'.repeat(240)}.h5`,
      '.h5',
    ]);
    for (const name of names) expect(name).to.match(/^[a-z][\w.+-]{8,140}$/);
    expect(new Set(names)).to.have.lengthOf(names.length);
  });
});
