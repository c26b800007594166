import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit } from '../support/run-command.js';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { pluginWorkshop } from '../support/built-plugin.js';
import {
  describeInstalled,
  INSTALL_OPTIONS,
  installedCherenkit,
  installedProgram,
  newFolder,
  run,
  runChecked,
} from '../support/packed-packages.js';

const KINDS = readdirSync(join(REPOSITORY_ROOT, 'packages', 'cherenkit', 'templates', 'kinds')).sort();

interface PackageJson {
  readonly name: string;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}

const readPackage = (folder: string): PackageJson =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;

describe('cherenkit create-plugin', () => {
  it('has a template for each kind of component', async () => {
    const { stdout } = await cherenkit(['create-plugin', '--help'], REPOSITORY_ROOT);
    const [, options = ''] = /KIND\s+\(([^)]+)\)/.exec(stdout) ?? [];
    expect(options.replace(/\s+/g, '').split('|').sort()).to.deep.equal(KINDS);
  });

  it('writes a package with the given name to a folder with that name', async () => {
    using folder = new TemporaryFolder();
    const { exitCode, stdout } = await cherenkit(
      ['create-plugin', 'image-cleaner', '@me/cherenkit-plugin-bright'],
      folder.path,
    );
    expect(exitCode).to.equal(0);
    expect(stdout).to.match(/^BrightImageCleaner in cherenkit-plugin-bright: /);
    expect(stdout).to.include('cd cherenkit-plugin-bright\n  npm install\n  npm test');
    const made = folder.join('cherenkit-plugin-bright');
    expect(readPackage(made).name).to.equal('@me/cherenkit-plugin-bright');
    expect(readdirSync(join(made, 'src'))).to.include('bright-image-cleaner.ts');
    const texts = readdirSync(made, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    expect(texts.filter((text) => /template/i.test(text))).to.deep.equal([]);
  });

  it('uses the same versions of tools as this repository', async () => {
    using folder = new TemporaryFolder();
    await cherenkit(['create-plugin', 'reconstructor', 'any', '.'], folder.path);
    const { devDependencies } = readPackage(folder.path);
    const ours = readPackage(REPOSITORY_ROOT).devDependencies;
    for (const [name, range] of Object.entries(devDependencies)) {
      if (!/cherenkit/.test(name)) expect(range.slice(1), name).to.equal(ours[name]?.replace(/^[\^~]/, ''));
    }
  });

  it('installs the packed packages of a folder', async () => {
    using folder = new TemporaryFolder();
    mkdirSync(folder.join('packed'));
    const files = [
      'cherenkit-0.1.0.tgz',
      'cherenkit-core-0.1.0.tgz',
      'cherenkit-plugin-hdf5-0.1.0-rc.1.tgz',
      'other-1.0.0.tgz',
    ];
    for (const file of files) writeFileSync(folder.join(`packed/${file}`), '');
    const { exitCode, stdout } = await cherenkit(
      ['create-plugin', 'reconstructor', 'mine', '--packages', 'packed'],
      folder.path,
    );
    expect(exitCode).to.equal(0);
    expect(stdout).not.to.include('registry');
    const { devDependencies } = readPackage(folder.join('mine'));
    const local = Object.entries(devDependencies).filter(([, range]) => range.startsWith('file:'));
    expect(Object.fromEntries(local)).to.deep.equal({
      cherenkit: 'file:../packed/cherenkit-0.1.0.tgz',
      '@cherenkit/core': 'file:../packed/cherenkit-core-0.1.0.tgz',
      '@cherenkit/plugin-hdf5': 'file:../packed/cherenkit-plugin-hdf5-0.1.0-rc.1.tgz',
    });
  });

  const refused: [string[], number, RegExp][] = [
    [
      ['reconstructor', 'mine', '--packages', 'full'],
      2,
      /PACKED_PACKAGES_MISSING.*full contains no packages.*npm run pack/,
    ],
    [['reconstructor', 'Upper'], 2, /error\[PLUGIN_NAME_INVALID\]: "Upper".*capital letters/],
    [['reconstructor', '.hidden'], 2, /PLUGIN_NAME_INVALID/],
    [['reconstructor', 'a/b'], 2, /PLUGIN_NAME_INVALID/],
    [['reconstructor', '@scope/'], 2, /PLUGIN_NAME_INVALID/],
    [['reconstructor', 'fs'], 2, /PLUGIN_NAME_INVALID.*reserved/],
    [['reconstructor', '3d'], 2, /PLUGIN_NAME_INVALID.*begin with a letter/],
    [['reconstructor', 'x'.repeat(215)], 2, /PLUGIN_NAME_INVALID.*214/],
    [['reconstructor', 'hillas'], 2, /PLUGIN_NAME_TAKEN.*plugin hillas/],
    [['image-cleaner', 'tailcuts'], 2, /PLUGIN_NAME_TAKEN.*TailcutsImageCleaner/],
    [['reconstruktor', 'mine'], 2, /expected event-source, .* found "reconstruktor"; did you mean "reconstructor"/],
    [['reconstructor', 'mine', 'full'], 2, /DIRECTORY_NOT_EMPTY.*file\.txt/],
    [['reconstructor', 'mine', 'full/file.txt/below'], 73, /DIRECTORY_UNWRITABLE/],
  ];
  for (const [args, exitCode, message] of refused) {
    it(`rejects ${args.join(' ').slice(0, 60)} with exit code ${exitCode}`, async () => {
      using folder = new TemporaryFolder();
      mkdirSync(folder.join('full'));
      writeFileSync(folder.join('full/file.txt'), '');
      const outcome = await cherenkit(['create-plugin', ...args], folder.path);
      expect(outcome.exitCode, outcome.stderr).to.equal(exitCode);
      expect(outcome.stderr.replace(/\s+/g, ' ')).to.match(message);
      expect(folder.files).to.deep.equal(['full']);
    });
  }
});

describeInstalled('plugins of each kind created by cherenkit create-plugin', () => {
  const names = KINDS.map((kind) => `my-${kind}`);
  let workshop: string;
  const tool = (command: string, ...args: string[]): ReturnType<typeof run> =>
    run(installedProgram(workshop, command), args, workshop);

  before(() => {
    workshop = pluginWorkshop();
    for (const kind of KINDS) {
      runChecked(installedProgram(workshop, 'cherenkit'), ['create-plugin', kind, `my-${kind}`], workshop);
    }
  });

  // Steps that need a compiler are run once for all plugins; a test below runs the npm scripts of one of them.
  it('compile', () => {
    const { status, stdout, stderr } = tool('tsc', '--build', ...names);
    expect(status, `${stdout}\n${stderr}`).to.equal(0);
  });

  it('pass the linter', () => {
    const { status, stdout, stderr } = tool('eslint', ...names);
    expect(status, `${stdout}\n${stderr}`).to.equal(0);
  });

  it('pass their tests', () => {
    const files = names.map((name) => `${name}/dist/${name}.test.js`);
    for (const file of files) expect(existsSync(join(workshop, file)), file).to.equal(true);
    const { status, stdout, stderr } = run(process.execPath, ['--test', '--test-reporter=tap', ...files], workshop);
    expect(status, `${stdout}\n${stderr}`).to.equal(0);
    const passed = Number(/^# pass (\d+)$/m.exec(stdout)?.[1]);
    expect(passed).to.be.above(5 * names.length);
  });

  for (const name of names) {
    it(`${name}: runs its example`, () => {
      const folder = join(workshop, name);
      runChecked(installedProgram(workshop, 'cherenkit'), ['plugins', 'manifest'], folder);
      const start = `PATH="${join(workshop, 'node_modules', '.bin')}:$PATH" ${readPackage(folder).scripts['start']}`;
      const { status, stdout, stderr } = run('sh', ['-c', start], folder);
      expect(status, `${stdout}\n${stderr}`).to.equal(0);
    });
  }

  it('can be installed with npm, built, tested, linted and run', () => {
    // Cherenkit is installed from files; the plugin installs the same ones, in a folder that need not be below.
    const folder = join(newFolder('plugins'), 'alone');
    const create = ['--no-install', 'cherenkit', 'create-plugin', 'reconstructor', 'alone', folder];
    runChecked('npx', create, installedCherenkit());
    runChecked('npm', ['install', ...INSTALL_OPTIONS], folder);
    for (const args of [['test'], ['run', 'lint'], ['start']]) {
      const { status, stdout, stderr } = run('npm', args, folder);
      expect(status, `npm ${args.join(' ')}:\n${stdout}\n${stderr}`).to.equal(0);
    }
  });
});
