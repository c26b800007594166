import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { messageOf } from '@cherenkit/errors';
import { checkManifest, formatManifest, isPlugin, manifestOf, staleParts } from '@cherenkit/core/internal';
import { CherenkitError, ExitCode, type Plugin, type PluginManifest } from '@cherenkit/core';
import { importFile } from './import-file.js';
import { readPackageJson, type PackageJson } from './package-folder.js';
import { mainModule, manifestPath, PluginPackageError } from './plugin-package.js';

/**
 * Writes the manifest of a plugin from the declarations of its built code.
 *
 * @param directory - folder of the package
 * @returns path of the manifest
 * @throws CherenkitError PLUGIN_UNUSABLE, PLUGIN_IMPORT_FAILED, PLUGIN_EXPORT_MISSING, PLUGIN_DECLARATION_INVALID
 */
export async function writePluginManifest(directory: string): Promise<string> {
  const { path, manifest } = await declaredManifest(directory);
  const text = formatManifest(manifest);
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
  return path;
}

/**
 * Checks that the manifest of a plugin matches its built code.
 *
 * @param directory - folder of the package
 * @returns path of the manifest
 * @throws CherenkitError PLUGIN_MANIFEST_STALE; those of `writePluginManifest`
 */
export async function checkPluginManifest(directory: string): Promise<string> {
  const { path, manifest } = await declaredManifest(directory);
  const stale = existsSync(path) ? await staleReason(readFileSync(path, 'utf8'), manifest) : 'it is missing';
  if (stale === undefined) return path;
  const message = `${path} does not match the code (${stale}); rewrite it: cherenkit plugins manifest ${directory}.`;
  throw new CherenkitError('PLUGIN_MANIFEST_STALE', ExitCode.USAGE, message);
}

async function staleReason(text: string, actual: PluginManifest): Promise<string | undefined> {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return 'it is not valid JSON';
  }
  const checked = await checkManifest(stored);
  if ('fault' in checked) return 'it is invalid';
  const stale = staleParts(checked.manifest, actual);
  return stale.length > 0 ? stale.join(', ') : undefined;
}

async function declaredManifest(directory: string): Promise<{ path: string; manifest: PluginManifest }> {
  const place = join(resolve(directory), 'package.json');
  const content = readPackageJson(directory);
  const path = manifestPath(directory);
  if (!content || path === undefined) {
    const expected = '"cherenkit": { "apiVersion": "^1.0", "manifest": "./cherenkit-manifest.json" }';
    throw new CherenkitError('PLUGIN_UNUSABLE', ExitCode.USAGE, `${place} is missing, or has no ${expected}.`);
  }
  const main = resolve(directory, mainModuleOf(content, place));
  let plugin: unknown;
  try {
    ({ default: plugin } = await importFile(main));
  } catch (cause) {
    const reason = messageOf(cause);
    const hint = existsSync(main) ? '' : ' Build the package first.';
    const message = `Cannot import ${main}: ${reason}.${hint}`;
    throw new CherenkitError('PLUGIN_IMPORT_FAILED', ExitCode.BUG, message, { cause });
  }
  if (isPlugin(plugin)) return { path, manifest: await validManifest(plugin, main) };
  const message = `${main} has no plugin as default export; write \`export default definePlugin(...)\`.`;
  throw new CherenkitError('PLUGIN_EXPORT_MISSING', ExitCode.BUG, message);
}

/** @throws CherenkitError PLUGIN_DECLARATION_INVALID */
async function validManifest(plugin: Plugin, file: string): Promise<PluginManifest> {
  const checked = await checkManifest(manifestOf(plugin));
  if ('manifest' in checked) return checked.manifest;
  const message = `${file} declares an invalid plugin: ${checked.fault}.`;
  throw new CherenkitError('PLUGIN_DECLARATION_INVALID', ExitCode.USAGE, message);
}

/** @throws CherenkitError PLUGIN_UNUSABLE */
function mainModuleOf(content: PackageJson, place: string): string {
  try {
    return mainModule(content);
  } catch (cause) {
    if (!(cause instanceof PluginPackageError)) throw cause;
    throw new CherenkitError('PLUGIN_UNUSABLE', ExitCode.USAGE, `${place}: ${cause.message}.`, { cause });
  }
}
