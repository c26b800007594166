import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { CTAPIPE_PYTHON } from '../support/ctapipe-python.js';
import { cherenkit } from '../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';

const reference = (name: string): string => inTestData('reference', 'irf', name);

/** Reads all files with astropy, with warnings, also of wrong checksums, as errors. */
const ASTROPY = `
import sys, warnings
from astropy.io import fits
warnings.simplefilter("error")
for path in sys.argv[1:]:
    with fits.open(path, checksum=True) as file:
        file.verify("exception")
        for hdu in file:
            hdu.data
`;

describe('FITS files of all commands', function () {
  this.timeout(120_000);
  before(skipWithoutTestData);
  const folder = new TemporaryFolder();
  after(() => folder[Symbol.dispose]());
  let files: string[] = [];

  before(async () => {
    const inputs = [
      ['--gamma-file', reference('gamma_point.dl2.h5')],
      ['--proton-file', reference('proton.dl2.h5')],
      ['--electron-file', reference('electron.dl2.h5')],
    ].flat();
    const config = ['-c', reference('configs/point_like.yaml')];
    const commands = [
      ['optimize-event-selection', ...inputs, ...config, '-o', 'cuts.fits'],
      [
        ['compute-irf', ...inputs, ...config, '--cuts', 'cuts.fits', '--spatial-selection-applied'],
        ['-o', 'irf.fits.gz', '--benchmark-output', 'benchmarks.fits', '--background-maker-name=BackgroundRate3dMaker'],
      ].flat(),
      [
        'create-dl3',
        reference('gamma_point.dl2.h5'),
        '--cuts',
        'cuts.fits',
        '--irf',
        'irf.fits.gz',
        '--on-time',
        '1 h',
      ],
      ['index-dl3', 'dl3_00000101.fits.gz', 'dl3_00000102.fits.gz'],
      ['dump-instrument', '-i', 'toymodel:', '--format', 'fits', '-o', '.'],
    ];
    for (const args of commands) {
      const { exitCode, stderr } = await cherenkit(args, folder.path);
      expect(exitCode, stderr).to.equal(0);
    }
    files = readdirSync(folder.path, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.fits(\.gz)?$/.test(name),
    );
    expect(files).to.have.length.of.at.least(8);
  });

  it('have no error and no warning in fitsverify', function () {
    for (const name of files) {
      const { status, stdout, error } = spawnSync('fitsverify', ['-q', join(folder.path, name)], { encoding: 'utf8' });
      if (error !== undefined) {
        console.log('      skipped: install fitsverify');
        return this.skip();
      }
      expect(stdout.trim(), name).to.match(/^verification OK/);
      expect(status).to.equal(0);
    }
  });

  it('are read by astropy without a warning, with right checksums', function () {
    if (CTAPIPE_PYTHON === undefined) {
      console.log('      skipped: set CTAPIPE_PYTHON to a Python with ctapipe');
      return this.skip();
    }
    const paths = files.map((name) => join(folder.path, name));
    const { status, stderr } = spawnSync(CTAPIPE_PYTHON, ['-c', ASTROPY, ...paths], { encoding: 'utf8' });
    expect(status, stderr).to.equal(0);
  });
});
