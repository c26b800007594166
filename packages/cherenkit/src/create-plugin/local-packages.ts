import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/**
 * The packages of Cherenkit that a folder above has installed from files, such as those of `npm run pack`: a new plugin
 * installs the same files. Nothing where they come from a registry.
 *
 * @param directory - of the new plugin
 * @returns for each package, `file:` and the path from there
 */
export function localPackages(directory: string): Record<string, string> {
  const project = projectAbove(directory);
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

/** A package.json that cannot be read names no files. */
function readPackageJson(folder: string): PackageJson {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
  } catch {
    return {};
  }
}

/** The nearest folder above with a package.json. */
function projectAbove(directory: string): string | undefined {
  const folder = dirname(directory);
  if (folder === directory) return undefined;
  return existsSync(join(folder, 'package.json')) ? folder : projectAbove(folder);
}
