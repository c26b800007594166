import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { exports as resolveExports } from 'resolve.exports';
import { readPackageJson, type PackageJson } from './package-folder.js';

/** A package that calls itself a plugin, as its files tell; nothing of it was imported. */
export interface PluginPackage {
  readonly packageName: string;
  readonly version: string | undefined;
  /** Its folder, without links. */
  readonly directory: string;
  /** The versions of the plugin API that it asks for. */
  readonly apiVersion: string | number;
  /** What the manifest file holds; not checked. */
  readonly manifest: unknown;
  /** The file that is its main module. */
  readonly mainFile: string;
}

/** Why a package that should be a plugin cannot be one. */
export class PluginPackageError extends Error {
  override readonly name = 'PluginPackageError';
}

/**
 * Reads what a package says of itself as a plugin.
 *
 * @returns undefined for a package without a `cherenkit` entry
 * @throws PluginPackageError for one whose entry, manifest or main module is not as it should be
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

/** The path of the manifest that a plugin's package.json names. */
export function manifestPath(directory: string): string | undefined {
  const { manifest } = Object(packageJson(directory)?.cherenkit) as { manifest?: unknown };
  return typeof manifest === 'string' ? join(directory, manifest) : undefined;
}

function packageJson(directory: string): PackageJson | undefined {
  try {
    return readPackageJson(directory);
  } catch (cause) {
    throw new PluginPackageError(reasonOf(cause), { cause });
  }
}

function readManifestFile(path: string): unknown {
  if (!existsSync(path)) {
    throw new PluginPackageError(`its manifest ${path} is not there; \`cherenkit plugins manifest\` writes it`);
  }
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new PluginPackageError(`its manifest ${path} is no JSON: ${reasonOf(cause)}`, { cause });
  }
}

/** What `import` accepts in Node.js, beside the conditions that the library adds: `node`, `import` and `default`. */
const CONDITIONS = ['module-sync', 'node-addons'];

/**
 * The path of the main module below the folder of a package, by `exports` or `main`.
 *
 * @throws PluginPackageError for `exports` without a main module
 */
export function mainModule(content: PackageJson): string {
  const { name, exports, main } = content;
  if (exports === undefined || exports === null) return typeof main === 'string' ? main : 'index.js';
  try {
    const [path] = resolveExports({ name, exports }, '.', { conditions: CONDITIONS }) ?? [];
    if (path !== undefined) return path;
  } catch {
    // The library's reason names its own terms; what to do is the same for each.
  }
  throw new PluginPackageError('"exports" has no main module: "." with "import" or "default"');
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
