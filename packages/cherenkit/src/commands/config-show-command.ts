import { Command } from '@oclif/core/command';
import * as Flags from '@oclif/core/flags';
import { pluginChoice } from './plugin-flags.js';
import { DRY_RUN_FLAGS } from './dry-run-flags.js';

/** `cherenkit config show` */
export class ConfigShowCommand extends Command {
  static override readonly summary = 'Show the values that a run would have.';
  static override readonly description =
    'The components of a run with all their values, defaults included, as YAML that process takes back with -c. Behind each value that is no default stands the place it comes from. With an input, values per telescope are those of its telescopes.';
  static override readonly examples = [
    '<%= config.bin %> config show -c site.yaml -c mine.yaml',
    '<%= config.bin %> config show -c mine.yaml --input gamma.simtel.zst --tel 7',
    '<%= config.bin %> config show -c gamma.dl2.h5 > as-it-was.yaml',
  ];

  static override readonly flags = {
    ...DRY_RUN_FLAGS,
    tel: Flags.integer({
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
    const { flags } = await this.parse(ConfigShowCommand, [...rest]);
    const { config: files = [], input, tel } = flags;
    const { dryRun } = await import('../configuration/dry-run.js');
    const { showRunConfiguration } = await import('../configuration/show-run-configuration.js');
    await using run = await dryRun({ files, options, input, ...pluginChoice(flags) });
    for (const warning of run.warnings) process.stderr.write(`${formatProblem(warning)}\n`);
    process.stdout.write(await yamlText(showRunConfiguration(run, tel, this.config.version)));
  }
}
