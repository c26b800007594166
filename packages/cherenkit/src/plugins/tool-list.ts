import { commandName } from '../tool-name.js';
import { findPluginPackages } from './find-plugin-packages.js';

/**
 * The commands that the tools of installed plugins make, for the help of `cherenkit`: a line each, empty if there are none.
 *
 * Reads package.json and manifest files and nothing else, so that help is there at once; what is wrong with a plugin is
 * told where it is used.
 */
export function describeTools(): string {
  const tools = findPluginPackages({}).flatMap(({ plugin }) => {
    const { components } = Object(plugin?.manifest) as { components?: unknown };
    return Object.entries(Object(components) as Record<string, unknown>).flatMap(([className, entry]) => {
      const { kind, abstract, help = '' } = Object(entry) as { kind?: unknown; abstract?: unknown; help?: unknown };
      if (kind !== 'Tool' || abstract === true || className === 'ProcessorTool') return [];
      return [{ name: commandName(className), help: String(help), packageName: plugin?.packageName }];
    });
  });
  if (tools.length === 0) return '';
  const width = Math.max(...tools.map(({ name }) => name.length));
  const lines = tools.map(({ name, help, packageName }) => `  ${name.padEnd(width)}  ${help} (${packageName})`);
  return `COMMANDS OF PLUGINS\n${lines.join('\n')}\n\n`;
}
