import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTable } from '@cherenkit/plugin-hdf5';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit } from './support/run-command.js';
import { REPOSITORY_ROOT } from './support/repository-root.js';

/** A Python with gammapy 2. */
const GAMMAPY_PYTHON = process.env['GAMMAPY_PYTHON'];
/** Scale of the simulation: fewer events are enough for the files alone. */
const EVENTS = GAMMAPY_PYTHON === undefined ? '60' : '300';
const EXAMPLE = join(REPOSITORY_ROOT, 'examples', 'dl3');
const COMMAND = join(REPOSITORY_ROOT, 'packages', 'cherenkit', 'bin', 'cherenkit.js');

type Fitted = readonly [value: number, error: number];

describe('examples/dl3', function () {
  this.timeout(1_800_000);
  const folder = new TemporaryFolder();
  after(() => folder[Symbol.dispose]());

  before(function () {
    if (process.platform === 'win32') return this.skip();
    const env = { ...process.env, CHERENKIT: `${process.execPath} ${COMMAND}` };
    const args = [join(EXAMPLE, 'make-dl3.sh'), folder.join('work'), EVENTS];
    const { status, stdout, stderr } = spawnSync('bash', args, { encoding: 'utf8', env });
    expect(status, `${stdout}\n${stderr}`).to.equal(0);
  });

  it('makes event lists with responses, and pictures', async () => {
    const dl3 = folder.join('work/dl3/dl3_00000001.fits.gz');
    const files = [dl3, folder.join('work/irf.fits.gz'), folder.join('work/cuts.fits')];
    const { exitCode, stdout } = await cherenkit(['check', ...files], folder.path);
    expect(exitCode, stdout).to.equal(0);
    for (const page of ['irf', 'benchmarks', 'cuts']) expect(folder.readText(`work/${page}.html`)).to.include('<svg');
  });

  it('from which gammapy finds the simulated source in 1D and 3D', async function () {
    if (GAMMAPY_PYTHON === undefined) {
      console.log('      skipped: set GAMMAPY_PYTHON to a Python with gammapy');
      return this.skip();
    }
    const results = folder.join('results.json');
    const args = [join(EXAMPLE, 'analyse.py'), folder.join('work/dl3'), results];
    const { status, stdout, stderr } = spawnSync(GAMMAPY_PYTHON, args, { encoding: 'utf8', cwd: folder.path });
    expect(status, `${stdout}\n${stderr}`).to.equal(0);
    const found = JSON.parse(readFileSync(results, 'utf8')) as Record<'1D' | '3D', { readonly amplitude: Fitted }>;
    const run = await readTable(folder.join('work/source.dl2.h5'), '/configuration/simulation/run');
    const [n, min, max] = ['n_showers', 'energy_range_min', 'energy_range_max'].map((name) => run.numbers(name)[0]);
    const area = Math.PI * run.numbers('max_scatter_range', 'cm')[0] ** 2;
    const simulated = n / (1 / min - 1 / max) / area / 3600;
    for (const { amplitude } of [found['1D'], found['3D']]) {
      expect(Math.abs(amplitude[0] - simulated)).to.be.at.most(4 * amplitude[1]);
    }
  });
});
