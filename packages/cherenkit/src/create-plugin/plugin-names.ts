import { builtinModules } from 'node:module';
import { CherenkitError, ExitCode } from '@cherenkit/core';

/** All that follows from the name of a new plugin. */
export interface PluginNames {
  /** The npm package, `@me/cherenkit-plugin-plane-fit`. */
  readonly packageName: string;
  /** The plugin to Cherenkit, `plane-fit`. */
  readonly pluginName: string;
  /** Its component, `PlaneFitReconstructor`. */
  readonly className: string;
  /** The file of that, without its ending: `plane-fit-reconstructor`. */
  readonly fileName: string;
}

const MAX_NAME_LENGTH = 214;
const SEGMENT = /^[a-z0-9~-][a-z0-9._~-]*$/;
const RESERVED = ['node_modules', 'favicon.ico', ...builtinModules];

/**
 * The names of a plugin by that of its package, which is as npm wants it.
 *
 * @param suffix - the end of the class's name, `Reconstructor`
 * @throws CherenkitError PLUGIN_NAME_INVALID (exit 2)
 */
export function pluginNames(packageName: string, suffix: string): PluginNames {
  const fault = packageNameFault(packageName);
  if (fault !== undefined) throw invalid(packageName, fault);
  const unscoped = packageName.replace(/^@[^/]+\//, '');
  const pluginName = unscoped.replace(/^cherenkit-/, '').replace(/^plugin-/, '');
  const words = pluginName.split(/[^a-z0-9]+/).filter(Boolean);
  const stem = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  if (!/^[A-Z]/.test(stem)) throw invalid(packageName, 'its class would not begin with a letter');
  const className = stem.endsWith(suffix) ? stem : `${stem}${suffix}`;
  const fileName = className.replace(/(?<=[a-z0-9])[A-Z]/g, '-$&').toLowerCase();
  return { packageName, pluginName, className, fileName };
}

/** What keeps a name from being that of an npm package; undefined for one that may. */
function packageNameFault(name: string): string | undefined {
  if (name.length > MAX_NAME_LENGTH) return `it is longer than ${MAX_NAME_LENGTH} characters`;
  if (name !== name.toLowerCase()) return 'it has capital letters';
  const [, scope, unscoped = ''] = /^(?:@([^/]*)\/)?(.*)$/s.exec(name) ?? [];
  for (const segment of scope === undefined ? [unscoped] : [scope, unscoped]) {
    if (!SEGMENT.test(segment))
      return 'it has to be made of letters, digits, "-", "." and "_", and begin with a letter or digit';
  }
  return RESERVED.includes(name) ? 'it is reserved' : undefined;
}

function invalid(name: string, fault: string): CherenkitError {
  const message = `${JSON.stringify(name)} cannot be the name of a plugin's package: ${fault}; expected such as my-plugin or @me/my-plugin.`;
  return new CherenkitError('PLUGIN_NAME_INVALID', ExitCode.USAGE, message);
}
