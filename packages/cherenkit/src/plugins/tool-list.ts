import { printable } from '@cherenkit/errors';
import type { ComponentEntry } from '@cherenkit/core';
import { isBuiltIn } from './built-in-plugins.js';
import { findPluginPackages } from './find-plugin-packages.js';

/** Command name of a tool: the name in its manifest, or derived from the class name: `muon-rings` for `MuonRingsTool`. */
export function commandName(className: string, { command }: Pick<ComponentEntry, 'command'>): string {
  if (command?.name !== undefined) return command.name;
  return className
    .replace(/Tool$/, '')
    .replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-')
    .toLowerCase();
}

/**
 * Lists the commands of external plugins, one per line, for the help of `cherenkit`; empty if there are none.
 *
 * Reads package.json and manifest files only, to be fast. Problems of plugins are reported when they are used.
 */
export function describeTools(): string {
  const tools = externalTools();
  if (tools.length === 0) return '';
  const width = Math.max(...tools.map(({ name }) => name.length));
  const lines = tools.map(({ name, help, packageName }) => `  ${name.padEnd(width)}  ${help} (${packageName})`);
  return `COMMANDS OF PLUGINS\n${lines.map(printable).join('\n')}\n\n`;
}

/** Commands of external plugins, from their manifests alone. */
export function externalTools(): { readonly name: string; readonly help: string; readonly packageName: string }[] {
  return findPluginPackages({}).flatMap(({ plugin }) => {
    if (plugin === undefined || isBuiltIn(plugin.packageName)) return [];
    const { components } = Object(plugin.manifest) as { components?: unknown };
    return Object.entries(Object(components) as Record<string, unknown>).flatMap(([className, value]) => {
      const entry = Object(value) as Partial<ComponentEntry>;
      if (entry.kind !== 'Tool' || entry.abstract === true) return [];
      const name = commandName(className, entry);
      return [{ name, help: String(entry.help ?? ''), packageName: plugin.packageName }];
    });
  });
}
