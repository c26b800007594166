import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nearestPackageFolder, readPackageJson } from './package-folder.js';
import { readPluginPackage } from './plugin-package.js';
import { singleFilePlugin } from './single-file-plugins.js';

/** External plugin that appears in the stack of an error. */
export interface PluginInStack {
  /** Name in its manifest. */
  readonly name: string;
  readonly version: string | undefined;
  /** Folder of its package, or path of its single file. */
  readonly directory: string;
  /** Whether the error was thrown by its code or a library that it called, and not by Cherenkit. */
  readonly isInnermost: boolean;
}

/**
 * Finds the innermost external plugin in the stack of an error.
 *
 * @returns undefined if only built-in code is involved
 */
export function findPluginInStack(stack: string): PluginInStack | undefined {
  let isInnermost = true;
  for (const file of filesOf(stack)) {
    const owner = ownerOf(file);
    if (owner === undefined) continue;
    if (owner !== 'cherenkit') return { ...owner, isInnermost };
    isInnermost = false;
  }
  return undefined;
}

/** File paths in a stack, innermost first. */
function filesOf(stack: string): string[] {
  const lines = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return lines.flatMap((line) => {
    const [, place = ''] = /([^( ]+?)(?::\d+){1,2}\)?$/.exec(line) ?? [];
    if (place.startsWith('file://')) return [fileURLToPath(place)];
    return place === '' || place.startsWith('node:') ? [] : [place];
  });
}

/** External plugin that a file belongs to; `cherenkit` for files of Cherenkit, undefined for other packages. */
function ownerOf(file: string): Omit<PluginInStack, 'isInnermost'> | 'cherenkit' | undefined {
  const single = singleFilePlugin(file);
  if (single !== undefined) return { name: single, version: undefined, directory: file };
  try {
    const directory = nearestPackageFolder(dirname(file));
    if (directory === undefined) return undefined;
    const plugin = readPluginPackage(directory);
    const packageName = plugin?.packageName ?? packageNameIn(directory);
    if (packageName === 'cherenkit' || packageName?.startsWith('@cherenkit/')) return 'cherenkit';
    if (!plugin) return undefined;
    const { name = plugin.packageName } = Object(plugin.manifest) as { readonly name?: string };
    return { name, version: plugin.version, directory };
  } catch {
    // Problems of its package.json or manifest must not hide the error that is being reported.
    return undefined;
  }
}

function packageNameIn(directory: string): string | undefined {
  const name = readPackageJson(directory)?.name;
  return typeof name === 'string' ? name : undefined;
}
