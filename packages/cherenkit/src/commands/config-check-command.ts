import { Command } from '@oclif/core/command';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { PLUGIN_FLAGS, pluginChoice } from './plugin-flags.js';

/** `cherenkit config check` */
export class ConfigCheckCommand extends Command {
  static override readonly summary = 'Check configuration files without an input.';
  static override readonly description =
    'Reports misspelt and unknown names, wrong types and duplicate keys, each with file, line and column; the exit code is 2 if there are any. The files are layers of one configuration: later files take precedence, key by key. Values that depend on the telescopes are checked by process, when the array is known.';
  static override readonly examples = ['<%= config.bin %> config check site.yaml mine.yaml'];

  static override readonly strict = false;
  static override readonly args = {
    file: Args.string({
      // Otherwise the text of standard input would be the name of a file.
      ignoreStdin: true,
      required: true,
      description: 'One or more configuration files: YAML, JSON or TOML; - for standard input.',
    }),
  };
  static override readonly flags = {
    set: Flags.string({
      helpValue: 'Component.trait=VALUE',
      multiple: true,
      multipleNonGreedy: true,
      summary: 'Set a trait, as in process. Short form: --Component.trait=VALUE.',
    }),
    ...PLUGIN_FLAGS,
  };

  override async run(): Promise<void> {
    const { nameSome, printable } = await import('@cherenkit/errors');
    const { formatProblem } = await import('@cherenkit/core');
    const { splitTraitOptions } = await import('@cherenkit/core/internal');
    const { rest, options } = splitTraitOptions(this.argv);
    const { argv, flags } = await this.parse(ConfigCheckCommand, [...rest]);
    const files = argv as string[];

    const { dryRun } = await import('../configuration/dry-run.js');
    const { ignoredPlugins } = await import('../plugins/find-plugin-packages.js');
    await using run = await dryRun({ files, options, ...pluginChoice(flags) });
    const warnings = [...run.warnings.map(formatProblem), ...ignoredPlugins(run.plugins.failures).map(printable)];
    for (const warning of warnings) process.stderr.write(`${warning}\n`);
    const count = warnings.length;
    const found = count === 0 ? 'no mistakes found' : `${count} ${count === 1 ? 'warning' : 'warnings'}`;
    this.log('%s', `${printable(files.join(', '))}: ${found}`);
    const unused = run.unusedSections;
    if (unused.length > 0) this.log('%s', printable(`not used by cherenkit process: ${nameSome(unused)}`));
  }
}
