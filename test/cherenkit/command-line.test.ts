import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { cherenkit } from '../support/run-command.js';

describe('the command line', () => {
  async function inTemporaryFolder(...args: readonly string[]): ReturnType<typeof cherenkit> {
    using folder = new TemporaryFolder();
    return await cherenkit(args, folder.path);
  }

  it('answers --help and --version', async () => {
    expect(await inTemporaryFolder('--help')).to.deep.include({ exitCode: 0, stderr: '' });
    expect((await inTemporaryFolder('--version')).stdout).to.match(/^cherenkit\/\d+\.\d+\.\d+ /);
  });

  it('names the nearest flag for one that is not there, and ends with 2', async () => {
    const { stderr, exitCode } = await inTemporaryFolder('inspect', 'some.simtel', '--jsn');
    expect(stderr).to.match(/^error: Nonexistent flag: --jsn; did you mean "--json"\?\n/);
    expect(exitCode).to.equal(2);
  });

  it('ends with 2 for a command that is not there', async () => {
    expect(await inTemporaryFolder('inspct')).to.deep.include({
      exitCode: 2,
      stderr: 'error: command inspct not found\n',
    });
  });

  it('gives help from a manifest that is fresh (npm run build writes it)', () => {
    const script = join(REPOSITORY_ROOT, 'scripts', 'write-manifests.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
  });
});
