import { Command } from '@oclif/core/command';
import { PLUGIN_FLAGS, pluginChoice } from './plugin-flags.js';

/** `cherenkit config schema` */
export class ConfigSchemaCommand extends Command {
  static override readonly summary = 'Print a JSON Schema of configurations.';
  static override readonly description =
    'With the components of everything that is installed, plugins included, for editors that complete and check. In VS Code (YAML extension) and others the first line of a file names it: # yaml-language-server: $schema=cherenkit.schema.json';
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
