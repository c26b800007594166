import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { PACKAGE_ROOT } from '../package-root.js';
import {
  dependencyNames,
  installedPackageFolder,
  nearestPackageFolder,
  siblingPackageFolders,
  readPackageJson,
} from './package-folder.js';
import { readPluginPackage, type PluginPackage } from './plugin-package.js';

/** Where to look for plugins. */
export interface PluginPlaces {
  /** What `--plugin` names: paths of packages, or names of installed ones. */
  readonly plugins?: readonly string[] | undefined;
  /** What configurations name, with the place for messages and the folder that paths are relative to. */
  readonly configured?: readonly { readonly name: string; readonly place: string; readonly folder: string }[];
  /** Configuration files, by their paths. */
  readonly configFiles?: readonly string[];
  /** False for nothing but what is named. */
  readonly discovery?: boolean | undefined;
  /** The working directory. */
  readonly cwd?: string;
}

/** A plugin that was found, or what keeps a package from being one. */
export interface FoundPackage {
  /** What led to it, for people: `dependency of /home/me/package.json`. */
  readonly foundBy: string;
  /** The user named it. */
  readonly isNamed: boolean;
  readonly directory: string;
  /** Missing for a package that is no plugin, or a broken one. */
  readonly plugin?: PluginPackage;
  /** Why there is no plugin. */
  readonly reason?: string;
}

/**
 * Looks for plugins, in this order: beside the running cherenkit; among the dependencies of the nearest package.json
 * from each configuration file and from the working directory upwards, and this package itself; what configurations
 * name; what `--plugin` names. Only package.json and manifest files are read. A folder is told once.
 */
export function findPluginPackages(places: PluginPlaces): FoundPackage[] {
  const { plugins = [], configured = [], configFiles = [], discovery = true, cwd = process.cwd() } = places;
  const found: FoundPackage[] = [];
  if (discovery) {
    for (const directory of ignoringErrors(() => siblingPackageFolders(PACKAGE_ROOT))) {
      found.push(...look(directory, 'beside cherenkit'));
    }
    for (const from of [...configFiles.map((file) => dirname(resolve(cwd, file))), cwd]) {
      found.push(...dependenciesOf(from));
    }
  }
  for (const { name, place, folder } of configured) found.push(namedPackage(name, [folder, cwd], place));
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
    return [{ directory: owner, foundBy: 'nearest package.json', isNamed: false, reason: reasonOf(cause) }];
  }
  return [
    ...look(owner, 'nearest package.json'),
    ...names.flatMap((name) => {
      const directory = installedPackageFolder(name, owner);
      return directory === undefined ? [] : look(directory, `dependency of ${path}`);
    }),
  ];
}

/** Nothing for a package that is no plugin. */
function look(directory: string, foundBy: string): FoundPackage[] {
  const place = { directory: realpathSync(directory), foundBy, isNamed: false };
  try {
    const plugin = readPluginPackage(directory);
    return plugin ? [{ ...place, plugin }] : [];
  } catch (cause) {
    return [{ ...place, reason: reasonOf(cause) }];
  }
}

/** A package that somebody named: by its path, or by its name where it is installed. */
function namedPackage(name: string, folders: readonly string[], foundBy: string): FoundPackage {
  const directory = folderOf(name, folders);
  const place = { foundBy, isNamed: true };
  if (directory === undefined) {
    const [folder = ''] = folders;
    const reason = `there is neither a folder ${resolve(folder, name)} nor an installed package of that name`;
    return { ...place, directory: name, reason };
  }
  if (!statSync(directory).isDirectory()) {
    const remedy = /\.tgz$|\.tar/.test(name) ? `; install it (npm install ${name}) and give its name` : '';
    return { ...place, directory, reason: `expected the folder of a package${remedy}` };
  }
  const [found] = look(directory, foundBy);
  if (found) return { ...found, isNamed: true };
  const reason = existsSync(join(directory, 'package.json'))
    ? `${join(directory, 'package.json')} has no "cherenkit" entry, so it is no plugin`
    : `${directory} has no package.json`;
  return { ...place, directory, reason };
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

function ignoringErrors(look: () => string[]): string[] {
  try {
    return look();
  } catch {
    // What lies above the folder of the command is nobody's mistake who uses it.
    return [];
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
