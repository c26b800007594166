import { spawnSync } from 'node:child_process';
import { basename, dirname, resolve } from 'node:path';
import { messageOf } from '@cherenkit/errors';
import {
  checkManifest,
  describePluginFailure,
  formatPosition,
  isComponentKind,
  isPlugin,
  manifestOf,
  namedPlugins,
} from '@cherenkit/core/internal';
import {
  CherenkitError,
  definePlugin,
  ExitCode,
  PluginRegistry,
  type ComponentClass,
  type Plugin,
  type ConfigLayer,
  type InstalledPlugin,
  type PluginFailure,
} from '@cherenkit/core';
import { builtInPlugins } from './built-in-plugins.js';
import { findPluginInStack } from './find-plugin-in-stack.js';
import { findPluginPackages, type FoundPackage } from './find-plugin-packages.js';
import { addSingleFilePlugin } from './single-file-plugins.js';
import { importFile } from './import-file.js';

/** Selection of external plugins. Built-in plugins are always available. */
export interface PluginChoice {
  /** Configuration; the plugins listed under `plugins` are used, and plugins installed near its files are found. */
  readonly layers?: readonly ConfigLayer[];
  /** Folders or names of packages, as given with `--plugin`. */
  readonly plugins?: readonly string[] | undefined;
  /** Whether to use installed plugins and those listed in configurations, in addition to `plugins`. Default: true. */
  readonly discovery?: boolean | undefined;
  /** Working directory. Default: that of the process. */
  readonly cwd?: string;
}

/**
 * Finds all plugins and reads their manifests. Plugins that cannot be used are recorded as failures of the registry.
 *
 * If several packages have the same name, explicitly named packages take precedence, then the first one found.
 *
 * @throws CherenkitError PLUGIN_UNUSABLE if a plugin named by the user cannot be used
 */
export async function discoverPlugins(choice: PluginChoice = {}): Promise<PluginRegistry> {
  const registry = await collectPlugins(choice);
  const failure = registry.failures.find(({ isNamed }) => isNamed);
  if (!failure) return registry;
  const message = `${failure.foundBy}: ${describePluginFailure(failure)}`;
  throw new CherenkitError('PLUGIN_UNUSABLE', ExitCode.USAGE, message);
}

/** Finds all plugins like `discoverPlugins`, but records named plugins that cannot be used as failures as well. */
export async function collectPlugins(choice: PluginChoice): Promise<PluginRegistry> {
  const { layers = [], plugins, discovery, cwd = process.cwd() } = choice;
  const configured = layers.flatMap((layer) =>
    namedPlugins(layer).map(({ name, at }) => ({
      name,
      place: formatPosition(at),
      folder: layer.file === undefined ? cwd : dirname(resolve(cwd, layer.file)),
    })),
  );
  const configFiles = layers.flatMap(({ file }) => (file === undefined ? [] : [file]));
  const found = findPluginPackages({ plugins, configured, configFiles, discovery, cwd });
  const builtIn = builtInPlugins();
  const byName = new Map(builtIn.map((plugin) => [plugin.packageName ?? '', plugin]));
  const failures: PluginFailure[] = [];
  for (const each of found) {
    const plugin = await checkPackage(each);
    if ('reason' in plugin) failures.push(plugin);
    else if (each.isNamed || !byName.has(plugin.packageName ?? ''))
      byName.set(plugin.packageName ?? plugin.location ?? '', plugin);
  }
  return new PluginRegistry([...byName.values()], failures);
}

async function checkPackage(found: FoundPackage): Promise<InstalledPlugin | PluginFailure> {
  const { plugin, directory, foundBy, isNamed, file } = found;
  if (file !== undefined) return await importedFile(found, file);
  if (!plugin) return { name: directory, foundBy, isNamed, reason: found.reason ?? 'it is not a plugin' };
  const { packageName, version, apiVersion, mainFile } = plugin;
  const checked = await checkManifest(plugin.manifest);
  if ('fault' in checked) {
    const reason = `its manifest is invalid: ${checked.fault}; run \`cherenkit plugins manifest\` to rewrite it`;
    return { name: packageName, location: directory, foundBy, isNamed, reason };
  }
  return {
    manifest: checked.manifest,
    packageName,
    ...(version !== undefined && { version }),
    location: directory,
    foundBy,
    isNamed,
    apiVersion,
    load: () => importFile(mainFile),
  };
}

/**
 * Imports a single file as a plugin: without a manifest, its code has to run before the configuration is checked. Its default
 * export is the result of `definePlugin`, or a component class.
 */
async function importedFile(
  { foundBy, isNamed }: FoundPackage,
  file: string,
): Promise<InstalledPlugin | PluginFailure> {
  const name = basename(file).replace(/\.[cm]?js$/, '');
  const place = { location: file, foundBy, isNamed };
  addSingleFilePlugin(file, name);
  let module: Readonly<Record<string, unknown>>;
  try {
    module = await importFile(file);
  } catch (cause) {
    return { ...place, name, reason: importReason(cause, file) };
  }
  try {
    const plugin = pluginOf(module, name);
    if (!plugin) return { ...place, name, reason: NO_COMPONENT };
    const checked = await checkManifest(manifestOf(plugin));
    if ('fault' in checked) return { ...place, name, reason: checked.fault };
    return { ...place, manifest: checked.manifest, load: () => Promise.resolve({ default: plugin }) };
  } catch (cause) {
    return { ...place, name, reason: `it declares an invalid plugin: ${messageOf(cause)}` };
  }
}

const NO_COMPONENT =
  'it has no plugin or component as default export; write `export default class MyCleaner extends ImageCleaner`';

function pluginOf(module: Readonly<Record<string, unknown>>, name: string): Plugin | undefined {
  if (isPlugin(module['default'])) return module['default'];
  const classes = Object.values(module).filter(isComponentKind) as ComponentClass[];
  return classes.length > 0 ? definePlugin({ name, apiVersion: 1, components: [...new Set(classes)] }) : undefined;
}

/** Why a file cannot be imported. Declarations are checked by core while the code of the file runs. */
function importReason(cause: unknown, file: string): string {
  const reason = messageOf(cause);
  if (cause instanceof SyntaxError) {
    const remedy = isReadAsCommonJs(reason, file) ? `; rename it to ${basename(file, '.js')}.mjs` : '';
    return `it cannot be imported: ${reason}${syntaxErrorLine(file)}${remedy}`;
  }
  if (/Cannot find package '@cherenkit\//.test(reason)) {
    return `it cannot be imported: ${reason}; install it beside the file: npm install @cherenkit/core`;
  }
  const isDeclaration = cause instanceof Error && findPluginInStack(cause.stack ?? '')?.isInnermost === false;
  return `${isDeclaration ? 'it declares an invalid plugin' : 'it cannot be imported'}: ${reason}`;
}

/** Whether an ES module has an extension that Node.js takes for CommonJS, by the nearest package.json. */
function isReadAsCommonJs(reason: string, file: string): boolean {
  return file.endsWith('.js') && /outside a module|token 'export'|import\.meta/.test(reason);
}

/** Position of the syntax error of a file, which the error itself does not have: ` (line 3)`. Empty if the file has none. */
function syntaxErrorLine(file: string): string {
  const { stderr } = spawnSync(process.execPath, ['--check', file], { encoding: 'utf8' });
  const [, line] = /^.*:(\d+)\r?\n/.exec(stderr) ?? [];
  return line === undefined ? '' : ` (line ${line})`;
}
