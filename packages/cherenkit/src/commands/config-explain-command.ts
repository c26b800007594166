import { Command } from '@oclif/core/command';
import * as Args from '@oclif/core/args';
import { pluginChoice } from './plugin-flags.js';
import { DRY_RUN_FLAGS } from './dry-run-flags.js';

/** `cherenkit config explain` */
export class ConfigExplainCommand extends Command {
  static override readonly summary =
    'Explain a trait: its meaning, the value in each layer, and the value that is used.';
  static override readonly description =
    'The key has the form Component.trait, as in options: TailcutsImageCleaner.picture_threshold_pe. Parent components may precede it: HillasReconstructor.StereoQualityQuery.quality_criteria. The component may be omitted if only one component has the trait.';
  static override readonly examples = [
    '<%= config.bin %> config explain TailcutsImageCleaner.picture_threshold_pe -c site.yaml -c mine.yaml',
    '<%= config.bin %> config explain picture_threshold_pe -c mine.yaml --input gamma.simtel.zst',
  ];

  static override readonly args = {
    key: Args.string({ required: true, description: 'Component.trait' }),
  };
  static override readonly flags = DRY_RUN_FLAGS;

  override async run(): Promise<void> {
    const { formatProblem } = await import('@cherenkit/core');
    const { splitTraitOptions } = await import('@cherenkit/core/internal');
    const { rest, options } = splitTraitOptions(this.argv);
    const { args, flags } = await this.parse(ConfigExplainCommand, [...rest]);
    const { config: files = [], input } = flags;
    const { dryRun } = await import('../configuration/dry-run.js');
    const { explainTrait } = await import('../configuration/explain-trait.js');
    await using run = await dryRun({ files, options, input, ...pluginChoice(flags) });
    for (const warning of run.warnings) process.stderr.write(`${formatProblem(warning)}\n`);
    this.log('%s', explainTrait(args.key, run));
  }
}
