import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { CherenkitError, ExitCode } from '@cherenkit/core';
import { PACKAGE_ROOT } from '../package-root.js';

/**
 * Finds the packages of Cherenkit that a new plugin installs from local files, such as those of `npm run pack`: the ones in a
 * given folder, or those that the project around the plugin or the project of the running cherenkit has installed, or those
 * packed in the clone that cherenkit runs from.
 *
 * @param directory - folder of the new plugin
 * @param packed - folder of packed packages
 * @returns `file:` specifiers relative to `directory` by package name; empty for packages installed from a registry
 * @throws CherenkitError PACKED_PACKAGES_MISSING
 */
export function localPackages(directory: string, packed?: string): Record<string, string> {
  const files = packed === undefined ? installedFiles(directory) : packedFiles(resolve(packed));
  if (packed !== undefined && files.size === 0) {
    const message = `${packed} contains no packages of Cherenkit (cherenkit-*.tgz); \`npm run pack\` in a clone of Cherenkit makes them.`;
    throw new CherenkitError('PACKED_PACKAGES_MISSING', ExitCode.USAGE, message);
  }
  const specifiers = [...files].map(([name, file]) => [name, `file:${relative(directory, file).replaceAll(sep, '/')}`]);
  return Object.fromEntries(specifiers) as Record<string, string>;
}

function installedFiles(directory: string): ReadonlyMap<string, string> {
  const around = findParentProject(directory);
  const beside = dirname(PACKAGE_ROOT); // node_modules, or packages of a clone
  const own = basename(beside) === 'node_modules' ? dependencyFiles(dirname(beside)) : undefined;
  const found = around === undefined ? new Map<string, string>() : dependencyFiles(around);
  return found.size > 0 ? found : (own ?? packedFiles(join(beside, '..', 'tarballs')));
}

/** Packages among the dependencies of a project that are installed from files. */
function dependencyFiles(project: string): Map<string, string> {
  const { dependencies, devDependencies } = readPackageJson(project);
  const found = new Map<string, string>();
  for (const [name, range] of Object.entries({ ...devDependencies, ...dependencies })) {
    if (!/^(cherenkit$|@cherenkit\/)/.test(name) || !range.startsWith('file:')) continue;
    found.set(name, resolve(project, range.slice('file:'.length)));
  }
  return found;
}

/** Packed packages in a folder; empty if it does not exist. */
function packedFiles(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    const match = /^cherenkit(?:-([a-z]\w*(?:-[a-z]\w*)*))?-\d.*\.tgz$/.exec(file);
    if (!match) continue;
    const [, name] = match;
    found.set(name === undefined ? 'cherenkit' : `@cherenkit/${name}`, join(folder, file));
  }
  return found;
}

interface PackageJson {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Reads package.json; an unreadable one counts as empty. */
function readPackageJson(folder: string): PackageJson {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
  } catch {
    return {};
  }
}

/** Nearest parent folder with a package.json. */
function findParentProject(directory: string): string | undefined {
  const folder = dirname(directory);
  if (folder === directory) return undefined;
  return existsSync(join(folder, 'package.json')) ? folder : findParentProject(folder);
}
