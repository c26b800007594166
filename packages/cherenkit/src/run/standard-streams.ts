import { once } from 'node:events';
import { reportEarlyExit } from './interruption.js';

/** Codes of errors of a stream whose reader closed it: a pipe, a socket, and a stream after such an error. */
const CLOSED: ReadonlySet<string | undefined> = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

/** Number of writes whose failure is reported by `writeOutput`. */
let reported = 0;

/**
 * Handles readers that close a standard stream early, as in `cherenkit events FILE | head`: not an error. Without standard
 * output the command ends; without standard error it goes on in silence.
 */
export function handleClosedStreams(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (reported > 0) return;
    if (CLOSED.has(error.code)) {
      process.removeListener('exit', reportEarlyExit); // a closed pipe ends the program quietly
      process.exit(0);
    }
    throw error;
  });
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (!CLOSED.has(error.code)) throw error;
  });
}

/**
 * Writes to standard output and waits until it is written.
 *
 * @throws Error of the system, such as ENOSPC. A reader that closed the stream is not an error.
 */
export async function writeOutput(text: string): Promise<void> {
  reported += 1;
  try {
    await new Promise<void>((resolve, reject) => {
      process.stdout.write(text, (error: NodeJS.ErrnoException | null | undefined) => {
        if (error && !CLOSED.has(error.code)) reject(error);
        else resolve();
      });
    });
    await new Promise(setImmediate); // the stream emits the error as well
  } finally {
    reported -= 1;
  }
}

/** Length of the lines that are written at once, characters. */
const BLOCK = 2 ** 16;

/** Writes many lines to standard output, in blocks. It waits for a slow reader, so that lines do not pile up in memory. */
export class LineOutput {
  #lines = '';

  /** Writes a line, at the latest when `flush` is called. */
  async print(line: string): Promise<void> {
    this.#lines += `${line}\n`;
    if (this.#lines.length >= BLOCK) await this.flush();
  }

  async flush(): Promise<void> {
    const lines = this.#lines;
    this.#lines = '';
    if (lines !== '' && !process.stdout.write(lines)) await once(process.stdout, 'drain');
  }
}
