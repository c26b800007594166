import { parentPort, workerData, type TransferListItem } from 'node:worker_threads';
import type { WorkerMessage, WorkerStart } from './start-worker.js';

/** Plain data, and buffers of it to transfer instead of copying them. */
export interface Transferred<T> {
  readonly data: T;
  readonly transfer?: readonly TransferListItem[];
}

/** What a worker does. */
export interface TaskHandler<Task, Result> {
  /** Does a task. If it throws, the task fails with this error, as far as it can be cloned. */
  run(task: Task): Promise<Transferred<Result>>;
}

/**
 * Does the tasks of the thread that started this one by `startWorker`, one after the other.
 *
 * @param prepare - prepares the handler, with the options of `startWorker`; if it throws, the worker ends with this error
 * @param reasonOfExit - called if the thread is ended by `process.exit`; says why, for the error of its task
 */
export async function serveTasks<Options, Task, Result>(
  prepare: (options: Options) => Promise<TaskHandler<Task, Result>>,
  reasonOfExit?: (exitCode: number) => string | undefined,
): Promise<void> {
  if (parentPort === null) throw new Error('serveTasks: expected a worker thread, found the main thread.');
  const port = parentPort;
  const { exitNote, options } = workerData as WorkerStart;
  process.on('exit', (code) => note(exitNote, reasonOfExit?.(code)));
  const send = (message: WorkerMessage<Result>, transfer: readonly TransferListItem[] = []): void =>
    port.postMessage(message, transfer);
  const handler = await prepare(options as Options);
  let last = Promise.resolve();
  port.on('message', (task: Task) => {
    last = last.then(async () => {
      try {
        const { data, transfer = [] } = await handler.run(task);
        send({ result: data }, transfer);
      } catch (error) {
        send({ error: clonable(error) });
      }
    });
  });
  send('ready');
}

function clonable(error: unknown): unknown {
  try {
    return structuredClone(error);
  } catch {
    return new Error(String(error));
  }
}

function note(exitNote: SharedArrayBuffer, reason: string | undefined): void {
  if (reason === undefined) return;
  const target = new Uint8Array(exitNote, 4);
  const text = new TextEncoder().encode(reason).subarray(0, target.length);
  target.set(text);
  new DataView(exitNote).setUint32(0, text.length);
}
