import { Command } from '@oclif/core/command';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { PLUGIN_FLAGS, pluginChoice } from './plugin-flags.js';

/** `cherenkit config check` */
export class ConfigCheckCommand extends Command {
  static override readonly summary = 'Check configurations without touching any input.';
  static override readonly description =
    'Finds what is misspelt, of a wrong type, there twice or unknown, each with its place, and ends with 2. The files are layers of one configuration: the later one wins, key by key. What depends on the telescopes is checked by process when they are known.';
  static override readonly examples = ['<%= config.bin %> config check site.yaml mine.yaml'];

  static override readonly strict = false;
  static override readonly args = {
    file: Args.string({ required: true, description: 'A configuration, or several: YAML, JSON or TOML.' }),
  };
  static override readonly flags = {
    set: Flags.string({
      helpValue: 'Component.trait=VALUE',
      multiple: true,
      multipleNonGreedy: true,
      summary: 'Set a trait, as process would; --Component.trait=VALUE does so, too.',
    }),
    ...PLUGIN_FLAGS,
  };

  override async run(): Promise<void> {
    const { formatProblem } = await import('@cherenkit/core');
    const { splitTraitOptions } = await import('@cherenkit/core/internal');
    const { rest, options } = splitTraitOptions(this.argv);
    const { argv, flags } = await this.parse(ConfigCheckCommand, [...rest]);
    const files = argv as string[];

    const { dryRun } = await import('../configuration/dry-run.js');
    await using run = await dryRun({ files, options, ...pluginChoice(flags) });
    for (const warning of run.warnings) process.stderr.write(`${formatProblem(warning)}\n`);
    this.log('%s', `${files.join(', ')}: no mistakes found`);
  }
}
