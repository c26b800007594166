import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit } from '../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';

/** A Python with gammapy 2. */
const GAMMAPY_PYTHON = process.env['GAMMAPY_PYTHON'];

const reference = (name: string): string => inTestData('reference', 'irf', name);

/** Reads a file or a folder with gammapy, analyses it, and returns the last line of the report. */
function checkedByGammapy(path: string, ...args: readonly string[]): string {
  const script = inTestData('tools', 'check_with_gammapy.py');
  const { stdout, stderr } = spawnSync(GAMMAPY_PYTHON ?? '', [script, path, ...args], { encoding: 'utf8' });
  return stdout.trimEnd().split('\n').at(-1) ?? stderr;
}

describe('responses and DL3 files, read by gammapy', function () {
  this.timeout(300_000);
  before(skipWithoutTestData);
  before(function () {
    if (GAMMAPY_PYTHON !== undefined) return;
    console.log('      skipped: set GAMMAPY_PYTHON to a Python with gammapy');
    this.skip();
  });

  it('have no problem, and a source is found where it was simulated', async () => {
    using folder = new TemporaryFolder();
    const files = [
      ['--gamma-file', reference('gamma_point.dl2.h5')],
      ['--proton-file', reference('proton.dl2.h5')],
      ['--electron-file', reference('electron.dl2.h5')],
    ].flat();
    const cuts = ['--cuts', reference('point_like.cuts.fits.gz'), '-c', reference('configs/point_like.yaml')];
    const responses = ['compute-irf', ...files, ...cuts, '--spatial-selection-applied', '-o', 'irf.fits.gz'];
    expect((await cherenkit(responses, folder.path)).exitCode).to.equal(0);
    expect(checkedByGammapy(folder.join('irf.fits.gz'))).to.include('0 problems');
    mkdirSync(folder.join('dl3'));
    const place = ['--pointing-ra', '83.6 deg', '--pointing-dec', '22 deg', '--on-time', '1 h'];
    const target = ['--object', 'Crab', '--object-ra', '83.945 deg', '--object-dec', '22.384 deg'];
    const selection = [...cuts.slice(0, 2), '--irf', 'irf.fits.gz', '-o', 'dl3'];
    const create = ['create-dl3', reference('gamma_point.dl2.h5'), ...selection, ...place, ...target];
    expect((await cherenkit(create, folder.path)).exitCode).to.equal(0);
    const names = ['dl3/dl3_00000101.fits.gz', 'dl3/dl3_00000102.fits.gz'];
    expect((await cherenkit(['index-dl3', ...names, '-o', 'dl3'], folder.path)).exitCode).to.equal(0);
    const report = checkedByGammapy(folder.join('dl3'));
    expect(report).to.include('2 observations').and.to.include('0 problems');
    const [, on, off, sigma] = /1D: on (\d+), off (\d+), excess [\d.]+, ([\d.]+) sigma/.exec(report) ?? [];
    expect(Number(on), report).to.be.greaterThan(10 * Number(off));
    expect(Number(sigma), report).to.be.greaterThan(8);
  });
});
