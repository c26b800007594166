import { systemReason } from '@cherenkit/errors';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from '@oclif/core/command';
import * as Args from '@oclif/core/args';
import { PLUGIN_FLAGS, pluginChoice } from './plugin-flags.js';

/** `cherenkit config init` */
export class ConfigInitCommand extends Command {
  static override readonly summary = 'Write commented configuration files to start from.';
  static override readonly description =
    'base_config.yaml contains all traits with default values and explanations. The other files select the data levels to write and are given after it. A JSON Schema for completion and checks in editors is written as well. Existing files are not overwritten.';
  static override readonly examples = ['<%= config.bin %> config init', '<%= config.bin %> config init configurations'];

  static override readonly args = {
    directory: Args.string({ default: '.', description: 'Output directory; created if missing.' }),
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
          process.stderr.write(`warning: ${path} exists and was not overwritten\n`);
        } else {
          writeFileSync(path, text);
          this.log('%s', path);
        }
      }
    } catch (cause) {
      const reason = systemReason(cause);
      const message = `Cannot write the configuration files to ${args.directory}: ${reason}. Choose another directory.`;
      throw new CherenkitError('CONFIG_INIT_UNWRITABLE', ExitCode.CANNOT_CREATE, message, { cause });
    }
  }
}
