import { run } from '@oclif/core/run';
import { describeTools } from '../plugins/tool-list.js';

/**
 * Runs a command of `commands/` or shows help. The overview of all commands includes the tools of plugins.
 *
 * @param root - package folder of cherenkit
 * @throws CherenkitError COMMAND_UNKNOWN; errors of the command
 */
export async function runOclifCommand(argv: readonly string[], root: string): Promise<void> {
  await run([...argv], { root }).catch(async (error: unknown) => {
    if (!(error instanceof Error) || !/^command .* not found\.?$/is.test(error.message)) throw error;
    const { unknownCommand } = await import('./unknown-command.js');
    throw unknownCommand(argv, root);
  });
  const isOverview = argv.length === 0 || (argv.length === 1 && argv[0] === '--help');
  if (isOverview) process.stdout.write(describeTools());
}
