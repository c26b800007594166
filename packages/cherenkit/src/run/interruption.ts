import { writeSync } from 'node:fs';
import { constants } from 'node:os';
import { importsInProgress } from '../plugins/import-file.js';

// Same value as ExitCode of core, which is imported on demand.
const BUG = 70;
/** Exit code of Node.js if nothing is left to do, but the program has not finished. */
const UNSETTLED = 13;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** Signals that stop a run. */
type StopSignal = (typeof SIGNALS)[number];

/** A run was stopped by a signal: Ctrl-C, SIGTERM, a closed terminal (SIGHUP) or SIGQUIT. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  /** 128 plus the signal number, as in shells. */
  readonly exitCode: number;

  constructor(readonly signal: StopSignal) {
    super(`Interrupted by ${signal}; no output was written.`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/**
 * Runs a task that can be interrupted: the first signal that stops runs aborts it, a second one ends the process.
 *
 * @throws Interruption if the task was aborted
 */
export async function runInterruptible<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const listeners = SIGNALS.map((signal) => [signal, () => interrupt(signal)] as const);
  const interrupt = (signal: StopSignal): void => {
    release();
    controller.abort(new Interruption(signal));
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

/** Reports a process that ends without an error during a run, which then has no output. */
export function reportEarlyExit(exitCode: number): void {
  if (isReported || (exitCode !== 0 && exitCode !== UNSETTLED)) return;
  isReported = true;
  process.exitCode = BUG;
  const [file] = importsInProgress;
  const reason =
    file === undefined
      ? 'A plugin called process.exit, or never finished an asynchronous step'
      : `The import of ${file} never ended`;
  const message = `error: The process ended before the run was finished; there is no output. ${reason}.\n`;
  writeSync(process.stderr.fd, message);
}

/** Reports a process that ends because it waits for something that cannot happen: Node.js has set the exit code then. */
export function reportUnsettled(): void {
  if (process.exitCode === UNSETTLED) reportEarlyExit(UNSETTLED);
}
