import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { cherenkit, EmptyFolder } from '../support/run-command.js';

describe('the command line', () => {
  function inEmptyFolder(...args: readonly string[]): ReturnType<typeof cherenkit> {
    using folder = new EmptyFolder();
    return cherenkit(args, folder.path);
  }

  it('answers --help and --version', () => {
    expect(inEmptyFolder('--help')).to.deep.include({ exitCode: 0, stderr: '' });
    expect(inEmptyFolder('--version').stdout).to.match(/^cherenkit\/\d+\.\d+\.\d+ /);
  });

  it('names the nearest flag for one that is not there, and ends with 2', () => {
    const { stderr, exitCode } = inEmptyFolder('inspect', 'some.simtel', '--jsn');
    expect(stderr).to.match(/^error: Nonexistent flag: --jsn; did you mean "--json"\?\n/);
    expect(exitCode).to.equal(2);
  });

  it('ends with 2 for a command that is not there', () => {
    expect(inEmptyFolder('inspct')).to.deep.include({ exitCode: 2, stderr: 'error: command inspct not found\n' });
  });

  it('gives help from a manifest that is fresh (npm run build writes it)', () => {
    const script = join(REPOSITORY_ROOT, 'scripts', 'write-manifests.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
  });
});
