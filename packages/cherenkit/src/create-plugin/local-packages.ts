import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/**
 * Finds the packages of Cherenkit that the project around a new plugin has installed from local files, such as those of
 * `npm run pack`. The plugin installs the same files.
 *
 * @param directory - folder of the new plugin
 * @returns `file:` specifiers relative to `directory` by package name; empty for packages installed from a registry
 */
export function localPackages(directory: string): Record<string, string> {
  const project = findParentProject(directory);
  if (project === undefined) return {};
  const { dependencies, devDependencies } = readPackageJson(project);
  const found: Record<string, string> = {};
  for (const [name, range] of Object.entries({ ...devDependencies, ...dependencies })) {
    if (!/^(cherenkit$|@cherenkit\/)/.test(name) || !range.startsWith('file:')) continue;
    const file = resolve(project, range.slice('file:'.length));
    found[name] = `file:${relative(directory, file).replaceAll(sep, '/')}`;
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
