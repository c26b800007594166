import { builtinModules } from 'node:module';
import { CherenkitError, ExitCode } from '@cherenkit/core';

/** Names derived from the package name of a new plugin. */
export interface PluginNames {
  /** npm package, `@me/cherenkit-plugin-plane-fit`. */
  readonly packageName: string;
  /** Name of the plugin in Cherenkit, `plane-fit`. */
  readonly pluginName: string;
  /** Class of its component, `PlaneFitReconstructor`. */
  readonly className: string;
  /** File of the class, without extension: `plane-fit-reconstructor`. */
  readonly fileName: string;
}

const MAX_NAME_LENGTH = 214;
const SEGMENT = /^[a-z0-9~-][a-z0-9._~-]*$/;
const RESERVED = ['node_modules', 'favicon.ico', ...builtinModules];

/**
 * Derives the names of a plugin from its package name.
 *
 * @param packageName - a valid npm package name
 * @param suffix - suffix of the class name, `Reconstructor`
 * @throws CherenkitError PLUGIN_NAME_INVALID
 */
export function pluginNames(packageName: string, suffix: string): PluginNames {
  const reason = invalidNameReason(packageName);
  if (reason !== undefined) throw invalidNameError(packageName, reason);
  const unscoped = packageName.replace(/^@[^/]+\//, '');
  const pluginName = unscoped.replace(/^cherenkit-/, '').replace(/^plugin-/, '');
  const words = pluginName.split(/[^a-z0-9]+/).filter(Boolean);
  const stem = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  if (!/^[A-Z]/.test(stem)) throw invalidNameError(packageName, 'the name of its class would not begin with a letter');
  const className = stem.endsWith(suffix) ? stem : `${stem}${suffix}`;
  const fileName = className.replace(/(?<=[a-z0-9])[A-Z]/g, '-$&').toLowerCase();
  return { packageName, pluginName, className, fileName };
}

/** Returns why a name is not a valid npm package name; undefined if it is valid. */
function invalidNameReason(name: string): string | undefined {
  if (name.length > MAX_NAME_LENGTH) return `it is longer than ${MAX_NAME_LENGTH} characters`;
  if (name !== name.toLowerCase()) return 'it has capital letters';
  const [, scope, unscoped = ''] = /^(?:@([^/]*)\/)?(.*)$/s.exec(name) ?? [];
  for (const segment of scope === undefined ? [unscoped] : [scope, unscoped]) {
    if (!SEGMENT.test(segment))
      return 'it must consist of letters, digits, "-", "." and "_", and begin with a letter or digit';
  }
  return RESERVED.includes(name) ? 'it is reserved' : undefined;
}

function invalidNameError(name: string, reason: string): CherenkitError {
  const message = `${JSON.stringify(name)} is not a valid package name for a plugin: ${reason}; expected a name such as my-plugin or @me/my-plugin.`;
  return new CherenkitError('PLUGIN_NAME_INVALID', ExitCode.USAGE, message);
}
