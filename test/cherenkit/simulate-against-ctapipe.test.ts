import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { expectSameTables } from '../support/compare-tables.js';
import { ctapipePython, skipWithoutCtapipeOrTestData } from '../support/ctapipe-python.js';
import { cherenkit } from '../support/run-command.js';
import { inTestData } from '../support/test-data.js';

const LEVELS = ['--write-images', '--write-parameters', '--write-showers'];

describe('files of cherenkit simulate', function () {
  // ctapipe takes some seconds to start.
  this.timeout(300_000);
  before(skipWithoutCtapipeOrTestData);

  const arrays: [array: string, events: number, seed: number][] = [
    ['north', 4, 1],
    ['south', 2, 1],
    ['lst', 4, 3],
    ['nectarcam', 4, 3],
    ['flashcam', 4, 3],
    ['chec', 4, 3],
  ];
  for (const [array, events, seed] of arrays) {
    it(`give the same tables with ctapipe and cherenkit: ${array}`, async () => {
      using folder = new TemporaryFolder();
      const [input, ours, theirs] = ['toy.simtel.zst', 'ours.h5', 'theirs.h5'].map((name) => folder.join(name));
      const flags = ['--array', array, '--events', String(events), '--seed', String(seed), '--calibration', '2'];
      const simulated = await cherenkit(['simulate', '-o', input, ...flags], folder.path);
      expect(simulated).to.deep.include({ exitCode: 0, stderr: '' });
      const options = ['-i', input, '-q', ...LEVELS];
      const processed = await cherenkit(['process', ...options, '-o', ours], folder.path);
      expect(processed).to.deep.include({ exitCode: 0, stderr: '' });
      const converged = inTestData('tools', 'converged.py');
      await ctapipePython([converged, ...options, '-o', theirs], { cwd: folder.path });
      await expectSameTables(theirs, ours);
    });
  }
});
