import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CherenkitError, ExitCode } from '@cherenkit/core';
import { ownVersion, PACKAGE_ROOT } from '../package-root.js';
import { builtInPlugins } from '../plugins/built-in-plugins.js';
import { localPackages } from './local-packages.js';
import { PLUGIN_KINDS, type PluginKindName } from './plugin-kinds.js';
import { pluginNames, type PluginNames } from './plugin-names.js';
import { pluginPackageJson } from './plugin-package-json.js';

/** A package that was written. */
export interface CreatedPlugin extends PluginNames {
  readonly directory: string;
  /** Relative to that. */
  readonly files: readonly string[];
}

const TEMPLATES = join(PACKAGE_ROOT, 'templates');

/**
 * Writes the package of a new plugin: its component with a test and an example, ready to be installed and built.
 *
 * @param directory - where; by default a folder of the package's name. It is made if it is not there, and must be empty
 * @throws CherenkitError for a name that npm or Cherenkit cannot have, a folder with something in it (exit 2), or one
 *   that cannot be written (exit 73)
 */
export function createPlugin(kind: PluginKindName, packageName: string, directory?: string): CreatedPlugin {
  const { className, start } = PLUGIN_KINDS[kind];
  const names = pluginNames(packageName, className);
  checkNameIsFree(names);
  const target = resolve(directory ?? packageName.replace(/^@[^/]+\//, ''));
  makeEmptyFolder(target);

  const files = new Map<string, string>();
  for (const folder of [join(TEMPLATES, 'package'), join(TEMPLATES, 'kinds', kind)]) {
    for (const file of readdirSync(folder)) {
      files.set(placeOf(file, names), filled(readFileSync(join(folder, file), 'utf8'), names));
    }
  }
  const source = files.get(join('src', `${names.fileName}.ts`)) ?? '';
  const description = /static override readonly help = '(.*)';/.exec(source)?.[1] ?? `A plugin of Cherenkit.`;
  const usesKernels = [...files.values()].some((text) => text.includes("'@cherenkit/kernels'"));
  const content = pluginPackageJson(names, description, filled(start, names), ownVersion(), {
    usesKernels,
    localPackages: localPackages(target),
  });
  files.set('package.json', `${JSON.stringify(content, undefined, 2)}\n`);
  write(target, files);
  return { ...names, directory: target, files: [...files.keys()].sort() };
}

/** Files whose own names would mean something where the templates lie: npm would not pack the one, eslint obey the other. */
const RENAMED: Readonly<Record<string, string>> = { gitignore: '.gitignore', 'eslint.config': 'eslint.config.js' };

/** Where a file of the templates goes: code below src. */
function placeOf(file: string, { fileName }: PluginNames): string {
  return file.endsWith('.ts') ? join('src', file.replace('component', fileName)) : (RENAMED[file] ?? file);
}

function filled(text: string, { packageName, pluginName, className, fileName }: PluginNames): string {
  return text
    .replaceAll('TemplateComponent', className)
    .replaceAll('template-component', fileName)
    .replaceAll('template-command', fileName.replace(/-tool$/, ''))
    .replaceAll('template-package', packageName)
    .replaceAll('template-plugin', pluginName)
    .replaceAll('TEMPLATE_', `${pluginName.replace(/[^a-z0-9]+/g, '_').toUpperCase()}_`);
}

/** Two plugins, or two components, of one name would have to be told apart ever after. */
function checkNameIsFree({ packageName, pluginName, className }: PluginNames): void {
  for (const { manifest } of builtInPlugins()) {
    const taken =
      manifest.name === pluginName ? `plugin ${pluginName}` : className in manifest.components ? className : undefined;
    if (taken === undefined) continue;
    const message = `${packageName} would bring another ${taken}; choose another name, such as my-${pluginName}.`;
    throw new CherenkitError('PLUGIN_NAME_TAKEN', ExitCode.USAGE, message);
  }
}

function makeEmptyFolder(directory: string): void {
  let files: string[];
  try {
    mkdirSync(directory, { recursive: true });
    files = readdirSync(directory);
  } catch (cause) {
    throw unwritable(directory, cause);
  }
  if (files.length === 0) return;
  const message = `${directory} is not empty (${files.slice(0, 3).join(', ')}${files.length > 3 ? ', ...' : ''}); name another folder.`;
  throw new CherenkitError('DIRECTORY_NOT_EMPTY', ExitCode.USAGE, message);
}

function write(directory: string, files: ReadonlyMap<string, string>): void {
  try {
    mkdirSync(join(directory, 'src'), { recursive: true });
    for (const [file, text] of files) writeFileSync(join(directory, file), text);
  } catch (cause) {
    throw unwritable(directory, cause);
  }
}

function unwritable(directory: string, cause: unknown): CherenkitError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `${directory} cannot be written (${reason}); name another folder.`;
  return new CherenkitError('DIRECTORY_UNWRITABLE', ExitCode.CANNOT_CREATE, message, { cause });
}
