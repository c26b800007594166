import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit } from '../support/run-command.js';
import { REPOSITORY_ROOT } from '../support/repository-root.js';

describe('cherenkit completion', () => {
  let folder: TemporaryFolder;
  before(async () => {
    folder = new TemporaryFolder();
    for (const shell of ['bash', 'zsh']) {
      const { exitCode, stdout } = await cherenkit(['completion', shell], REPOSITORY_ROOT);
      expect(exitCode).to.equal(0);
      writeFileSync(folder.join(shell), stdout);
    }
  });
  after(() => folder[Symbol.dispose]());

  /** What bash offers for the last of these words. */
  function completionsOf(words: readonly string[]): string[] {
    const quoted = words.map((word) => `'${word}'`).join(' ');
    const script = `set -u; source ${folder.join('bash')}
COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _cherenkit; printf '%s\\n' "\${COMPREPLY[@]:-}"`;
    const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
    expect(stderr.replace(/.*compopt: not currently executing completion function\n/, '')).to.equal('');
    expect(status).to.equal(0);
    return stdout.split('\n').filter((line) => line !== '');
  }

  const cases: readonly (readonly [line: string, expected: readonly string[]])[] = [
    ['cherenkit pr', ['process']],
    ['cherenkit help sim', ['simulate']],
    ['cherenkit config ', ['check', 'explain', 'init', 'schema', 'show']],
    ['cherenkit plugins do', ['doctor']],
    ['cherenkit config show --te', ['--tel']],
    ['cherenkit process --no-write-im', ['--no-write-images']],
    ['cherenkit process -i some.simtel --write-sh', ['--write-showers']],
    ['cherenkit process --if', ['--if-needed']],
    ['cherenkit process --reconstructor HillasR', ['HillasReconstructor']],
    ['cherenkit process --image-cleaner-type T', ['TailcutsImageCleaner', 'TimeConstrainedImageCleaner']],
    ['cherenkit process --log-level = D', ['DEBUG']],
    ['cherenkit process --log-level =', ['DEBUG', 'INFO', 'WARN', 'ERROR']],
    ['cherenkit process --TailcutsImageCleaner.pict', ['--TailcutsImageCleaner.picture_threshold_pe=']],
    ['cherenkit simulate --particle m', ['muon']],
    ['cherenkit completion ', ['bash', 'zsh']],
    ['cherenkit create-plugin image-c', ['image-cleaner']],
    // Files are completed by the shell.
    ['cherenkit process -i ', []],
    ['cherenkit inspect gamma', []],
    ['cherenkit create-plugin image-cleaner imag', []],
    ['cherenkit unknown --x', []],
    ['cherenkit events --TailcutsImageCleaner.', []],
  ];
  for (const [line, expected] of cases) {
    it(`offers ${expected.join(', ') || 'nothing'} after "${line}"`, () => {
      expect(completionsOf(line.split(' '))).to.deep.equal(expected);
    });
  }

  it('is registered for the command, with files where nothing else is offered', () => {
    const { stdout } = spawnSync('bash', ['-c', `source ${folder.join('bash')}; complete -p cherenkit`]);
    expect(stdout.toString().trim()).to.equal('complete -o default -F _cherenkit cherenkit');
  });

  it('is the same for zsh, by its emulation of completions of bash', () => {
    const [bash, zsh] = ['bash', 'zsh'].map((shell) => readFileSync(folder.join(shell), 'utf8').split('\n'));
    expect(zsh.slice(1, 3)).to.deep.equal([
      'autoload -U +X compinit && compinit',
      'autoload -U +X bashcompinit && bashcompinit',
    ]);
    expect(zsh.slice(3)).to.deep.equal(bash.slice(1));
  });

  it('is refused for other shells', async () => {
    const { exitCode, stderr } = await cherenkit(['completion', 'tcsh'], folder.path);
    expect(exitCode).to.equal(2);
    expect(stderr).to.include('expected bash or zsh, found "tcsh"');
  });
});
