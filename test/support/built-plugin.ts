import { cpSync, existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY_ROOT } from './repository-root.js';
import { installedBeside, installedCherenkit, newFolder, runChecked } from './packed-packages.js';

/** Development tools of a plugin, linked from this repository, which has the versions of the templates. */
const TOOLS = ['typescript', 'typescript-eslint', 'eslint', '@eslint', '@types'];

let workshop: string | undefined;

/**
 * A folder below which plugins are built. Its node_modules contain cherenkit as installed from packages and the tools
 * of this repository, so that they need not be downloaded.
 */
export function pluginWorkshop(): string {
  if (workshop !== undefined) return workshop;
  workshop = newFolder('workshop');
  const modules = join(workshop, 'node_modules');
  cpSync(join(installedCherenkit(), 'node_modules'), modules, { recursive: true, verbatimSymlinks: true });
  for (const tool of TOOLS) {
    if (!existsSync(join(modules, tool))) symlinkSync(join(REPOSITORY_ROOT, 'node_modules', tool), join(modules, tool));
  }
  for (const [command, file] of [
    ['tsc', 'typescript/bin/tsc'],
    ['eslint', 'eslint/bin/eslint.js'],
  ] as const) {
    symlinkSync(join('..', file), join(modules, '.bin', command));
  }
  return workshop;
}

const examples = new Map<string, string>();

/** Builds and packs a plugin of test/plugin-example as its author would, once per process. @returns the tarball */
export function packedExample(name: string): string {
  const known = examples.get(name);
  if (known !== undefined) return known;
  const folder = join(pluginWorkshop(), name);
  cpSync(join(REPOSITORY_ROOT, 'test', 'plugin-example', name), folder, { recursive: true });
  const stdout = runChecked('npm', ['pack', '--silent', '--foreground-scripts=false'], folder);
  const tarball = join(folder, stdout.trim().split('\n').at(-1) ?? '');
  examples.set(name, tarball);
  return tarball;
}

let withExamples: string | undefined;

/** A folder with the plugins of test/plugin-example installed beside cherenkit, all from packages, once per process. */
export function installedExamples(): string {
  return (withExamples ??= installedBeside('examples', [
    packedExample('crossing'),
    packedExample('light-energy'),
    packedExample('image-models'),
  ]));
}
