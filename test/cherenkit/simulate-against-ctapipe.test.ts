import { join } from 'node:path';
import { expect } from 'chai';
import { CTAPIPE_PYTHON } from '../support/pytables.js';
import { REPOSITORY_ROOT, TEST_DATA } from '../support/repository-root.js';
import { cherenkit, EmptyFolder } from '../support/run-command.js';
import { runCtapipePython } from '../support/ctapipe-python.js';

const DIFFERENCES = join(REPOSITORY_ROOT, 'test', 'reference', 'differences.txt');
const LEVELS = ['--write-images', '--write-parameters', '--write-showers'];

/** Runs a tool of the test data. @param cwd - where ctapipe leaves its provenance */
function runTool(name: string, args: readonly string[], cwd: string): string {
  return runCtapipePython([join(TEST_DATA ?? '', 'tools', name), ...args], cwd);
}

describe('what cherenkit simulate writes', function () {
  // ctapipe takes some seconds to start.
  this.timeout(300_000);
  before(function () {
    if (TEST_DATA === undefined || CTAPIPE_PYTHON === undefined) {
      console.log('      skipped: set CHERENKIT_TEST_DATA, and CTAPIPE_PYTHON to a Python with ctapipe');
      this.skip();
    }
  });

  const arrays: [array: string, events: number, seed: number][] = [
    ['north', 4, 1],
    ['south', 2, 1],
    ['lst', 4, 3],
    ['nectarcam', 4, 3],
    ['flashcam', 4, 3],
    ['chec', 4, 3],
  ];
  for (const [array, events, seed] of arrays) {
    it(`is read and processed by ctapipe as by cherenkit: ${array}`, () => {
      using folder = new EmptyFolder();
      const input = folder.join('toy.simtel.zst');
      const flags = ['--array', array, '--events', String(events), '--seed', String(seed), '--calibration', '2'];
      expect(cherenkit(['simulate', '-o', input, ...flags], folder.path)).to.deep.include({ exitCode: 0, stderr: '' });
      const ours = folder.join('ours.h5');
      const process = cherenkit(['process', '-i', input, '-o', ours, '-q', ...LEVELS], folder.path);
      expect(process).to.deep.include({ exitCode: 0, stderr: '' });
      const theirs = folder.join('theirs.h5');
      const said = runTool('converged.py', ['-i', input, '-o', theirs, '-q', ...LEVELS], folder.path);
      expect(folder.files, said).to.include('theirs.h5');
      const verdict = runTool('compare_tables.py', [theirs, ours, '--differences', DIFFERENCES], folder.path);
      expect(verdict).to.match(/^[1-9]\d* tables equal, 0 differ, 0 missing, \d+ declared$/m, verdict);
    });
  }
});
