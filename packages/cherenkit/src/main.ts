import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from './package-root.js';
import { describeFailure } from './run/failure-report.js';

/**
 * The command `cherenkit`: runs a subcommand, and ends the process with the exit code that its failure asks for.
 *
 * @param argv - the arguments after the program's name
 */
export async function main(argv: readonly string[]): Promise<void> {
  process.on('uncaughtException', (error) => void exitWith(error));
  // `cherenkit events FILE | head` closes the pipe early, which is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  await runCommand(argv).catch(exitWith);
}

/**
 * Finds and runs a subcommand, which writes to the standard streams. It may set `process.exitCode`.
 *
 * @param argv - the arguments after the program's name
 * @throws whatever the subcommand fails with; `reportFailure` describes it
 */
export async function runCommand(argv: readonly string[]): Promise<void> {
  if (mayBeTool(argv)) {
    const { runToolCommand } = await import('./run/run-tool-command.js');
    if (await runToolCommand(argv, PACKAGE_ROOT)) return;
  }
  const { runOclifCommand } = await import('./run/run-oclif-command.js');
  await runOclifCommand(argv, PACKAGE_ROOT);
}

/**
 * Writes what went wrong to standard error.
 *
 * @returns the exit code that the failure asks for, when the message has been written
 */
export async function reportFailure(error: unknown): Promise<number> {
  // An installation that is broken cannot describe the failure; without this it would fail again and again.
  const { message, exitCode } = await describeFailure(error).catch((failure: unknown) => ({
    message: `${String(error)}\n${String(failure)}\nThe installation of cherenkit seems to be broken; install it again.\n`,
    exitCode: 70,
  }));
  // Set as well, in case standard error is never read: then the callback never comes, and the process ends by itself.
  process.exitCode = exitCode;
  await new Promise<void>((resolve) => process.stderr.write(message, () => resolve()));
  return exitCode;
}

async function exitWith(error: unknown): Promise<void> {
  process.exit(await reportFailure(error));
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
