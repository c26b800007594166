import { constants } from 'node:os';

/** The reason with which a run is stopped when its process is asked to end. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  /** 128 plus the number of the signal, as shells have it. */
  readonly exitCode: number;

  constructor(readonly signal: 'SIGINT' | 'SIGTERM') {
    super(`Interrupted by ${signal}; no output was left.`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/**
 * Runs a task that the first SIGINT or SIGTERM stops by aborting its signal; a second one ends the process at once.
 *
 * @throws Interruption when the task has given way
 */
export async function interruptible<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T> {
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
