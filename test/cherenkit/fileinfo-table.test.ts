import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { ctapipePython, skipWithoutCtapipeOrTestData } from '../support/ctapipe-python.js';
import { cherenkit } from '../support/run-command.js';
import { inTestData } from '../support/test-data.js';

/** Prints whether two tables, as astropy reads them, are equal: names, order of columns, texts. */
const COMPARE = `
import sys
from astropy.table import Table
a, b = [Table.read(path) for path in sys.argv[1:]]
print(a.colnames == b.colnames and all(list(map(str, a[c])) == list(map(str, b[c])) for c in a.colnames))`;

describe('the table of cherenkit fileinfo', function () {
  this.timeout(60_000);
  before(skipWithoutCtapipeOrTestData);

  for (const suffix of ['csv', 'ecsv', 'fits', 'fits.gz']) {
    it(`equals that of ctapipe-fileinfo in ${suffix} files`, async () => {
      using folder = new TemporaryFolder();
      const files = ['gct_checs_muons', 'proton_north_alpha_700'].map((name) =>
        inTestData('reference', `${name}.dl2.h5`),
      );
      const [theirs, ours] = [folder.join(`theirs.${suffix}`), folder.join(`ours.${suffix}`)];
      const run = 'from ctapipe.tools.fileinfo import main; main()';
      await ctapipePython(['-c', run, ...files, '-o', theirs], { cwd: folder.path });
      const { exitCode, stderr } = await cherenkit(['fileinfo', ...files, '-o', ours], folder.path);
      expect(exitCode, stderr).to.equal(0);
      expect(await ctapipePython(['-c', COMPARE, theirs, ours], { cwd: folder.path })).to.equal('True\n');
    });
  }
});
