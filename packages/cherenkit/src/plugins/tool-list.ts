import type { ComponentEntry } from '@cherenkit/core';
import { isBuiltIn } from './built-in-plugins.js';
import { findPluginPackages } from './find-plugin-packages.js';

/** The command of a tool: as its manifest says, or `muon-rings` for a class `MuonRingsTool`. */
export function commandName(className: string, { command }: Pick<ComponentEntry, 'command'>): string {
  if (command?.name !== undefined) return command.name;
  return className
    .replace(/Tool$/, '')
    .replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-')
    .toLowerCase();
}

/**
 * The commands that the tools of installed plugins make, for the help of `cherenkit`: a line each, empty if there are none.
 *
 * Reads package.json and manifest files and nothing else, so that help is quick; what is wrong with a plugin is reported
 * where it is used.
 */
export function describeTools(): string {
  const tools = findPluginPackages({}).flatMap(({ plugin }) => {
    if (plugin === undefined || isBuiltIn(plugin.packageName)) return [];
    const { components } = Object(plugin.manifest) as { components?: unknown };
    return Object.entries(Object(components) as Record<string, unknown>).flatMap(([className, value]) => {
      const entry = Object(value) as Partial<ComponentEntry>;
      if (entry.kind !== 'Tool' || entry.abstract === true) return [];
      const name = commandName(className, entry);
      return [{ name, help: String(entry.help ?? ''), packageName: plugin.packageName }];
    });
  });
  if (tools.length === 0) return '';
  const width = Math.max(...tools.map(({ name }) => name.length));
  const lines = tools.map(({ name, help, packageName }) => `  ${name.padEnd(width)}  ${help} (${packageName})`);
  return `COMMANDS OF PLUGINS\n${lines.join('\n')}\n\n`;
}
