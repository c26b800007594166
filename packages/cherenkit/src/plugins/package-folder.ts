import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** What a package.json may tell that matters for plugins; nothing of it is certain before it was looked at. */
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
 * The package.json of a folder.
 *
 * @returns undefined where the folder has none
 * @throws Error for one that is no JSON object
 */
export function readPackageJson(directory: string): PackageJson | undefined {
  const path = join(directory, 'package.json');
  if (!existsSync(path)) return undefined;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(`${path} is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content;
  throw new Error(`${path} holds no object`);
}

/** The nearest folder with a package.json, from a folder upwards. */
export function nearestPackageFolder(from: string): string | undefined {
  return upwards(from).find((folder) => existsSync(join(folder, 'package.json')));
}

/** The folder of an installed package, as Node would find it from a folder. */
export function installedPackageFolder(name: string, from: string): string | undefined {
  return upwards(from)
    .map((folder) => join(folder, 'node_modules', name))
    .find((folder) => existsSync(join(folder, 'package.json')));
}

/** The names of the packages that a package asks for, those for its development among them. */
export function dependencyNames(content: PackageJson): string[] {
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = content;
  const all = [dependencies, devDependencies, optionalDependencies, peerDependencies];
  return [...new Set(all.flatMap((group) => (typeof group === 'object' && group !== null ? Object.keys(group) : [])))];
}

/**
 * The folders of the packages that were installed on purpose beside a package: what the package.json above their
 * node_modules asks for, or, where there is none, as with `npm install --global`, all that lie there.
 */
export function siblingPackageFolders(directory: string): string[] {
  const nodeModules = upwards(dirname(realpathSync(directory))).find((folder) => basename(folder) === 'node_modules');
  if (nodeModules === undefined) return [];
  const owner = dirname(nodeModules);
  const content = readPackageJson(owner);
  const names = content ? dependencyNames(content) : listedNames(nodeModules);
  return names.map((name) => join(nodeModules, name)).filter((folder) => existsSync(join(folder, 'package.json')));
}

/** A folder and all above it. */
function upwards(from: string): string[] {
  const folders = [resolve(from)];
  for (let folder = resolve(from); dirname(folder) !== folder; folder = dirname(folder)) folders.push(dirname(folder));
  return folders;
}

function listedNames(nodeModules: string): string[] {
  const names = readdirSync(nodeModules).filter((name) => !name.startsWith('.'));
  return names.flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(nodeModules, name)).map((inner) => `${name}/${inner}`) : [name],
  );
}
