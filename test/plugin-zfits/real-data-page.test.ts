import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { cherenkit, type Outcome } from '../support/run-command.js';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';

describe('docs/real-data.md', () => {
  before(skipWithoutTestData);

  it('goes from a run of LST-1 to images, by its commands', async () => {
    const page = readFileSync(join(REPOSITORY_ROOT, 'docs', 'real-data.md'), 'utf8');
    const folder = mkdtempSync(join(tmpdir(), 'cherenkit-real-data-'));
    try {
      for (const name of ['lst_evb', 'calibration']) {
        const from = inTestData('data', 'zfits', name);
        for (const file of readdirSync(from)) copyFileSync(join(from, file), join(folder, file));
      }
      for (const [, name, text] of page.matchAll(/```yaml\n# (\S+)\n([^`]*)```/g))
        writeFileSync(join(folder, name), text);
      // `view` runs until it is stopped, and has a test of its own.
      const commands = [...page.matchAll(/^npx cherenkit (?!view )(.*)$/gm)].map(([, line]) => line);
      const outcomes = new Map<string, Outcome>();
      for (const line of commands) {
        const outcome = await cherenkit(line.split(' '), folder);
        expect(outcome.exitCode, `${line}\n${outcome.stderr}`).to.equal(0);
        outcomes.set(line.split(' ')[0], outcome);
      }
      expect([...outcomes.keys()]).to.have.members(['zfits', 'events', 'display', 'process', 'tables']);
      expect(outcomes.get('zfits')?.stdout).to.include('3 messages, 20 columns, all decoded, checksum ok');
      expect(outcomes.get('events')?.stdout).to.include('Event: 3, Tels: 1');
      expect(outcomes.get('tables')?.stdout).to.include('10 rows');
      for (const file of ['raw.png', 'calibrated.png', 'run2008.dl1.h5']) {
        expect(existsSync(join(folder, file)), file).to.equal(true);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
