import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { cherenkit } from '../support/run-command.js';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { installedExamples, packedExample, pluginWorkshop } from '../support/built-plugin.js';
import { describeInstalled, run } from '../support/packed-packages.js';

const PAGE = readFileSync(join(REPOSITORY_ROOT, 'docs', 'writing-a-plugin.md'), 'utf8');
const EXAMPLE = join(REPOSITORY_ROOT, 'test', 'plugin-example', 'crossing');

/** The code blocks that follow the name of a file. */
const FILES = [...PAGE.matchAll(/^`([\w./-]+)`:\n\n```\w+\n([^]*?)^```$/gm)].map(([, file, text]) => ({ file, text }));

/** The lines of all blocks of shell commands. */
const COMMANDS = [...PAGE.matchAll(/^```sh\n([^]*?)^```$/gm)].flatMap(([, block]) => block.trim().split('\n'));

describe('docs/writing-a-plugin.md', () => {
  it('shows the current files of test/plugin-example', () => {
    const shown = FILES.filter(({ file }) => existsSync(join(EXAMPLE, file)));
    for (const { file, text } of shown) expect(text, file).to.equal(readFileSync(join(EXAMPLE, file), 'utf8'));
    const sources = readdirSync(join(EXAMPLE, 'src')).map((file) => `src/${file}`);
    expect(shown.map(({ file }) => file)).to.have.members(['package.json', ...sources]);
    for (const file of ['intensity-energy.ts', 'intensity-energy.test.ts']) {
      const code = readFileSync(join(EXAMPLE, '..', 'image-models', 'src', file), 'utf8');
      expect(PAGE, file).to.include(`\`\`\`ts\n${code}\`\`\``);
    }
  });

  it('lists the kinds of components supported by create-plugin', () => {
    const kinds = readdirSync(join(REPOSITORY_ROOT, 'packages', 'cherenkit', 'templates', 'kinds'));
    for (const kind of kinds) expect(PAGE).to.include(`\`${kind}\``);
  });

  it('shows existing commands', async () => {
    const commands = COMMANDS.filter((line) => line.startsWith('npx cherenkit ')).map((line) =>
      line.split(' ').slice(2),
    );
    expect(commands).not.to.be.empty;
    for (const [first, second] of commands) {
      const name = first === 'plugins' ? [first, second] : [first];
      expect((await cherenkit([...name, '--help'], REPOSITORY_ROOT)).exitCode, name.join(' ')).to.equal(0);
    }
  });

  it('links to existing files', () => {
    const links = [...PAGE.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path);
    expect(links.filter((path) => !existsSync(join(REPOSITORY_ROOT, 'docs', path)))).to.deep.equal([]);
  });
});

describeInstalled('the instructions of docs/writing-a-plugin.md', () => {
  for (const plugin of ['crossing', 'image-models']) {
    it(`build a plugin and pass its tests: ${plugin}`, () => {
      packedExample(plugin);
      const { status, stdout, stderr } = run('npm', ['test'], join(pluginWorkshop(), plugin));
      expect(status, `${stdout}\n${stderr}`).to.equal(0);
      expect(stdout)
        .to.match(/pass [1-9]\d*/)
        .and.match(/fail 0/);
    });
  }

  it('run the plugin with its configuration', () => {
    const folder = installedExamples();
    const yaml = FILES.find(({ file }) => file === 'mine.yaml')?.text ?? '';
    writeFileSync(join(folder, 'mine.yaml'), yaml);
    const commands = COMMANDS.filter((line) => /^npx cherenkit (?:process|plugins list|components)/.test(line));
    expect(commands.length).to.be.at.least(3);
    for (const command of commands) {
      const { status, stdout, stderr } = run('npx', ['--no-install', ...command.split(' ').slice(1)], folder);
      expect(status, `${command}\n${stderr}`).to.equal(0);
      expect(stdout).to.include('CrossingReconstructor');
    }
    expect(readdirSync(folder)).to.include('events.dl2.h5');
  });
});
