import { FitsFile } from '@cherenkit/plugin-fits';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit } from '../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';

const reference = (name: string): string => inTestData('reference', 'irf', name);

/** Values of all tables of a file, without keywords, in which dates and commands differ. */
async function valuesOf(path: string): Promise<Record<string, unknown>> {
  await using file = await FitsFile.open(path);
  const tables: Record<string, unknown> = {};
  for (const { name, kind, index } of file.hdus) {
    if (kind === 'table') tables[name] = (await file.readTable(index)).toJSON();
  }
  return tables;
}

describe('--chunk_size', function () {
  this.timeout(120_000);
  before(skipWithoutTestData);

  it('changes neither cuts nor responses nor event lists', async () => {
    using folder = new TemporaryFolder();
    const config = ['-c', reference('configs/point_like.yaml')];
    const inputs = [
      ['--gamma-file', reference('gamma_point.dl2.h5')],
      ['--proton-file', reference('proton.dl2.h5')],
      ['--electron-file', reference('electron.dl2.h5')],
    ].flat();
    const results: Record<string, unknown>[] = [];
    for (const size of ['100000', '1000', '77']) {
      const run = async (...args: string[]): Promise<void> => {
        const { exitCode, stderr } = await cherenkit([...args, '--overwrite'], folder.path);
        expect(exitCode, stderr).to.equal(0);
      };
      await run('optimize-event-selection', ...inputs, ...config, '--chunk_size', size, '-o', 'cuts.fits');
      const outputs = ['-o', 'irf.fits', '--benchmark-output', 'benchmarks.fits', '--spatial-selection-applied'];
      await run('compute-irf', ...inputs, ...config, '--chunk_size', size, '--cuts', 'cuts.fits', ...outputs);
      const selection = ['--cuts', 'cuts.fits', '--irf', 'irf.fits', '--on-time', '1 h', `--chunk-size=${size}`];
      await run('create-dl3', reference('gamma_point.dl2.h5'), ...selection);
      const files = ['cuts.fits', 'irf.fits', 'benchmarks.fits', 'dl3_00000101.fits.gz', 'dl3_00000102.fits.gz'];
      const values = await Promise.all(files.map((name) => valuesOf(folder.join(name))));
      results.push(Object.assign({}, ...values.map((each, i) => ({ [files[i]]: each }))) as Record<string, unknown>);
    }
    expect(results[1]).to.deep.equal(results[0]);
    expect(results[2]).to.deep.equal(results[0]);
  });
});
