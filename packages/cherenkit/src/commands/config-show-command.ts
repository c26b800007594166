import { Command } from '@oclif/core/command';
import * as Args from '@oclif/core/args';
import { pluginChoice } from './plugin-flags.js';
import { DRY_RUN_FLAGS } from './dry-run-flags.js';
import { integerFlag } from '../run/integer-flag.js';

/** `cherenkit config show` */
export class ConfigShowCommand extends Command {
  static override readonly summary = 'Show the configuration that a run would use.';
  static override readonly description =
    'Prints all components of a run with all values, including defaults, as YAML that can be passed to process with -c. A comment after each value that is not a default gives its origin. With an input, values per telescope are resolved for its telescopes.';
  static override readonly examples = [
    '<%= config.bin %> config show -c site.yaml -c mine.yaml',
    '<%= config.bin %> config show -c mine.yaml --input gamma.simtel.zst --tel 7',
    '<%= config.bin %> config show gamma.dl2.h5 > original.yaml',
    'generate-configuration | <%= config.bin %> config show -',
  ];

  static override readonly strict = false;
  static override readonly args = {
    file: Args.string({
      // Otherwise the text of standard input would be the name of a file.
      ignoreStdin: true,
      description: 'Configuration files, as with -c, after which they are read; - for standard input.',
    }),
  };

  static override readonly flags = {
    ...DRY_RUN_FLAGS,
    tel: integerFlag({
      min: 0,
      helpValue: 'N',
      dependsOn: ['input'],
      summary: 'Show the values of this telescope only.',
    }),
  };

  override async run(): Promise<void> {
    const { formatProblem } = await import('@cherenkit/core');
    const { splitTraitOptions, yamlText } = await import('@cherenkit/core/internal');
    const { rest, options } = splitTraitOptions(this.argv);
    const { argv, flags } = await this.parse(ConfigShowCommand, [...rest]);
    const { config = [], input, tel } = flags;
    const files = [...config, ...(argv as string[])];
    const { dryRun } = await import('../configuration/dry-run.js');
    const { showRunConfiguration } = await import('../configuration/show-run-configuration.js');
    await using run = await dryRun({ files, options, input, ...pluginChoice(flags) });
    for (const warning of run.warnings) process.stderr.write(`${formatProblem(warning)}\n`);
    process.stdout.write(await yamlText(showRunConfiguration(run, tel, this.config.version)));
  }
}
