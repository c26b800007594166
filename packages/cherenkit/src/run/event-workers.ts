import {
  CherenkitError,
  ExitCode,
  type EventBlock,
  type EventWorkers,
  type LoggedPart,
  type Logger,
} from '@cherenkit/core';
import { counted, messageOf } from '@cherenkit/errors';
import { WorkerPool, type PoolWorker } from '@cherenkit/io';
import { availableThreads, startWorker, WorkerEnd } from '@cherenkit/io/node';
import type { RunRequest } from './run-request.js';

/** The run that workers prepare. */
export type WorkerRequest = RunRequest & { readonly tool: string };

/** How a run uses threads. */
export interface ThreadOptions {
  /** Number of threads that process events. */
  readonly count: number;
  /** Whether the user asked for this number: a warning is logged if the run cannot use it. */
  readonly isRequested?: boolean;
  /** Size of the blocks that threads process, bytes. */
  readonly blockBytes?: number;
  /** Whether to start the workers before the first event. Default: when they are known to save time. */
  readonly isEager?: boolean;
}

/** Default size of blocks: some ten images of large cameras, whose processing takes much longer than sending them. */
const BLOCK_BYTES = 2 ** 21;
/**
 * Time that the rest of a run has to take for workers to be started, ms. Starting one takes half of the shorter time, and as its code is
 * compiled meanwhile, two seconds of a CPU: without a CPU to spare, threads that work already would lose them.
 */
const MIN_REMAINING_TIME = { withSpareCpu: 1000, otherwise: 4000 } as const;

/** What a worker returns for a block. */
export interface MadePart {
  /** Undefined if it could not process the events. */
  readonly made: LoggedPart | undefined;
  /** The memory of the block, which is moved back. */
  readonly memory: readonly ArrayBuffer[];
}

/** What the workers need to know of the thread that starts them. */
export interface WorkerSurroundings {
  readonly logger: Logger;
  /** Fraction of the input that was read, 0 to 1; undefined if unknown. */
  readonly fractionRead: () => number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Processes the blocks of a run in worker threads, which are started once the rest of the run is known to take long enough. */
export class EventWorkerPool implements EventWorkers, AsyncDisposable {
  readonly blockBytes: number;
  readonly #pool: WorkerPool<EventBlock, MadePart>;
  readonly #threads: ThreadOptions;
  #isDeclined = false;
  readonly #surroundings: WorkerSurroundings;
  readonly #started = performance.now();
  readonly #minRemainingTime: number;

  constructor(request: WorkerRequest, threads: ThreadOptions, surroundings: WorkerSurroundings) {
    const { logger } = surroundings;
    this.blockBytes = threads.blockBytes ?? BLOCK_BYTES;
    this.#threads = threads;
    this.#surroundings = surroundings;
    const hasSpareCpu = availableThreads() > threads.count; // reading and compressing use one in part
    this.#minRemainingTime = hasSpareCpu ? MIN_REMAINING_TIME.withSpareCpu : MIN_REMAINING_TIME.otherwise;
    this.#pool = new WorkerPool({
      size: threads.count - 1, // the thread that starts them works as well
      start: () => startEventWorker(request),
      onStartFailure: (error) => logger.warning(`A worker thread could not be started: ${messageOf(error)}.`),
    });
  }

  /** Largest number of threads that process events. */
  get nThreads(): number {
    return this.#isDeclined ? 1 : this.#threads.count;
  }

  decline(reason: string): void {
    this.#isDeclined = true;
    const { logger } = this.#surroundings;
    const message = `One thread processes the events, since ${reason}.`;
    if (this.#threads.isRequested) logger.warning(message);
    else logger.info(message);
  }

  async *process(
    blocks: AsyncIterable<EventBlock>,
  ): AsyncGenerator<readonly [block: EventBlock, made: LoggedPart | undefined]> {
    const { signal, logger } = this.#surroundings;
    let [nBlocks, nOfWorkers, nEvents] = [0, 0, 0];
    if (this.#threads.isEager) await this.#pool.start();
    const taskOf = (block: EventBlock): EventBlock | undefined => {
      if (this.#isWorthwhile()) void this.#pool.start();
      const { nEvents, data, memory } = block;
      return data === undefined ? undefined : { nEvents, data, memory };
    };
    const stop = (): void => void this.#pool[Symbol.asyncDispose]();
    signal?.throwIfAborted(); // an aborted signal has no further event
    signal?.addEventListener('abort', stop);
    try {
      for await (const [block, result] of this.#pool.map(blocks, taskOf)) {
        nBlocks++;
        if (result?.made) nOfWorkers++;
        yield result ? [{ ...block, memory: result.memory }, result.made] : [block, undefined];
        nEvents += block.nEvents;
      }
    } catch (error) {
      signal?.throwIfAborted();
      throw namedEnd(error, nEvents);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
    logger.debug(`Worker threads processed ${nOfWorkers} of ${counted(nBlocks, 'block')} of events.`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool[Symbol.asyncDispose]();
  }

  /** Whether the rest of the run will take long enough, as far as that is known. */
  #isWorthwhile(): boolean {
    const elapsed = performance.now() - this.#started;
    const fraction = this.#surroundings.fractionRead() ?? 0.5;
    return (elapsed * (1 - fraction)) / fraction >= this.#minRemainingTime;
  }
}

function startEventWorker(request: WorkerRequest): PoolWorker<EventBlock, MadePart> {
  const transferOf = ({ memory = [] }: EventBlock): readonly ArrayBuffer[] => memory;
  return startWorker(new URL('./event-worker.js', import.meta.url), { options: request, transferOf });
}

/** Names the reason of the end of a worker. An error that it did not catch has a stack that names its plugin. */
function namedEnd(error: unknown, nEvents: number): unknown {
  const place = `while it processed events after the first ${nEvents}`;
  if (error instanceof WorkerEnd) {
    const reason = error.reason ?? `Its exit code is ${error.exitCode}`;
    const message = `A worker thread ended ${place}; there is no output. ${reason}.`;
    // A thread that a plugin ends notes the reason; others are ended by the system.
    const exitCode = error.reason === undefined ? ExitCode.TEMPORARY : ExitCode.BUG;
    return new CherenkitError('RUN_NOT_FINISHED', exitCode, message);
  }
  if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  const message =
    `A worker thread ran out of memory ${place}; there is no output. If no plugin is the reason, allow more memory, for ` +
    'example with NODE_OPTIONS=--max-old-space-size=8192 (MB).';
  return new CherenkitError('WORKER_OUT_OF_MEMORY', ExitCode.TEMPORARY, message);
}
