import { Interruption } from './interruption.js';

// Same values as ExitCode of core, which is imported on demand. oclif uses 2 for usage errors as well.
const USAGE = 2;
const BUG = 70;

/** Codes of errors that list problems. Those of configurations start a new line with their position, which editors recognize. */
const LISTS: ReadonlySet<string> = new Set([
  'CONFIGURATION_INVALID',
  'DL3_INVALID',
  'MERGE_REFUSED',
  'NOTHING_SALVAGED',
]);

/** Error message and exit code of a failed command. */
export interface FailureReport {
  /** Text for standard error, ending with a line break. */
  readonly message: string;
  readonly exitCode: number;
  /** Code of the error; a word for errors without one: `USAGE`, `INTERRUPTED`, `BUG`. */
  readonly code: string;
}

/**
 * Describes a failure. Known errors are described by their message; any other error is a bug and reported with its stack.
 *
 * Modules are imported on demand, so that the help of the command starts fast.
 */
export async function describeFailure(thrown: unknown): Promise<FailureReport> {
  const error = firstError(thrown);
  if (error instanceof Interruption) {
    return { message: `${error.message}\n`, exitCode: error.exitCode, code: 'INTERRUPTED' };
  }
  const { CherenkitError, printable, printableLines } = await import('@cherenkit/errors');
  const { describeUsageError, isUsageError } = await import('./usage-error.js');
  if (isUsageError(error)) return { message: describeUsageError(error), exitCode: USAGE, code: 'USAGE' };
  if (CherenkitError.is(error)) {
    const isList = LISTS.has(error.code);
    const text = isList ? `\n${printableLines(error.message)}` : ` ${printable(error.message)}`;
    return { message: `error[${error.code}]:${text}\n`, exitCode: error.exitCode, code: error.code };
  }
  const failure = await failureOfSystem(error);
  if (failure !== undefined) return describeFailure(failure);
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { message: `${printableLines(stack)}\n\n${await attributeBug(stack)}\n`, exitCode: BUG, code: 'BUG' };
}

/** The error with a code for an error of the system that no component has described; undefined for other errors. */
async function failureOfSystem(error: unknown): Promise<Error | undefined> {
  const { CherenkitError, ExitCode, exitCodeOf, isOutOfMemory, isTemporary, messageOf } =
    await import('@cherenkit/errors');
  const options = { cause: error };
  if (isWriteFailure(error)) {
    const message = `Cannot write to standard output: ${error.message}. Free disk space, and run again.`;
    return new CherenkitError('STDOUT_WRITE_FAILED', exitCodeOf(error, ExitCode.IO_FAILED), message, options);
  }
  if (isOutOfMemory(error)) {
    const message = `The memory is exhausted: ${messageOf(error)}. Run again with more memory, or with fewer threads.`;
    return new CherenkitError('OUT_OF_MEMORY', ExitCode.TEMPORARY, message, options);
  }
  if (!isTemporary(error)) return undefined;
  const message = `The system failed: ${messageOf(error)}. Run again; if it fails again, check the disk and the network.`;
  return new CherenkitError('SYSTEM_FAILED', ExitCode.TEMPORARY, message, options);
}

/** The error that ended a run. Errors of the disposal that followed are not reported: it is their cause. */
function firstError(error: unknown): unknown {
  return error instanceof Error && error.name === 'SuppressedError' && 'suppressed' in error
    ? firstError(error.suppressed)
    : error;
}

async function attributeBug(stack: string): Promise<string> {
  const { findPluginInStack } = await import('../plugins/find-plugin-in-stack.js');
  const plugin = findPluginInStack(stack);
  if (!plugin) return 'This is a bug in cherenkit; please report it with the lines above.';
  const { name, version, directory, isInnermost } = plugin;
  const which = `plugin ${name} (${[version, directory].filter(Boolean).join(', ')})`;
  if (isInnermost) return `This is a bug in ${which}; please report it to its authors with the lines above.`;
  return `This is a bug in ${which} or in cherenkit; please report it with the lines above.`;
}

/** Whether the system failed to write to a standard stream: writers of files have errors of their own. */
function isWriteFailure(error: unknown): error is Error {
  const { code, syscall } = Object(error) as Partial<NodeJS.ErrnoException>;
  return syscall === 'write' && ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'].includes(code ?? '');
}
