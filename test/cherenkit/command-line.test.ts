import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { spawnCherenkit, type Outcome } from '../support/run-command.js';

describe('the command line', () => {
  /** Runs the program in `bin` in its own process and an empty folder. */
  function inTemporaryFolder(...args: readonly string[]): Outcome {
    using folder = new TemporaryFolder();
    return spawnCherenkit(args, folder.path);
  }

  it('answers --help and --version', () => {
    expect(inTemporaryFolder('--help')).to.deep.include({ exitCode: 0, stderr: '' });
    expect(inTemporaryFolder('--version').stdout).to.match(/^cherenkit\/\d+\.\d+\.\d+ /);
  });

  it('suggests the nearest flag for an unknown flag and exits with 2', () => {
    const { stderr, exitCode } = inTemporaryFolder('inspect', 'some.simtel', '--jsn');
    expect(stderr).to.match(/^error: Nonexistent flag: --jsn; did you mean "--json"\?\n/);
    expect(exitCode).to.equal(2);
  });

  it('exits with 2 for an unknown command', () => {
    expect(inTemporaryFolder('inspct')).to.deep.include({
      exitCode: 2,
      stderr: 'error[COMMAND_UNKNOWN]: There is no command "inspct"; did you mean "inspect"?\n',
    });
  });

  it('has an up-to-date oclif manifest (npm run build writes it)', () => {
    const script = join(REPOSITORY_ROOT, 'scripts', 'write-manifests.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
  });
});
