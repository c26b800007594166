import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '@oclif/core/run';
import { PACKAGE_ROOT } from './package-root.js';
import { describeFailure } from './run/failure-report.js';

/**
 * The command `cherenkit`: finds and runs a subcommand, and ends the process with the exit code that its failure asks for.
 *
 * @param argv - the arguments after the program's name
 */
export async function main(argv: readonly string[]): Promise<void> {
  process.on('uncaughtException', (error) => void endWith(error));
  // `cherenkit events FILE | head` closes the pipe early, which is no mistake of anybody.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  try {
    if (mayBeTool(argv)) {
      const { runToolCommand } = await import('./run/tool-command.js');
      if (await runToolCommand(argv, PACKAGE_ROOT)) return;
    }
    await run([...argv], { root: PACKAGE_ROOT });
    if (argv.length === 0 || (argv.length === 1 && ['--help', 'help'].includes(argv[0] ?? ''))) {
      const { describeTools } = await import('./plugins/tool-list.js');
      process.stdout.write(describeTools());
    }
  } catch (error) {
    await endWith(error);
  }
}

/** Whether the first argument may name a tool: a built-in one, or the unknown name of one of a plugin. */
function mayBeTool([name, ...others]: readonly string[]): boolean {
  if (name === undefined || name.startsWith('-') || name === 'help') return false;
  const { commands } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'oclif.manifest.json'), 'utf8')) as {
    readonly commands: Readonly<Record<string, { readonly isTool?: boolean }>>;
  };
  // The help of a built-in tool is in the manifest: it needs no plugin to be found.
  if (commands[name]?.isTool) return !others.includes('--help') && !others.includes('-h');
  return !Object.keys(commands).some((id) => id.split(':')[0] === name);
}

async function endWith(error: unknown): Promise<void> {
  // An installation that is broken cannot describe it, and must not try for ever.
  const { message, exitCode } = await describeFailure(error).catch((failure: unknown) => ({
    message: `${String(error)}\n${String(failure)}\nThe installation of cherenkit seems to be broken; install it again.\n`,
    exitCode: 70,
  }));
  // Set as well, for the case that nobody reads standard error and its callback never comes.
  process.exitCode = exitCode;
  process.stderr.write(message, () => process.exit(exitCode));
}
