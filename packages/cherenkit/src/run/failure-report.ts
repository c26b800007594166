import { Interruption } from './interruption.js';

/** The exit code of a usage error, in oclif as everywhere here. */
const USAGE = 2;
const BUG = 70;

/** What the command says of a failure before it ends. */
export interface FailureReport {
  /** With a line break at its end. */
  readonly message: string;
  readonly exitCode: number;
}

/**
 * Tells mistakes whose cause is known, which need no stack, from bugs, which do.
 *
 * Core is imported here, when there is a failure to describe: the help of the command does without it.
 */
export async function describeFailure(error: unknown): Promise<FailureReport> {
  if (error instanceof Interruption) return { message: `${error.message}\n`, exitCode: error.exitCode };
  const { CherenkitError, didYouMean } = await import('@cherenkit/core');
  if (isUsageError(error)) {
    const [, flag] = /^Nonexistent flags?: (--[\w-]+)/.exec(error.message) ?? [];
    const hint = flag === undefined ? '' : didYouMean(flag, flagsOf(error));
    return { message: `error: ${error.message.replace(/(?=\n|$)/, hint)}\n`, exitCode: USAGE };
  }
  if (CherenkitError.is(error)) {
    // Mistakes in configurations begin with their place, where editors look for it.
    const separator = error.code === 'CONFIGURATION_INVALID' ? '\n' : ' ';
    return { message: `error[${error.code}]:${separator}${error.message}\n`, exitCode: error.exitCode };
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { message: `${stack}\n\n${await attributeBug(stack)}\n`, exitCode: BUG };
}

async function attributeBug(stack: string): Promise<string> {
  const { pluginAtFault } = await import('../plugins/plugin-at-fault.js');
  const plugin = pluginAtFault(stack);
  if (!plugin) return 'This is a bug of cherenkit; please report it with the lines above.';
  const { name, version, directory, isInnermost } = plugin;
  const which = `plugin ${name} (${[version, directory].filter(Boolean).join(', ')})`;
  if (isInnermost) return `This is a bug of ${which}; please report it there, with the lines above.`;
  return `This is a bug of ${which} or of cherenkit; please report it with the lines above.`;
}

/** What oclif says of the flags of a command that it could not parse. */
interface UsageError extends Error {
  readonly oclif: { readonly exit?: unknown };
  readonly parse?: { readonly input?: { readonly flags?: Readonly<Record<string, { readonly allowNo?: boolean }>> } };
}

/** oclif's errors have an exit code; only its parser, and the search for a command, use that of usage errors. */
function isUsageError(error: unknown): error is UsageError {
  return error instanceof Error && 'oclif' in error && (error.oclif as UsageError['oclif']).exit === USAGE;
}

function flagsOf({ parse }: UsageError): string[] {
  const flags = Object.entries(parse?.input?.flags ?? {});
  return flags.flatMap(([name, { allowNo }]) => [`--${name}`, ...(allowNo ? [`--no-${name}`] : [])]);
}
