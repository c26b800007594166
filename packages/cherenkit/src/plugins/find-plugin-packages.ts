import { messageOf } from '@cherenkit/errors';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { PluginFailure } from '@cherenkit/core';
import { PACKAGE_ROOT } from '../package-root.js';
import {
  dependencyNames,
  installedPackageFolder,
  nearestPackageFolder,
  siblingPackageFolders,
  readPackageJson,
} from './package-folder.js';
import { readPluginPackage, type PluginPackage } from './plugin-package.js';

/** Where to search for plugins. */
export interface PluginLocations {
  /** Folders or names of packages, as given with `--plugin`. */
  readonly plugins?: readonly string[] | undefined;
  /** Plugins listed in configurations, with the position for messages and the folder that paths are relative to. */
  readonly configured?: readonly { readonly name: string; readonly place: string; readonly folder: string }[];
  /** Paths of configuration files. */
  readonly configFiles?: readonly string[];
  /** Whether to use installed plugins and those listed in configurations, in addition to `plugins`. Default: true. */
  readonly discovery?: boolean | undefined;
  /** Working directory. Default: that of the process. */
  readonly cwd?: string;
}

/** Package of a plugin, or a package that cannot be used as a plugin. */
export interface FoundPackage {
  /** How it was found, for messages: `dependency of /home/me/package.json`. */
  readonly foundBy: string;
  /** Whether the user named it explicitly. */
  readonly isNamed: boolean;
  readonly directory: string;
  /** Undefined if the package cannot be used as a plugin. */
  readonly plugin?: PluginPackage;
  /** Path of a single JavaScript file, used as a plugin without package.json and manifest. */
  readonly file?: string;
  /** Why it cannot be used. */
  readonly reason?: string;
}

/**
 * Searches for plugins, in this order: packages installed beside cherenkit; for each configuration file and the working
 * directory, the package of the nearest package.json and its dependencies; plugins listed in configurations; plugins given
 * with `--plugin`. Reads package.json and manifest files only. Each folder is returned once.
 */
export function findPluginPackages(places: PluginLocations): FoundPackage[] {
  const { plugins = [], configured = [], configFiles = [], discovery = true, cwd = process.cwd() } = places;
  const found: FoundPackage[] = [];
  if (discovery) {
    for (const directory of siblingFolders()) {
      found.push(...readPackage(directory, 'beside cherenkit'));
    }
    for (const from of [...configFiles.map((file) => dirname(resolve(cwd, file))), cwd]) {
      found.push(...dependenciesOf(from));
    }
  }
  for (const { name, place, folder } of configured) {
    found.push(discovery ? namedPackage(name, [folder, cwd], place) : excludedPackage(name, [folder, cwd], place));
  }
  for (const name of plugins) found.push(namedPackage(name, [cwd], '--plugin'));
  return [...new Map(found.map((each) => [each.directory, each] as const)).values()];
}

function dependenciesOf(from: string): FoundPackage[] {
  const owner = nearestPackageFolder(from);
  if (owner === undefined) return [];
  const path = join(owner, 'package.json');
  let names: string[];
  try {
    names = dependencyNames(readPackageJson(owner) ?? {});
  } catch (cause) {
    return [{ directory: owner, foundBy: 'nearest package.json', isNamed: false, reason: messageOf(cause) }];
  }
  return [
    ...readPackage(owner, 'nearest package.json'),
    ...names.flatMap((name) => {
      const directory = installedPackageFolder(name, owner);
      return directory === undefined ? [] : readPackage(directory, `dependency of ${path}`);
    }),
  ];
}

/** Reads the package of a plugin; returns an empty list for other packages. */
function readPackage(directory: string, foundBy: string): FoundPackage[] {
  const place = { directory: realpathSync(directory), foundBy, isNamed: false };
  try {
    const plugin = readPluginPackage(directory);
    return plugin ? [{ ...place, plugin }] : [];
  } catch (cause) {
    return [{ ...place, reason: messageOf(cause) }];
  }
}

/** Finds a package that the user named, by its path or by the name of an installed package. */
function namedPackage(name: string, folders: readonly string[], foundBy: string): FoundPackage {
  const directory = folderOf(name, folders);
  const place = { foundBy, isNamed: true };
  if (directory === undefined) {
    const [folder = ''] = folders;
    const reason = `found neither a folder ${resolve(folder, name)} nor an installed package of that name`;
    return { ...place, directory: name, reason };
  }
  if (!statSync(directory).isDirectory()) {
    if (/\.[cm]?js$/.test(directory)) return { ...place, directory, file: directory };
    if (/\.[cm]?tsx?$/.test(directory)) {
      const reason =
        'it is TypeScript; compile it (npx tsc) and give the JavaScript file, or write it in JavaScript (.mjs)';
      return { ...place, directory, reason };
    }
    const remedy = /\.tgz$|\.tar/.test(name) ? `; install it (npm install ${name}) and give its name` : '';
    return { ...place, directory, reason: `expected the folder of a package or a JavaScript file${remedy}` };
  }
  const [found] = readPackage(directory, foundBy);
  if (found) return { ...found, isNamed: true };
  const reason = existsSync(join(directory, 'package.json'))
    ? `${join(directory, 'package.json')} has no "cherenkit" entry, so it is not a plugin`
    : `${directory} has no package.json`;
  return { ...place, directory, reason };
}

const EXCLUDED = '--no-discovery excludes plugins that only a configuration names';

/** Warnings of the plugins that are not used because of `--no-discovery`, although a configuration lists them. */
export function ignoredPlugins(failures: readonly PluginFailure[]): string[] {
  const excluded = failures.filter(({ reason }) => reason.startsWith(EXCLUDED));
  return excluded.map(({ name, foundBy, reason }) => `${foundBy}: plugin ${name} is ignored: ${reason}`);
}

/** A plugin listed in a configuration, which may come from elsewhere: without discovery its code must not run. */
function excludedPackage(name: string, folders: readonly string[], foundBy: string): FoundPackage {
  const reason = `${EXCLUDED}; add --plugin ${name} to use it`;
  return { directory: folderOf(name, folders) ?? name, foundBy, isNamed: false, reason };
}

function folderOf(name: string, folders: readonly string[]): string | undefined {
  const isPath = isAbsolute(name) || /^\.{1,2}(?:[\\/]|$)/.test(name);
  for (const folder of folders) {
    const path = resolve(folder, name);
    const found = (isPath ? undefined : installedPackageFolder(name, folder)) ?? (existsSync(path) ? path : undefined);
    if (found !== undefined) return realpathSync(found);
  }
  return undefined;
}

/** Folders installed beside cherenkit. Errors are ignored: the user may not control the folders above an installation. */
function siblingFolders(): string[] {
  try {
    return siblingPackageFolders(PACKAGE_ROOT);
  } catch {
    return [];
  }
}
