import { writeSync } from 'node:fs';
import { constants } from 'node:os';
import { CherenkitError, ExitCode, printable } from '@cherenkit/errors';
import { findPluginInStack, type PluginInStack } from '../plugins/find-plugin-in-stack.js';
import { importsInProgress } from '../plugins/import-file.js';

/** Exit code of Node.js if nothing is left to do, but the program has not finished. */
const UNSETTLED = 13;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGXCPU'] as const;

/** Signals of batch systems before a deadline, or before the machine is needed otherwise. */
const TEMPORARY: ReadonlySet<string> = new Set(['SIGTERM', 'SIGXCPU']);

/** Signals that stop a run. */
type StopSignal = (typeof SIGNALS)[number];

/** A run was stopped by a signal: Ctrl-C, a closed terminal (SIGHUP), SIGQUIT, or SIGTERM and SIGXCPU of a batch system. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  /** That of temporary failures for the signals of batch systems, else 128 plus the signal number, as in shells. */
  readonly exitCode: number;

  /** @param writes - whether the run has outputs, of which none is left */
  constructor(
    readonly signal: StopSignal,
    writes = true,
  ) {
    super(`Interrupted by ${signal}${writes ? '; no output was written' : ''}.`);
    this.exitCode = TEMPORARY.has(signal) ? ExitCode.TEMPORARY : 128 + constants.signals[signal];
  }
}

/**
 * Runs a task that can be interrupted: the first signal that stops runs aborts it, a second one ends the process.
 *
 * @param writes - whether the task has outputs, for the message
 * @throws Interruption if the task was aborted
 */
export async function runInterruptible<T>(
  task: (signal: AbortSignal) => Promise<T>,
  { writes = true } = {},
): Promise<T> {
  const controller = new AbortController();
  const listeners = SIGNALS.map((signal) => [signal, () => interrupt(signal)] as const);
  const interrupt = (signal: StopSignal): void => {
    release();
    controller.abort(new Interruption(signal, writes));
  };
  const release = (): void => listeners.forEach(([signal, listener]) => process.removeListener(signal, listener));
  for (const [signal, listener] of listeners) process.on(signal, listener);
  process.on('exit', reportEarlyExit);
  try {
    return await task(controller.signal);
  } finally {
    process.removeListener('exit', reportEarlyExit);
    release();
  }
}

let isReported = false;

/** Reports a process that ends without an error during a run, or that a plugin ends; the run then has no output. */
export function reportEarlyExit(exitCode: number): void {
  const plugin = exitingPlugin();
  if (isReported || (plugin === undefined && exitCode !== 0 && exitCode !== UNSETTLED)) return;
  isReported = true;
  const reason = printable(earlyExitReason(exitCode, plugin));
  const message = `The process ended before the run was finished; there is no output. ${reason}.`;
  const error = new CherenkitError('RUN_NOT_FINISHED', ExitCode.BUG, message);
  process.exitCode = error.exitCode;
  writeSync(process.stderr.fd, `error[${error.code}]: ${error.message}\n`);
}

/** Why a worker thread is ended by `process.exit`, for the message of the thread that started it. */
export function exitReason(exitCode: number): string {
  return earlyExitReason(exitCode, exitingPlugin());
}

function earlyExitReason(exitCode: number, plugin: PluginInStack | undefined): string {
  const [file] = importsInProgress;
  if (plugin !== undefined) {
    const which = `plugin ${plugin.name} (${[plugin.version, plugin.directory].filter(Boolean).join(', ')})`;
    return `The ${which} called process.exit(${exitCode}); please report it to its authors`;
  }
  if (file !== undefined) return `The import of ${file} never ended`;
  return exitCode === UNSETTLED
    ? 'A plugin never finished an asynchronous step'
    : `process.exit(${exitCode}) was called, or a plugin never finished an asynchronous step`;
}

/** The plugin that called `process.exit`, which calls the listeners of the event. */
function exitingPlugin(): PluginInStack | undefined {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 100;
  const { stack = '' } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  return findPluginInStack(stack);
}

/**
 * Reports a process that ends outside of a run because it waits for something that cannot happen, or because a plugin ends it
 * while it is imported.
 */
export function reportUnsettled(exitCode: number): void {
  if (exitCode === UNSETTLED || importsInProgress.size > 0) reportEarlyExit(exitCode);
}
