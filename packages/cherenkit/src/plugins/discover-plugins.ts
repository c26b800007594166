import { dirname, resolve } from 'node:path';
import { checkManifest, describePluginFailure, formatPosition, namedPlugins } from '@cherenkit/core/internal';
import {
  CherenkitError,
  ExitCode,
  PluginRegistry,
  type ConfigLayer,
  type InstalledPlugin,
  type PluginFailure,
} from '@cherenkit/core';
import { builtInPlugins } from './built-in-plugins.js';
import { findPluginPackages, type FoundPackage } from './find-plugin-packages.js';
import { importFile } from './import-file.js';

/** Which plugins a run may use, beside those that come with cherenkit. */
export interface PluginChoice {
  /** The configuration: what it names below `plugins`, and what is installed where its files lie. */
  readonly layers?: readonly ConfigLayer[];
  /** Paths of packages, or names of installed ones: what `--plugin` gives. */
  readonly plugins?: readonly string[] | undefined;
  /** False for the plugins that are named and no others. */
  readonly discovery?: boolean | undefined;
  /** The working directory. */
  readonly cwd?: string;
}

/**
 * All plugins that are there, by their manifests. What cannot be read is remembered in the registry.
 *
 * Of several packages with one name the first found is used, but one that the user names takes the place of one that
 * was found.
 *
 * @throws CherenkitError PLUGIN_UNUSABLE for a plugin that the user names and that is none
 */
export async function discoverPlugins(choice: PluginChoice = {}): Promise<PluginRegistry> {
  const registry = await collectPlugins(choice);
  const named = registry.failures.find(({ isNamed }) => isNamed);
  if (!named) return registry;
  const message = `${named.foundBy}: ${describePluginFailure(named)}`;
  throw new CherenkitError('PLUGIN_UNUSABLE', ExitCode.USAGE, message);
}

/** The same, where the plugins themselves are what one wants to know of: named ones that are none are remembered, too. */
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
    const plugin = await installed(each);
    if ('reason' in plugin) failures.push(plugin);
    else if (each.isNamed || !byName.has(plugin.packageName ?? '')) byName.set(plugin.packageName ?? '', plugin);
  }
  return new PluginRegistry([...byName.values()], failures);
}

async function installed(found: FoundPackage): Promise<InstalledPlugin | PluginFailure> {
  const { plugin, directory, foundBy, isNamed } = found;
  if (!plugin) return { name: directory, foundBy, isNamed, reason: found.reason ?? 'it is no plugin' };
  const { packageName, version, apiVersion, mainFile } = plugin;
  const checked = await checkManifest(plugin.manifest);
  if ('fault' in checked) {
    const reason = `its manifest is damaged: ${checked.fault}; \`cherenkit plugins manifest\` writes it anew`;
    return { name: packageName, location: directory, foundBy, isNamed, reason };
  }
  return {
    manifest: checked.manifest,
    packageName,
    ...(version !== undefined && { version }),
    location: directory,
    foundBy,
    apiVersion,
    load: () => importFile(mainFile),
  };
}
