import { dirname, resolve } from 'node:path';
import {
  CherenkitError,
  describePluginFailure,
  ExitCode,
  formatPosition,
  isManifest,
  manifestFault,
  namedPlugins,
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
export function discoverPlugins(choice: PluginChoice = {}): PluginRegistry {
  const registry = surveyPlugins(choice);
  const named = registry.failures.find(({ isNamed }) => isNamed);
  if (!named) return registry;
  const message = `${named.foundBy}: ${describePluginFailure(named)}`;
  throw new CherenkitError('PLUGIN_UNUSABLE', ExitCode.USAGE, message);
}

/** The same, where the plugins themselves are what one wants to know of: named ones that are none are remembered, too. */
export function surveyPlugins({ layers = [], plugins, discovery, cwd = process.cwd() }: PluginChoice): PluginRegistry {
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
    const plugin = installed(each);
    if ('reason' in plugin) failures.push(plugin);
    else if (each.isNamed || !byName.has(plugin.packageName ?? '')) byName.set(plugin.packageName ?? '', plugin);
  }
  return new PluginRegistry([...byName.values()], failures);
}

function installed({ plugin, directory, foundBy, isNamed, reason }: FoundPackage): InstalledPlugin | PluginFailure {
  if (!plugin) return { name: directory, foundBy, isNamed, reason: reason ?? 'it is no plugin' };
  const { packageName, version, apiVersion, manifest, mainFile } = plugin;
  if (!isManifest(manifest)) {
    const fault = `its manifest is damaged: ${manifestFault(manifest)}; \`cherenkit plugins manifest\` writes it anew`;
    return { name: packageName, location: directory, foundBy, isNamed, reason: fault };
  }
  return {
    manifest,
    packageName,
    ...(version !== undefined && { version }),
    location: directory,
    foundBy,
    apiVersion,
    load: () => importFile(mainFile),
  };
}
