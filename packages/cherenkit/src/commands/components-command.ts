import { Command } from '@oclif/core/command';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { PLUGIN_FLAGS, pluginChoice } from './plugin-flags.js';

/** `cherenkit components` */
export class ComponentsCommand extends Command {
  static override readonly summary = 'List the components, or show the traits of one.';
  static override readonly description =
    'Without arguments, lists all components by kind. With a kind, lists the components of that kind. With a component, shows all its traits, including inherited ones, with type, unit, default and help.';
  static override readonly examples = [
    '<%= config.bin %> components',
    '<%= config.bin %> components ImageCleaner',
    '<%= config.bin %> components ImageCleaner TailcutsImageCleaner',
  ];
  static override readonly args = {
    kind: Args.string({ description: 'Kind of component, such as ImageCleaner, or name of a component.' }),
    name: Args.string({ description: 'Name of a component of that kind.' }),
  };
  static override readonly flags = {
    ...PLUGIN_FLAGS,
    json: Flags.boolean({ summary: 'Print JSON, with traits as in plugin manifests.' }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(ComponentsCommand);
    const { componentReports, describeReports } = await import('../plugins/component-report.js');
    const { discoverPlugins } = await import('../plugins/discover-plugins.js');
    const reports = componentReports(await discoverPlugins(pluginChoice(flags)), args);
    this.log('%s', flags.json ? JSON.stringify(reports, undefined, 2) : describeReports(reports, args));
  }
}
