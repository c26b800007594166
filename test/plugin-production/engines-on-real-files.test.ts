import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { concatenatedRuns } from '../support/concatenated-runs.js';
import { differentTables } from '../support/different-tables.js';
import { cherenkit } from '../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';
import { engineCommand, ENGINES, FlakyProgram, runIn } from '../support/workflow-engine.js';

const LONG = inTestData('data', 'proton_north_alpha_700.simtel.zst');
/** Files of the same name, with one and two copies of a run under other run numbers. */
const SHORT = [
  ['a/gamma.simtel', [11]],
  ['b/gamma.simtel', [12, 13]],
] as const;

/** Two productions of sim_telarray files: the events of a file in several shards, and two short files in one. */
describe('generated workflows with real files', function () {
  this.timeout(600_000);
  let folder: TemporaryFolder;
  beforeEach(async function () {
    skipWithoutTestData.call(this);
    folder = new TemporaryFolder();
    for (const [path, runs] of SHORT) {
      mkdirSync(folder.join(dirname(path)));
      folder.write(path, await concatenatedRuns('gamma_diffuse_north_alpha_600.simtel.zst', runs));
    }
    folder.write('dl2.yaml', 'DataWriter: { write_dl1_images: true, write_dl2: true }\n');
  });
  afterEach(() => folder?.[Symbol.dispose]());

  const succeed = async (...args: readonly string[]): Promise<void> => {
    const { exitCode, stderr } = await cherenkit([...args, '-q'], folder.path);
    expect(exitCode, stderr).to.equal(0);
  };

  for (const engine of ENGINES) {
    it(`are run by ${engine}, and merged to the tables of runs without it`, async function () {
      const command = engineCommand(this, engine);
      await succeed('plan', LONG, '-o', 'long.json', '-c', 'dl2.yaml', '--target-events', '1');
      await succeed(
        'plan',
        ...SHORT.map(([path]) => path),
        '-o',
        'short.json',
        '-c',
        'dl2.yaml',
        '--target-bytes',
        '1000000000',
      );
      const flaky = new FlakyProgram(folder);
      await succeed('workflow', engine, 'long.json', 'short.json', '-o', engine, '--program', flaky.path);
      // cwltool does not repeat jobs.
      if (engine !== 'cwl') flaky.failWith(75);
      const { status, stdout, stderr } = runIn(folder, command);
      expect(status, `${stdout}${stderr}`).to.equal(0);
      expect(flaky.calls('process')).to.have.length(engine === 'cwl' ? 4 : 5);
      const merged = (name: string): string =>
        folder.join(existsSync(folder.join('results')) ? `results/${name}` : name);

      await succeed('process', '-i', LONG, '-o', 'single.h5', '-c', 'dl2.yaml');
      expect(await differentTables(merged('long.h5'), folder.join('single.h5'))).to.deep.equal([]);
      for (const [i, [path]] of SHORT.entries()) {
        await succeed('process', '-i', path, '-o', `short-${i}.h5`, '-c', 'dl2.yaml');
      }
      await succeed('merge', 'short-0.h5', 'short-1.h5', '-o', 'both.h5');
      expect(await differentTables(merged('short.h5'), folder.join('both.h5'))).to.deep.equal([]);
    });
  }
});
