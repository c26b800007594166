import { messageOf } from '@cherenkit/errors';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { exports as resolveExports } from 'resolve.exports';
import { readPackageJson, type PackageJson } from './package-folder.js';

/** Package of a plugin, read from package.json and manifest without importing code. */
export interface PluginPackage {
  readonly packageName: string;
  readonly version: string | undefined;
  /** Folder of the package, with symbolic links resolved. */
  readonly directory: string;
  /** Required version range of the plugin API. */
  readonly apiVersion: string | number;
  /** Content of the manifest file; not validated. */
  readonly manifest: unknown;
  /** Path of the main module. */
  readonly mainFile: string;
}

/** A package declares a plugin but cannot be used as one. */
export class PluginPackageError extends Error {
  override readonly name = 'PluginPackageError';
}

/**
 * Reads the package of a plugin.
 *
 * @returns undefined if package.json has no `cherenkit` entry
 * @throws PluginPackageError if the entry or the manifest is missing or invalid, or the main module is missing
 */
export function readPluginPackage(directory: string): PluginPackage | undefined {
  const content = packageJson(directory);
  if (content?.cherenkit === undefined) return undefined;
  const place = join(directory, 'package.json');
  const { name, version, cherenkit } = content;
  if (typeof name !== 'string' || name === '') throw new PluginPackageError(`${place} has no name`);
  const { apiVersion, manifest } = Object(cherenkit) as { apiVersion?: unknown; manifest?: unknown };
  if (typeof apiVersion !== 'string' && typeof apiVersion !== 'number') {
    throw new PluginPackageError(`"cherenkit" in ${place} has no "apiVersion" such as "^1.0"`);
  }
  if (typeof manifest !== 'string') {
    throw new PluginPackageError(
      `"cherenkit" in ${place} has no "manifest", the path of the file that \`cherenkit plugins manifest\` writes`,
    );
  }
  return {
    packageName: name,
    version: typeof version === 'string' ? version : undefined,
    directory: realpathSync(directory),
    apiVersion,
    manifest: readManifestFile(join(directory, manifest)),
    mainFile: join(realpathSync(directory), mainModule(content)),
  };
}

/** Path of the manifest, as given in package.json of a plugin. */
export function manifestPath(directory: string): string | undefined {
  const { manifest } = Object(packageJson(directory)?.cherenkit) as { manifest?: unknown };
  return typeof manifest === 'string' ? join(directory, manifest) : undefined;
}

/**
 * Files that a plugin is read from: package.json, manifest and main module of a package, or the single file.
 *
 * @param location - folder of the package, or path of the file
 */
export function pluginFiles(location: string): string[] {
  if (!statSync(location, { throwIfNoEntry: false })?.isDirectory()) return [location];
  const main = mainModule(packageJson(location) ?? {});
  const manifest = manifestPath(location);
  return [join(location, 'package.json'), join(location, main), ...(manifest === undefined ? [] : [manifest])];
}

function packageJson(directory: string): PackageJson | undefined {
  try {
    return readPackageJson(directory);
  } catch (cause) {
    throw new PluginPackageError(messageOf(cause), { cause });
  }
}

function readManifestFile(path: string): unknown {
  if (!existsSync(path)) {
    const remedy = 'build the package (npm install, npm run build), which runs `cherenkit plugins manifest`';
    throw new PluginPackageError(`its manifest ${path} is missing; ${remedy}`);
  }
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new PluginPackageError(`its manifest ${path} is not valid JSON: ${messageOf(cause)}`, { cause });
  }
}

/** Conditions of `import` in Node.js, in addition to those set by the library: `node`, `import` and `default`. */
const CONDITIONS = ['module-sync', 'node-addons'];

/**
 * Resolves the main module of a package by `exports` or `main`.
 *
 * @returns path relative to the folder of the package
 * @throws PluginPackageError if `exports` has no main module
 */
export function mainModule(content: PackageJson): string {
  const { name, exports, main } = content;
  if (exports === undefined || exports === null) return typeof main === 'string' ? main : 'index.js';
  try {
    const [path] = resolveExports({ name, exports }, '.', { conditions: CONDITIONS }) ?? [];
    if (path !== undefined) return path;
  } catch {
    // The messages of the library do not help the user; the remedy below applies to all of them.
  }
  throw new PluginPackageError('"exports" has no main module: "." with "import" or "default"');
}
