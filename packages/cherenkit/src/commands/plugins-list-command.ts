import { Command } from '@oclif/core/command';
import * as Flags from '@oclif/core/flags';
import { PLUGIN_FLAGS, pluginChoice } from './plugin-flags.js';

/** `cherenkit plugins list` */
export class PluginsListCommand extends Command {
  static override readonly summary = 'List all plugins and their components and services.';
  static override readonly description =
    'Reads the manifests only; no plugin code is executed. Plugins that cannot be used are listed with the reason.';
  static override readonly examples = [
    '<%= config.bin %> plugins list',
    '<%= config.bin %> plugins list -c mine.yaml --plugin ../my-plugin --json',
  ];
  static override readonly flags = {
    config: Flags.string({
      char: 'c',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'FILE',
      summary: 'Configuration file; plugins listed under "plugins" are included. May be repeated.',
    }),
    ...PLUGIN_FLAGS,
    json: Flags.boolean({ summary: 'Print JSON: a list with one object per plugin.' }),
  };

  override async run(): Promise<void> {
    const { flags } = await this.parse(PluginsListCommand);
    const { describePlugin, pluginReports } = await import('../plugins/plugin-report.js');
    const { collectPlugins } = await import('../plugins/discover-plugins.js');
    const { fileLayers } = await import('../configuration/file-layers.js');
    const layers = (await Promise.all((flags.config ?? []).map(fileLayers))).flat();
    const reports = pluginReports(await collectPlugins({ layers, ...pluginChoice(flags) }));
    this.log('%s', flags.json ? JSON.stringify(reports, undefined, 2) : reports.map(describePlugin).join('\n'));
  }
}
