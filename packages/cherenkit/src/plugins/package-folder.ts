import { messageOf } from '@cherenkit/errors';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** Fields of package.json that are used to find plugins; not validated. */
export interface PackageJson {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly main?: unknown;
  readonly exports?: unknown;
  readonly cherenkit?: unknown;
  readonly dependencies?: unknown;
  readonly devDependencies?: unknown;
  readonly optionalDependencies?: unknown;
  readonly peerDependencies?: unknown;
}

/**
 * Reads package.json of a folder; undefined if there is none.
 *
 * @throws Error if it is not a JSON object
 */
export function readPackageJson(directory: string): PackageJson | undefined {
  const path = join(directory, 'package.json');
  if (!existsSync(path)) return undefined;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(`${path} is not valid JSON: ${messageOf(cause)}`, { cause });
  }
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content;
  throw new Error(`${path} is not a JSON object`);
}

/** Nearest folder with a package.json: a folder or one of its parents. */
export function nearestPackageFolder(from: string): string | undefined {
  return withParents(from).find((folder) => existsSync(join(folder, 'package.json')));
}

/** Folder of an installed package, by the lookup of Node.js: node_modules of a folder and of its parents. */
export function installedPackageFolder(name: string, from: string): string | undefined {
  return withParents(from)
    .map((folder) => join(folder, 'node_modules', name))
    .find((folder) => existsSync(join(folder, 'package.json')));
}

/** Names of all dependencies of a package: regular, development, optional and peer dependencies. */
export function dependencyNames(content: PackageJson): string[] {
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = content;
  const all = [dependencies, devDependencies, optionalDependencies, peerDependencies];
  return [...new Set(all.flatMap((group) => (typeof group === 'object' && group !== null ? Object.keys(group) : [])))];
}

/**
 * Folders of the packages that were installed explicitly in the same node_modules as a package: the dependencies in the
 * package.json beside node_modules or, if there is none, as with `npm install --global`, all packages.
 */
export function siblingPackageFolders(directory: string): string[] {
  const nodeModules = withParents(dirname(realpathSync(directory))).find(
    (folder) => basename(folder) === 'node_modules',
  );
  if (nodeModules === undefined) return [];
  const owner = dirname(nodeModules);
  const content = readPackageJson(owner);
  const names = content ? dependencyNames(content) : packageNames(nodeModules);
  return names.map((name) => join(nodeModules, name)).filter((folder) => existsSync(join(folder, 'package.json')));
}

/** A folder and all its parents. */
function withParents(from: string): string[] {
  const folders = [resolve(from)];
  for (let folder = resolve(from); dirname(folder) !== folder; folder = dirname(folder)) folders.push(dirname(folder));
  return folders;
}

function packageNames(nodeModules: string): string[] {
  const names = readdirSync(nodeModules).filter((name) => !name.startsWith('.'));
  return names.flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(nodeModules, name)).map((inner) => `${name}/${inner}`) : [name],
  );
}
