import { relative } from 'node:path';
import { Command } from '@oclif/core/command';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { PLUGIN_KINDS, type PluginKindName } from '../create-plugin/plugin-kinds.js';

const KINDS = Object.keys(PLUGIN_KINDS) as PluginKindName[];

const FROM_REGISTRY =
  'npm install gets the packages of Cherenkit from the registry. To use packed ones (npm run pack in a clone), give --packages DIR.';

/** `cherenkit create-plugin` */
export class CreatePluginCommand extends Command {
  static override readonly summary = 'Create the package of a new plugin.';
  static override readonly description =
    'The package contains a working component, a test, an example and the tools to build, lint and test it. Nothing is installed; the commands to run next are printed.';
  static override readonly examples = [
    '<%= config.bin %> create-plugin reconstructor plane-fit',
    '<%= config.bin %> create-plugin image-cleaner @me/cherenkit-plugin-bright-pixels ./bright-pixels',
  ];
  static override readonly args = {
    kind: Args.string({ required: true, options: KINDS, description: 'Kind of component that the plugin provides.' }),
    name: Args.string({ required: true, description: 'Name of the npm package.' }),
    dir: Args.string({ description: 'Output directory. Default: the package name without its scope.' }),
  };
  static override readonly flags = {
    packages: Flags.string({
      helpValue: 'DIR',
      summary:
        'Install the packed packages of Cherenkit (cherenkit-*.tgz) in this folder. Default: those that the project around the plugin, or that of this command, has installed from files; otherwise those of the registry.',
    }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(CreatePluginCommand);
    const { createPlugin } = await import('../create-plugin/create-plugin.js');
    const kind = args.kind as PluginKindName;
    const { directory, className, files, isLocal } = createPlugin(kind, args.name, args.dir, flags.packages);
    const folder = relative(process.cwd(), directory) || '.';
    this.log('%s', `${className} in ${folder}: ${files.join(', ')}`);
    const steps = [...(folder === '.' ? [] : [`cd ${folder}`]), 'npm install', 'npm test', 'npm run lint', 'npm start'];
    this.log('%s', `\nNext:\n${steps.map((step) => `  ${step}`).join('\n')}`);
    if (!isLocal) this.log('%s', `\n${FROM_REGISTRY}`);
  }
}
