import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from '@oclif/core/command';
import * as Args from '@oclif/core/args';
import { PLUGIN_FLAGS, pluginChoice } from './plugin-flags.js';

/** `cherenkit config init` */
export class ConfigInitCommand extends Command {
  static override readonly summary = 'Write configurations to start from, with comments.';
  static override readonly description =
    'base_config.yaml has all values with what they mean; the others, to be given after it, say what is written. Beside them lies their JSON Schema, with which editors complete and check. Files that are there already are kept.';
  static override readonly examples = ['<%= config.bin %> config init', '<%= config.bin %> config init configurations'];

  static override readonly args = {
    directory: Args.string({ default: '.', description: 'Where to write them; made where it is missing.' }),
  };
  static override readonly flags = PLUGIN_FLAGS;

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(ConfigInitCommand);
    const { CherenkitError, ExitCode } = await import('@cherenkit/core');
    const { configurationSchema, yamlText } = await import('@cherenkit/core/internal');
    const { dryRun } = await import('../configuration/dry-run.js');
    const { SCHEMA_FILE, startingConfigurations } = await import('../configuration/starting-configurations.js');
    await using run = await dryRun({ files: [], options: [], ...pluginChoice(flags) });
    const schema = `${JSON.stringify(configurationSchema(run.plugins.catalog), undefined, 2)}\n`;
    try {
      mkdirSync(args.directory, { recursive: true });
      for (const [name, content] of [...startingConfigurations(run), [SCHEMA_FILE, schema] as const]) {
        const text = typeof content === 'string' ? content : await yamlText(content);
        const path = join(args.directory, name);
        if (existsSync(path)) {
          process.stderr.write(`warning: ${path} is there already and was kept\n`);
        } else {
          writeFileSync(path, text);
          this.log('%s', path);
        }
      }
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const message = `The configurations cannot be written (${reason}); name another directory.`;
      throw new CherenkitError('CONFIG_INIT_UNWRITABLE', ExitCode.CANNOT_CREATE, message, { cause });
    }
  }
}
