import { systemReason } from '@cherenkit/errors';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CherenkitError, ExitCode } from '@cherenkit/core';
import { ownVersion, PACKAGE_ROOT } from '../package-root.js';
import { builtInPlugins } from '../plugins/built-in-plugins.js';
import { localPackages } from './local-packages.js';
import { PLUGIN_KINDS, PROCESS_USAGE, type PluginKind, type PluginKindName } from './plugin-kinds.js';
import { pluginNames, type PluginNames } from './plugin-names.js';
import { pluginPackageJson } from './plugin-package-json.js';

/** Package of a newly created plugin. */
export interface CreatedPlugin extends PluginNames {
  readonly directory: string;
  /** Paths relative to `directory`. */
  readonly files: readonly string[];
  /** Whether it installs the packages of Cherenkit from local files, instead of from a registry. */
  readonly isLocal: boolean;
}

const TEMPLATES = join(PACKAGE_ROOT, 'templates');

/**
 * Creates the package of a new plugin, with a component, its test and an example.
 *
 * @param directory - output directory, created if missing; must be empty. Default: the package name without its scope
 * @param packed - folder of packed packages of Cherenkit, which the plugin installs
 * @throws CherenkitError PACKED_PACKAGES_MISSING, PLUGIN_NAME_INVALID, PLUGIN_NAME_TAKEN, DIRECTORY_NOT_EMPTY, DIRECTORY_UNWRITABLE
 */
export function createPlugin(
  kind: PluginKindName,
  packageName: string,
  directory?: string,
  packed?: string,
): CreatedPlugin {
  const { className, start, usage = PROCESS_USAGE }: PluginKind = PLUGIN_KINDS[kind];
  const names = pluginNames(packageName, className);
  checkNameIsAvailable(names);
  const target = resolve(directory ?? packageName.replace(/^@[^/]+\//, ''));
  const local = localPackages(target, packed);
  makeEmptyFolder(target);

  const files = new Map<string, string>();
  for (const folder of [join(TEMPLATES, 'package'), join(TEMPLATES, 'kinds', kind)]) {
    for (const file of readdirSync(folder)) {
      const text = readFileSync(join(folder, file), 'utf8').replace('template-usage', usage);
      files.set(targetPath(file, names), fillTemplate(text, names));
    }
  }
  const source = files.get(join('src', `${names.fileName}.ts`)) ?? '';
  const description = /static override readonly help = '(.*)';/.exec(source)?.[1] ?? `A plugin of Cherenkit.`;
  const usesKernels = [...files.values()].some((text) => text.includes("'@cherenkit/kernels'"));
  const content = pluginPackageJson(names, description, fillTemplate(start, names), ownVersion(), {
    usesKernels,
    localPackages: local,
  });
  files.set('package.json', `${JSON.stringify(content, undefined, 2)}\n`);
  writeFiles(target, files);
  return { ...names, directory: target, files: [...files.keys()].sort(), isLocal: Object.keys(local).length > 0 };
}

/** Templates stored under another name: npm does not pack `.gitignore`, and eslint would apply `eslint.config.js`. */
const RENAMED: Readonly<Record<string, string>> = { gitignore: '.gitignore', 'eslint.config': 'eslint.config.js' };

/** Path of the file made from a template; code goes to src. */
function targetPath(file: string, { fileName }: PluginNames): string {
  return file.endsWith('.ts') ? join('src', file.replace('component', fileName)) : (RENAMED[file] ?? file);
}

function fillTemplate(text: string, { packageName, pluginName, className, fileName }: PluginNames): string {
  return text
    .replaceAll('TemplateComponent', className)
    .replaceAll('template-component', fileName)
    .replaceAll('template-command', fileName.replace(/-tool$/, ''))
    .replaceAll('template-package', packageName)
    .replaceAll('template-plugin', pluginName)
    .replaceAll('TEMPLATE_', `${pluginName.replace(/[^a-z0-9]+/g, '_').toUpperCase()}_`);
}

/** Rejects names of built-in plugins and components: configurations would have to qualify them. */
function checkNameIsAvailable({ packageName, pluginName, className }: PluginNames): void {
  for (const { manifest } of builtInPlugins()) {
    const taken =
      manifest.name === pluginName ? `plugin ${pluginName}` : className in manifest.components ? className : undefined;
    if (taken === undefined) continue;
    const message = `${packageName}: there is a built-in ${taken} already; choose another name, such as my-${pluginName}.`;
    throw new CherenkitError('PLUGIN_NAME_TAKEN', ExitCode.USAGE, message);
  }
}

function makeEmptyFolder(directory: string): void {
  let files: string[];
  try {
    mkdirSync(directory, { recursive: true });
    files = readdirSync(directory);
  } catch (cause) {
    throw unwritableError(directory, cause);
  }
  if (files.length === 0) return;
  const message = `${directory} is not empty (${files.slice(0, 3).join(', ')}${files.length > 3 ? ', ...' : ''}); choose another folder.`;
  throw new CherenkitError('DIRECTORY_NOT_EMPTY', ExitCode.USAGE, message);
}

function writeFiles(directory: string, files: ReadonlyMap<string, string>): void {
  try {
    mkdirSync(join(directory, 'src'), { recursive: true });
    for (const [file, text] of files) writeFileSync(join(directory, file), text);
  } catch (cause) {
    throw unwritableError(directory, cause);
  }
}

function unwritableError(directory: string, cause: unknown): CherenkitError {
  const reason = systemReason(cause);
  const message = `Cannot write to ${directory}: ${reason}. Choose another folder.`;
  return new CherenkitError('DIRECTORY_UNWRITABLE', ExitCode.CANNOT_CREATE, message, { cause });
}
