import { Interruption } from './interruption.js';

// Same values as ExitCode of core, which is imported on demand. oclif uses 2 for usage errors as well.
const USAGE = 2;
const BUG = 70;

/** Error message and exit code of a failed command. */
export interface FailureReport {
  /** Text for standard error, ending with a line break. */
  readonly message: string;
  readonly exitCode: number;
}

/**
 * Describes a failure. Known errors are described by their message; any other error is a bug and reported with its stack.
 *
 * Modules are imported on demand, so that the help of the command starts fast.
 */
export async function describeFailure(error: unknown): Promise<FailureReport> {
  if (error instanceof Interruption) return { message: `${error.message}\n`, exitCode: error.exitCode };
  const { CherenkitError, didYouMean, printable, printableLines } = await import('@cherenkit/errors');
  if (isUsageError(error)) {
    const [, flag] = /^Nonexistent flags?: (--[\w-]+)/.exec(error.message) ?? [];
    const [, choice, choices = ''] = /^Expected (\S+) to be one of: (.*)$/m.exec(error.message) ?? [];
    const hint =
      flag !== undefined
        ? didYouMean(flag, flagsOf(error))
        : choice !== undefined
          ? didYouMean(choice, choices.split(', '))
          : '';
    return {
      message: `error: ${shortened(printableLines(error.message)).replace(/(?=\n|$)/, hint)}\n`,
      exitCode: USAGE,
    };
  }
  if (CherenkitError.is(error)) {
    // Configuration problems start a new line with their position, which editors recognize.
    const isList = error.code === 'CONFIGURATION_INVALID';
    const text = isList ? `\n${printableLines(error.message)}` : ` ${printable(error.message)}`;
    return { message: `error[${error.code}]:${text}\n`, exitCode: error.exitCode };
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { message: `${printableLines(stack)}\n\n${await attributeBug(stack)}\n`, exitCode: BUG };
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

/** Error of oclif for a command line that cannot be parsed. */
interface UsageError extends Error {
  readonly oclif: { readonly exit?: unknown };
  readonly parse?: { readonly input?: { readonly flags?: Readonly<Record<string, { readonly allowNo?: boolean }>> } };
}

/** Whether oclif rejected the command line. Its parser and its command lookup use exit code 2, other errors do not. */
function isUsageError(error: unknown): error is UsageError {
  return error instanceof Error && 'oclif' in error && (error.oclif as UsageError['oclif']).exit === USAGE;
}

function flagsOf({ parse }: UsageError): string[] {
  const flags = Object.entries(parse?.input?.flags ?? {});
  return flags.flatMap(([name, { allowNo }]) => [`--${name}`, ...(allowNo ? [`--no-${name}`] : [])]);
}

/** Shortens the list of arguments that oclif rejects: `Nonexistent flags: --a, --b ... and 990 more`. */
function shortened(message: string): string {
  return message.replace(/^((?:[^,\n]*, ){9}[^,\n]*)((?:, [^,\n]*)+)$/m, (_all, first: string, rest: string) => {
    return `${first} and ${rest.split(', ').length - 1} more`;
  });
}
