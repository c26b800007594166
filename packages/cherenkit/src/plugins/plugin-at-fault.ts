import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nearestPackageFolder, readPackageJson } from './package-folder.js';
import { readPluginPackage } from './plugin-package.js';

/** A plugin from elsewhere in whose code an error came up, or whose code called what it came up in. */
export interface PluginAtFault {
  /** As its manifest has it. */
  readonly name: string;
  readonly version: string | undefined;
  readonly directory: string;
  /** Whether its code is the innermost of all that is neither Node's nor a library's. */
  readonly isInnermost: boolean;
}

/**
 * Whose bug an error is, by its stack: the files in it lie in packages, and packages say whether they are plugins.
 *
 * @returns undefined where no plugin but ours has to do with it
 */
export function pluginAtFault(stack: string): PluginAtFault | undefined {
  let isInnermost = true;
  for (const file of filesOf(stack)) {
    const found = nameAt(file);
    if (found === undefined) continue;
    if (typeof found !== 'string') return { ...found, isInnermost };
    isInnermost = false;
  }
  return undefined;
}

/** The paths in the lines of a stack, the innermost first. */
function filesOf(stack: string): string[] {
  const lines = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return lines.flatMap((line) => {
    const [, place = ''] = /([^( ]+?)(?::\d+){1,2}\)?$/.exec(line) ?? [];
    if (place.startsWith('file://')) return [fileURLToPath(place)];
    return place === '' || place.startsWith('node:') ? [] : [place];
  });
}

/** The plugin that a file belongs to; `ours` for one of Cherenkit's, undefined for any other. */
function nameAt(file: string): Omit<PluginAtFault, 'isInnermost'> | 'ours' | undefined {
  try {
    const directory = nearestPackageFolder(dirname(file));
    if (directory === undefined) return undefined;
    const plugin = readPluginPackage(directory);
    const packageName = plugin?.packageName ?? packageNameIn(directory);
    if (packageName === 'cherenkit' || packageName?.startsWith('@cherenkit/')) return 'ours';
    if (!plugin) return undefined;
    const { name = plugin.packageName } = Object(plugin.manifest) as { readonly name?: string };
    return { name, version: plugin.version, directory };
  } catch {
    // Not a time to complain of its package.json or its manifest.
    return undefined;
  }
}

function packageNameIn(directory: string): string | undefined {
  const name = readPackageJson(directory)?.name;
  return typeof name === 'string' ? name : undefined;
}
