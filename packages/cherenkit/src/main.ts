import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from './package-root.js';
import { describeFailure } from './run/failure-report.js';
import { highlight } from './run/highlight.js';
import { reportUnsettled } from './run/interruption.js';
import { answerProgressSignal } from './run/progress-signal.js';
import { handleClosedStreams } from './run/standard-streams.js';

/** The time that the parser of oclif takes grows with the square of this number: half a second for this many. */
const MAX_ARGUMENTS = 10_000;

/**
 * Main function of the command `cherenkit`: runs a subcommand and, if it fails, exits with the exit code of the error.
 *
 * @param argv - command-line arguments, without the program name
 */
export async function main(argv: readonly string[]): Promise<void> {
  answerProgressSignal();
  process.on('uncaughtException', (error) => void exitWith(error));
  process.on('exit', reportUnsettled);
  handleClosedStreams();
  await runCommand(argv).catch(exitWith);
}

/**
 * Runs a subcommand, which writes to the standard streams and may set `process.exitCode`.
 *
 * @param given - command-line arguments, without the program name
 * @throws CherenkitError ARGUMENTS_TOO_MANY; the error of the subcommand; see `reportFailure`
 */
export async function runCommand(given: readonly string[]): Promise<void> {
  isJsonWanted = given.some((argument, i) => `${given[i - 1]}=${argument}`.endsWith('--log-format=json'));
  if (given.length > MAX_ARGUMENTS) await checkArgumentCount(given);
  const argv = withoutHelpCommand(given);
  if (mayNameTool(argv)) {
    const { runToolCommand } = await import('./run/run-tool-command.js');
    if (await runToolCommand(argv, PACKAGE_ROOT)) return;
  }
  const { runOclifCommand } = await import('./run/run-oclif-command.js');
  await runOclifCommand(argv, PACKAGE_ROOT);
}

/**
 * Writes an error message to standard error.
 *
 * @returns the exit code of the error, after the message was written
 */
export async function reportFailure(error: unknown): Promise<number> {
  // In a broken installation describing the failure fails as well; without this, handling the error would recurse.
  const { message, exitCode } = await describe(error).catch((failure: unknown) => ({
    message: `${String(error)}\n${String(failure)}\nThe installation of cherenkit seems to be broken; reinstall it.\n`,
    exitCode: 70,
  }));
  // If standard error is never read, the callback of write is not called and the process ends by itself with this code.
  process.exitCode = exitCode;
  await new Promise<void>((resolve) => process.stderr.write(highlight(message, process.stderr), () => resolve()));
  return exitCode;
}

/** The message of an error, in the format of the command line. */
async function describe(error: unknown): Promise<{ readonly message: string; readonly exitCode: number }> {
  const failure = await describeFailure(error);
  if (!isJsonWanted) return failure;
  const { endLine, failedEnd } = await import('./run/run-report.js');
  return { message: endLine(failedEnd(failure)), exitCode: failure.exitCode };
}

let isExiting = false;

/** Whether the command line asks for messages as JSON, also one that cannot be parsed. */
let isJsonWanted = false;

/** Reports an error and ends the process. Errors that follow while it ends, such as one per event, are not reported. */
async function exitWith(error: unknown): Promise<void> {
  if (isExiting) return;
  isExiting = true;
  process.exit(await reportFailure(error));
}

/** Writes `help config show` as `config show --help`, which works for tools of plugins as well. */
function withoutHelpCommand(argv: readonly string[]): readonly string[] {
  const [first, ...others] = argv;
  return first === 'help' ? [...others, '--help'] : argv;
}

/** Whether the first argument may name a tool: a built-in tool, or an unknown name, which may be a tool of a plugin. */
function mayNameTool([name, ...others]: readonly string[]): boolean {
  if (name === undefined || name.startsWith('-')) return false;
  const { commands } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'oclif.manifest.json'), 'utf8')) as {
    readonly commands: Readonly<Record<string, { readonly isTool?: boolean }>>;
  };
  // The help of built-in tools is in the oclif manifest, so plugins need not be searched.
  const isTool = [name, `${name}:${others[0] ?? ''}`].some((id) => commands[id]?.isTool);
  if (isTool) return !others.includes('--help') && !others.includes('-h');
  return !Object.keys(commands).some((id) => id.split(':')[0] === name);
}

/** Refuses command lines that take minutes to be parsed, such as those of a pattern that matches all files of an archive. */
async function checkArgumentCount(argv: readonly string[]): Promise<void> {
  const count = argv.filter((argument) => !argument.startsWith('-')).length;
  if (count <= MAX_ARGUMENTS) return;
  const { CherenkitError, ExitCode } = await import('@cherenkit/errors');
  const message = `Found ${count} arguments, expected at most ${MAX_ARGUMENTS}; give fewer files at once, for example with xargs.`;
  throw new CherenkitError('ARGUMENTS_TOO_MANY', ExitCode.USAGE, message);
}
