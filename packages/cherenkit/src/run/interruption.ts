import { constants } from 'node:os';

/** A run was stopped by SIGINT or SIGTERM. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  /** 128 plus the signal number, as in shells. */
  readonly exitCode: number;

  constructor(readonly signal: 'SIGINT' | 'SIGTERM') {
    super(`Interrupted by ${signal}; no output was written.`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/**
 * Runs a task that can be interrupted: the first SIGINT or SIGTERM aborts its signal, a second one ends the process.
 *
 * @throws Interruption if the task was aborted
 */
export async function runInterruptible<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = (signal: NodeJS.Signals): void => {
    release();
    controller.abort(new Interruption(signal === 'SIGTERM' ? 'SIGTERM' : 'SIGINT'));
  };
  const release = (): void => {
    process.removeListener('SIGINT', interrupt);
    process.removeListener('SIGTERM', interrupt);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    return await task(controller.signal);
  } finally {
    release();
  }
}
