import { relative } from 'node:path';
import { Command } from '@oclif/core/command';
import * as Args from '@oclif/core/args';
import { PLUGIN_KINDS, type PluginKindName } from '../create-plugin/plugin-kinds.js';

const KINDS = Object.keys(PLUGIN_KINDS) as PluginKindName[];

/** `cherenkit create-plugin` */
export class CreatePluginCommand extends Command {
  static override readonly summary = 'Write the package of a new plugin.';
  static override readonly description =
    'The package has a component that works, with a test, an example and the tools to build and check it. Nothing is installed: the last lines tell what to do next.';
  static override readonly examples = [
    '<%= config.bin %> create-plugin reconstructor plane-fit',
    '<%= config.bin %> create-plugin image-cleaner @me/cherenkit-plugin-bright-pixels ./bright-pixels',
  ];
  static override readonly args = {
    kind: Args.string({ required: true, options: KINDS, description: 'What the plugin brings.' }),
    name: Args.string({ required: true, description: 'The name of the npm package.' }),
    dir: Args.string({ description: 'Where to write it; by default a folder of the name.' }),
  };

  override async run(): Promise<void> {
    const { args } = await this.parse(CreatePluginCommand);
    const { createPlugin } = await import('../create-plugin/create-plugin.js');
    const { directory, className, files } = createPlugin(args.kind as PluginKindName, args.name, args.dir);
    const folder = relative(process.cwd(), directory) || '.';
    this.log('%s', `${className} in ${folder}: ${files.join(', ')}`);
    const steps = [...(folder === '.' ? [] : [`cd ${folder}`]), 'npm install', 'npm test', 'npm run lint', 'npm start'];
    this.log('%s', `\nNext:\n${steps.map((step) => `  ${step}`).join('\n')}`);
  }
}
