import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from './support/repository-root.js';
import { cherenkit } from './support/run-command.js';

const README = readFileSync(join(REPOSITORY_ROOT, 'README.md'), 'utf8');

/** The first code block in this language. */
function codeBlock(language: string): string {
  const code = new RegExp('^```' + language + '\\n([^]*?)^```$', 'm').exec(README)?.[1];
  if (code === undefined) throw new Error(`There is no block of ${language} in the README.`);
  return code;
}

describe('the README', () => {
  it('links to existing files', () => {
    const links = [...README.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, path]) => path);
    expect(links).not.to.be.empty;
    expect(links.filter((path) => !existsSync(join(REPOSITORY_ROOT, path)))).to.deep.equal([]);
  });

  it('shows a valid configuration', async () => {
    using folder = new TemporaryFolder();
    writeFileSync(folder.join('mine.yaml'), codeBlock('yaml'));
    const { exitCode, stdout, stderr } = await cherenkit(['config', 'check', 'mine.yaml'], folder.path);
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
    expect(stdout).to.equal('mine.yaml: no mistakes found\n');
  });

  it('shows existing commands and flags', async () => {
    const commands = [...README.matchAll(/^npx cherenkit (.+)$/gm)].map(([, args]) => args.split(' '));
    expect(commands).not.to.be.empty;
    for (const [command, ...args] of commands) {
      const name = ['config', 'model', 'plugins', 'train'].includes(command) ? [command, args[0]] : [command];
      const help = await cherenkit([...name, '--help'], REPOSITORY_ROOT);
      expect(help.exitCode, command).to.equal(0);
      const flags = args.filter((arg) => /^--?[a-z]/.test(arg) && arg !== '--help');
      for (const flag of flags)
        expect(help.stdout).to.match(new RegExp(`(?:^|[\\s,])${flag}\\b|--\\[no-\\]${flag.slice(2)}\\b`));
    }
  });
});
