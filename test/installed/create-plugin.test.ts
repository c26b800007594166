import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { cherenkit, EmptyFolder } from '../cherenkit/run-command.js';
import { REPOSITORY_ROOT } from '../repository-root.js';
import { pluginWorkshop } from './built-plugin.js';
import { describeInstalled, newFolder, packedPackages, run, runWell } from './packed-packages.js';

const KINDS = readdirSync(join(REPOSITORY_ROOT, 'packages', 'cherenkit', 'templates', 'kinds')).sort();

interface PackageJson {
  readonly name: string;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const readPackage = (folder: string): PackageJson =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;

describe('cherenkit create-plugin', () => {
  it('has a template for each kind that plugins can bring', () => {
    const { stdout } = cherenkit(['create-plugin', '--help'], REPOSITORY_ROOT);
    const [, options = ''] = /KIND\s+\(([^)]+)\)/.exec(stdout) ?? [];
    expect(options.replace(/\s+/g, '').split('|').sort()).to.deep.equal(KINDS);
  });

  it('writes a package of the name, below a folder of that name', () => {
    using folder = new EmptyFolder();
    const { exitCode, stdout } = cherenkit(
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

  it('uses the tools that this repository uses', () => {
    using folder = new EmptyFolder();
    cherenkit(['create-plugin', 'reconstructor', 'any', '.'], folder.path);
    const { devDependencies } = readPackage(folder.path);
    const ours = readPackage(REPOSITORY_ROOT).devDependencies;
    for (const [name, range] of Object.entries(devDependencies)) {
      if (!/cherenkit/.test(name)) expect(range.slice(1), name).to.equal(ours[name]?.replace(/^[\^~]/, ''));
    }
  });

  const refused: [string[], number, RegExp][] = [
    [['reconstructor', 'Upper'], 2, /error\[PLUGIN_NAME_INVALID\]: "Upper".*capital letters/],
    [['reconstructor', '.hidden'], 2, /PLUGIN_NAME_INVALID/],
    [['reconstructor', 'a/b'], 2, /PLUGIN_NAME_INVALID/],
    [['reconstructor', '@scope/'], 2, /PLUGIN_NAME_INVALID/],
    [['reconstructor', 'fs'], 2, /PLUGIN_NAME_INVALID.*reserved/],
    [['reconstructor', '3d'], 2, /PLUGIN_NAME_INVALID.*begin with a letter/],
    [['reconstructor', 'x'.repeat(215)], 2, /PLUGIN_NAME_INVALID.*214/],
    [['reconstructor', 'hillas'], 2, /PLUGIN_NAME_TAKEN.*plugin hillas/],
    [['image-cleaner', 'tailcuts'], 2, /PLUGIN_NAME_TAKEN.*TailcutsImageCleaner/],
    [['reconstruktor', 'mine'], 2, /Expected reconstruktor to be one of/],
    [['reconstructor', 'mine', 'full'], 2, /DIRECTORY_NOT_EMPTY.*file\.txt/],
    [['reconstructor', 'mine', 'full/file.txt/below'], 73, /DIRECTORY_UNWRITABLE/],
  ];
  for (const [args, exitCode, message] of refused) {
    it(`refuses ${args.join(' ').slice(0, 60)} with ${exitCode}`, () => {
      using folder = new EmptyFolder();
      mkdirSync(folder.join('full'));
      writeFileSync(folder.join('full/file.txt'), '');
      const outcome = cherenkit(['create-plugin', ...args], folder.path);
      expect(outcome.exitCode, outcome.stderr).to.equal(exitCode);
      expect(outcome.stderr.replace(/\s+/g, ' ')).to.match(message);
      expect(folder.files).to.deep.equal(['full']);
    });
  }
});

describeInstalled('a new plugin, beside cherenkit from its packages,', () => {
  const trials = new Map<string, Promise<string[]>>();

  before(() => {
    const workshop = pluginWorkshop();
    // A few at a time: each waits mostly for compilers that use one core.
    const lanes = Array.from({ length: Math.min(4, availableParallelism()) }, () => Promise.resolve());
    for (const [index, kind] of KINDS.entries()) {
      const lane = index % lanes.length;
      const trial = lanes[lane].then(() => failuresOf(kind, workshop));
      trials.set(kind, trial);
      lanes[lane] = trial.then(
        () => undefined,
        () => undefined,
      );
    }
  });

  for (const kind of KINDS) {
    it(`${kind}: builds, passes its tests, is linted, and runs`, async function () {
      this.timeout(900_000);
      expect(await trials.get(kind)).to.deep.equal([]);
    });
  }

  it('installs by itself with npm, from nothing but its package.json', () => {
    const folder = newFolder('alone');
    const workshop = pluginWorkshop();
    runWell('npx', ['--no-install', 'cherenkit', 'create-plugin', 'reconstructor', 'alone', folder], workshop);
    // Our packages are not in the registry before they are published: they are named by their files.
    const ours = ['cherenkit', '@cherenkit/core', '@cherenkit/kernels'].map((name) => packedPackages().get(name) ?? '');
    const others = [...packedPackages().values()].filter((file) => !ours.includes(file));
    const options = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
    runWell('npm', ['install', ...options, '--save-dev', ...ours, ...others], folder);
    const { status, stdout, stderr } = run('npm', ['test'], folder);
    expect(status, `${stdout}\n${stderr}`).to.equal(0);
  });
});

/** Makes a plugin and does with it what its author would do first. @returns what went wrong */
async function failuresOf(kind: string, workshop: string): Promise<string[]> {
  runWell('npx', ['--no-install', 'cherenkit', 'create-plugin', kind, `my-${kind}`], workshop);
  const folder = join(workshop, `my-${kind}`);
  const failures: string[] = [];
  for (const args of [['test'], ['run', 'lint'], ['start']]) {
    const { exitCode, output } = await npm(args, folder);
    if (exitCode !== 0) failures.push(`npm ${args.join(' ')} ended with ${exitCode}:\n${output}`);
    const passed = /^# pass (\d+)$/m.exec(output)?.[1] ?? /pass (\d+)/.exec(output)?.[1];
    if (args[0] === 'test' && !(Number(passed) > 5)) failures.push(`there are few tests:\n${output}`);
  }
  return failures;
}

function npm(args: readonly string[], cwd: string): Promise<{ exitCode: number | null; output: string }> {
  const child = spawn('npm', args, { cwd, shell: process.platform === 'win32' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, output }));
  });
}
