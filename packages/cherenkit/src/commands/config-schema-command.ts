import { Command } from '@oclif/core/command';
import { PLUGIN_FLAGS, pluginChoice } from './plugin-flags.js';

/** `cherenkit config schema` */
export class ConfigSchemaCommand extends Command {
  static override readonly summary = 'Print the JSON Schema of configuration files.';
  static override readonly description =
    'The schema covers the components of all installed plugins. Editors use it for completion and checks. In VS Code with the YAML extension, refer to it in the first line of a file: # yaml-language-server: $schema=cherenkit.schema.json';
  static override readonly examples = ['<%= config.bin %> config schema > cherenkit.schema.json'];
  static override readonly flags = PLUGIN_FLAGS;

  override async run(): Promise<void> {
    const { flags } = await this.parse(ConfigSchemaCommand);
    const { configurationSchema } = await import('@cherenkit/core/internal');
    const { discoverPlugins } = await import('../plugins/discover-plugins.js');
    const { catalog } = await discoverPlugins(pluginChoice(flags));
    process.stdout.write(`${JSON.stringify(configurationSchema(catalog), undefined, 2)}\n`);
  }
}
