import { Worker, type TransferListItem } from 'node:worker_threads';
import type { PoolWorker } from '../worker/worker-pool.js';

/** Message from a worker of `serveTasks`. */
export type WorkerMessage<Result> = 'ready' | { readonly result: Result } | { readonly error: unknown };

/** Data that `startWorker` passes to a worker. */
export interface WorkerStart {
  /** For the reason why the worker ends, when it can no longer send messages: length of the text in bytes, then UTF-8. */
  readonly exitNote: SharedArrayBuffer;
  readonly options: unknown;
}

/** Size of the memory for the reason why a worker ends, bytes. */
const MAX_NOTE = 4096;

/** Heap for new objects, MB: a quarter of V8's default, which each worker would fill before it collects garbage. */
const YOUNG_GENERATION = 12;

/** A worker ended that should not have. */
export class WorkerEnd extends Error {
  override readonly name = 'WorkerEnd';

  /**
   * @param exitCode - that of the thread
   * @param reason - what the worker noted; undefined if nothing
   */
  constructor(
    readonly exitCode: number,
    readonly reason: string | undefined,
    options?: ErrorOptions,
  ) {
    super(reason ?? `The worker ended with exit code ${exitCode}.`, options);
  }
}

/** Options of a worker. */
export interface StartOptions<Task> {
  /** Plain data for the worker, see `serveTasks`. */
  readonly options?: unknown;
  /** Buffers of a task to transfer instead of copying them. */
  readonly transferOf?: (task: Task) => readonly TransferListItem[];
}

/** Starts a thread that does tasks. Its program calls `serveTasks`. */
export function startWorker<Task, Result>(
  program: URL,
  { options, transferOf = () => [] }: StartOptions<Task> = {},
): PoolWorker<Task, Result> {
  const exitNote = new SharedArrayBuffer(MAX_NOTE);
  const workerData: WorkerStart = { exitNote, options };
  const worker = new Worker(program, { workerData, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION } });
  worker.unref();
  const waiting: PromiseWithResolvers<Result>[] = [];
  const started = withResolvers<void>();
  let end: unknown;
  let isTerminating = false;
  const fail = (error: unknown): void => {
    end ??= error;
    started.reject(end);
    for (const { reject } of waiting.splice(0)) reject(end);
  };
  worker.on('message', (message: WorkerMessage<Result>) => {
    if (message === 'ready') started.resolve();
    else if ('result' in message) waiting.shift()?.resolve(message.result);
    else waiting.shift()?.reject(message.error);
    // Results that arrive during termination must not let the process end before the thread has.
    if (waiting.length === 0 && !isTerminating) worker.unref();
  });
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new WorkerEnd(code, noted(exitNote))));
  started.promise.catch(() => undefined);
  return {
    ready: started.promise,
    run(task) {
      const result = withResolvers<Result>();
      if (end !== undefined) {
        result.reject(end);
        return result.promise;
      }
      waiting.push(result);
      worker.ref();
      worker.postMessage(task, transferOf(task));
      return result.promise;
    },
    async terminate() {
      isTerminating = true;
      await worker.terminate();
    },
  };
}

interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

/** `Promise.withResolvers`, which Node.js 20 lacks. */
function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  return { promise, resolve, reject };
}

function noted(exitNote: SharedArrayBuffer): string | undefined {
  const length = new DataView(exitNote).getUint32(0);
  // Copied, since TextDecoder does not read shared memory in all engines.
  return length === 0 ? undefined : new TextDecoder().decode(new Uint8Array(exitNote, 4, length).slice());
}
