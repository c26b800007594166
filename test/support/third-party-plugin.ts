import { cpSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { formatManifest, manifestOf } from '@cherenkit/core/internal';
import type { Plugin } from '@cherenkit/core';
import { REPOSITORY_ROOT } from './repository-root.js';

/** The package of a third-party plugin to write to a folder. */
export interface ThirdPartyPlugin {
  readonly packageName: string;
  /** The JavaScript code of its main module. */
  readonly code: string;
  readonly apiVersion?: string;
  /** Replaces the manifest created from the code; null for no manifest. */
  readonly manifest?: string | null;
  /** The code from which the manifest is created, by default that of the plugin. */
  readonly manifestCode?: string;
  /** Whether it has its own copies of core and of the packages that core needs. */
  readonly ownCore?: boolean;
}

/** Writes a plugin to a folder, with a link to core as installed by npm. @returns the folder */
export async function writePackage(directory: string, plugin: ThirdPartyPlugin): Promise<string> {
  const { packageName, code, apiVersion = '^1.0', manifest, manifestCode = code, ownCore = false } = plugin;
  mkdirSync(join(directory, 'node_modules', '@cherenkit'), { recursive: true });
  const core = join(directory, 'node_modules', '@cherenkit', 'core');
  const original = join(REPOSITORY_ROOT, 'packages', 'core');
  if (ownCore) {
    for (const part of ['dist', 'package.json']) cpSync(join(original, part), join(core, part), { recursive: true });
    const { dependencies } = JSON.parse(readFileSync(join(original, 'package.json'), 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    for (const name of Object.keys(dependencies)) {
      const [from, to] = [join(REPOSITORY_ROOT, 'node_modules', name), join(directory, 'node_modules', name)];
      if (name.startsWith('@cherenkit/')) {
        for (const part of ['dist', 'package.json']) cpSync(join(from, part), join(to, part), { recursive: true });
      } else {
        link(from, to);
      }
    }
  } else {
    symlinkSync(original, core);
  }
  const content = {
    name: packageName,
    version: '1.2.3',
    type: 'module',
    exports: { '.': './index.js' },
    cherenkit: { apiVersion, manifest: './cherenkit-manifest.json' },
    peerDependencies: { '@cherenkit/core': '*' },
  };
  writeFileSync(join(directory, 'package.json'), JSON.stringify(content));
  writeFileSync(join(directory, 'index.js'), code);
  writeFileSync(join(directory, 'made-of.js'), manifestCode);
  const text = manifest === undefined ? await manifestText(join(directory, 'made-of.js')) : manifest;
  if (text !== null) writeFileSync(join(directory, 'cherenkit-manifest.json'), text);
  return realpathSync(directory);
}

async function manifestText(file: string): Promise<string> {
  const { default: plugin } = (await import(pathToFileURL(file).href)) as { default: Plugin };
  return formatManifest(manifestOf(plugin));
}

/** Makes these packages dependencies of the one in `project`. @param packages - folders by package name */
export function install(project: string, packages: Readonly<Record<string, string>>): void {
  mkdirSync(project, { recursive: true });
  const dependencies = Object.fromEntries(Object.keys(packages).map((name) => [name, '*']));
  writeFileSync(join(project, 'package.json'), JSON.stringify({ dependencies }));
  for (const [name, directory] of Object.entries(packages)) link(directory, join(project, 'node_modules', name));
}

/** Creates a symbolic link and its parent folders. */
export function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

/** The code of a plugin with a reconstructor. @param body - of its method `reconstruct` */
export function reconstructorCode(plugin: string, className: string, body: string, imports = ''): string {
  return `
import { definePlugin, Reconstructor, ReconstructedGeometryContainer, trait${imports} } from '@cherenkit/core';
class ${className} extends Reconstructor.withTraits({
  minTelescopes: trait.integer({ default: 2, minimum: 2, help: 'Fewest images a fit needs.' }),
}) {
  static help = 'A third-party reconstructor.';
  resultClasses = { GEOMETRY: ReconstructedGeometryContainer };
  reconstruct(event) { ${body} }
}
export default definePlugin({ name: '${plugin}', apiVersion: 1, components: [${className}] });
`;
}

/** A body of `reconstruct` that gives all events the same direction. */
export const FIXED_DIRECTION = `event.dl2.stereo.geometry.set(this.name, new ReconstructedGeometryContainer({
  alt: 1.2, az: 0.1, coreX: 10, coreY: -20, isValid: true, telescopes: [...event.dl1.tel.keys()] }));`;
