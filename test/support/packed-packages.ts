import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY_ROOT } from './repository-root.js';

/** Whether to run the tests that pack and install all packages with their dependencies, as `.ci/run` does. */
export const WANTS_PACKAGES = process.env['CHERENKIT_TEST_PACKAGES'] === '1';

export const INSTALL_OPTIONS = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'] as const;

/** Defines a suite that is skipped unless CHERENKIT_TEST_PACKAGES is 1. */
export function describeInstalled(title: string, body: (this: Mocha.Suite) => void): void {
  const suite = WANTS_PACKAGES ? describe : describe.skip;
  suite(WANTS_PACKAGES ? title : `${title} (skipped: CHERENKIT_TEST_PACKAGES is not 1)`, function () {
    this.timeout(300_000);
    body.call(this);
  });
}

/** Runs a program with its output as text. */
export function run(command: string, args: readonly string[], cwd: string): SpawnSyncReturns<string> {
  const result = spawnSync(command, args, { cwd, encoding: 'utf8', shell: process.platform === 'win32' });
  if (result.error) throw result.error;
  return result;
}

/** The output of a program that must succeed. @throws Error with its output otherwise */
export function runChecked(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = run(command, args, cwd);
  if (status === 0) return stdout;
  throw new Error(`${command} ${args.join(' ')} ended with ${status} in ${cwd}:\n${stdout}\n${stderr}`);
}

/** The executable of a package installed below a folder. Starting it directly avoids the overhead of `npx`. */
export function installedProgram(folder: string, name: string): string {
  return join(folder, 'node_modules', '.bin', name);
}

let root: string | undefined;

/** A new folder outside the repository, removed when the process exits. */
export function newFolder(name: string): string {
  if (root === undefined) {
    const made = (root = realpathSync(mkdtempSync(join(tmpdir(), 'cherenkit-installed-'))));
    process.on('exit', () => rmSync(made, { recursive: true, force: true }));
  }
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

let tarballs: ReadonlyMap<string, string> | undefined;

/** Tarballs of the packages of this repository by package name, as published by npm, packed once per process. */
export function packedPackages(): ReadonlyMap<string, string> {
  if (tarballs) return tarballs;
  const folder = newFolder('tarballs');
  runChecked('npm', ['pack', '--workspaces', '--silent', '--pack-destination', folder], REPOSITORY_ROOT);
  const files = readdirSync(folder);
  tarballs = new Map(
    readdirSync(join(REPOSITORY_ROOT, 'packages')).map((directory) => {
      const path = join(REPOSITORY_ROOT, 'packages', directory, 'package.json');
      const { name, version } = JSON.parse(readFileSync(path, 'utf8')) as { name: string; version: string };
      const file = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
      if (!files.includes(file)) throw new Error(`${name} was not packed: there are ${files.join(', ')}`);
      return [name, join(folder, file)];
    }),
  );
  return tarballs;
}

/** Plugins that are not dependencies of cherenkit. */
const OPTIONAL = ['@cherenkit/plugin-arrow', '@cherenkit/plugin-onnx'];

let installation: string | undefined;

/** A folder in which cherenkit is installed from its packages and nothing else, once per process. */
export function installedCherenkit(): string {
  if (installation === undefined) {
    installation = newFolder('user');
    writeFileSync(join(installation, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
    const tarballs = [...packedPackages()].flatMap(([name, file]) => (OPTIONAL.includes(name) ? [] : file));
    runChecked('npm', ['install', ...INSTALL_OPTIONS, ...tarballs], installation);
  }
  return installation;
}

/** A new folder with plugins installed beside cherenkit. */
export function installedBeside(name: string, plugins: readonly string[]): string {
  const folder = newFolder(name);
  for (const part of ['package.json', 'package-lock.json', 'node_modules']) {
    cpSync(join(installedCherenkit(), part), join(folder, part), { recursive: true, verbatimSymlinks: true });
  }
  runChecked('npm', ['install', ...INSTALL_OPTIONS, ...plugins], folder);
  return folder;
}
