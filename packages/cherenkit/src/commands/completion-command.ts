import { Command } from '@oclif/core/command';
import * as Args from '@oclif/core/args';
import { PLUGIN_FLAGS, pluginChoice } from './plugin-flags.js';

const SHELLS = ['bash', 'zsh'] as const;

/** `cherenkit completion` */
export class CompletionCommand extends Command {
  static override readonly summary = 'Print the completion script of a shell.';
  static override readonly description =
    'The script completes commands, flags, their choices, components and their traits, those of installed plugins included.';
  static override readonly examples = [
    'source <(<%= config.bin %> completion bash)',
    '<%= config.bin %> completion bash > ~/.local/share/bash-completion/completions/cherenkit',
  ];
  static override readonly args = {
    shell: Args.string({ name: 'shell', required: true, options: [...SHELLS], description: 'The shell.' }),
  };
  static override readonly flags = PLUGIN_FLAGS;

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(CompletionCommand);
    const { completionCommands, traitOptions } = await import('../completion/completion-commands.js');
    const { completionScript } = await import('../completion/completion-script.js');
    const { discoverPlugins } = await import('../plugins/discover-plugins.js');
    const { catalog } = await discoverPlugins(pluginChoice(flags));
    const shell = SHELLS.find((name) => name === args.shell) ?? 'bash';
    process.stdout.write(completionScript(shell, completionCommands(catalog), traitOptions(catalog)));
  }
}
