import { Command } from '@oclif/core/command';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';

/** `cherenkit plugins manifest` */
export class PluginsManifestCommand extends Command {
  static override readonly summary = 'Write the manifest of a plugin that you develop, from its built classes.';
  static override readonly description =
    'Imports the main module of the package and writes what its classes declare to the file that "cherenkit": { "manifest": ... } in package.json names. To be run after each build, before the package is packed.';
  static override readonly examples = [
    '<%= config.bin %> plugins manifest',
    '<%= config.bin %> plugins manifest path/to/plugin --check',
  ];
  static override readonly args = {
    dir: Args.string({ default: '.', description: 'The folder of the package.' }),
  };
  static override readonly flags = {
    check: Flags.boolean({ summary: 'Write nothing; end with 2 if the manifest there is not what would be written.' }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(PluginsManifestCommand);
    const { checkPluginManifest, writePluginManifest } = await import('../plugins/write-plugin-manifest.js');
    if (flags.check) this.log('%s: describes the code', await checkPluginManifest(args.dir));
    else this.log('%s', await writePluginManifest(args.dir));
  }
}
