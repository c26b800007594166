import { Command } from '@oclif/core/command';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';

/** `cherenkit plugins manifest` */
export class PluginsManifestCommand extends Command {
  static override readonly summary = 'Write the manifest of a plugin from its built code.';
  static override readonly description =
    'For plugin authors. Imports the main module of the package and writes the declarations of its components to the file given by "cherenkit": { "manifest": ... } in package.json. Run it after each build, before the package is packed.';
  static override readonly examples = [
    '<%= config.bin %> plugins manifest',
    '<%= config.bin %> plugins manifest path/to/plugin --check',
  ];
  static override readonly args = {
    dir: Args.string({ default: '.', description: 'Package folder.' }),
  };
  static override readonly flags = {
    check: Flags.boolean({ summary: 'Write nothing; exit with code 2 if the manifest is out of date.' }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(PluginsManifestCommand);
    const { checkPluginManifest, writePluginManifest } = await import('../plugins/write-plugin-manifest.js');
    if (flags.check) this.log('%s: up to date', await checkPluginManifest(args.dir));
    else this.log('%s', await writePluginManifest(args.dir));
  }
}
