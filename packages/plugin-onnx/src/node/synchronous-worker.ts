import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';

/** Data that a worker of {@link SynchronousWorker} is started with. */
export interface SynchronousStart {
  readonly port: MessagePort;
  /** Number of replies so far; -1 after the end of the worker. */
  readonly replies: Int32Array<SharedArrayBuffer>;
}

/** Longest time that a request may take, ms: some minutes of a large network. */
const TIMEOUT = 600_000;

/** A worker ended or did not reply. */
export class WorkerFailure extends Error {
  override readonly name = 'WorkerFailure';
}

/** A thread for work that is asynchronous: the thread that asks waits for the reply. */
export class SynchronousWorker<Request, Reply> {
  readonly #port: MessagePort;
  readonly #replies = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  #nReplies = 0;

  constructor(program: URL) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const workerData: SynchronousStart = { port: port2, replies: this.#replies };
    const worker = new Worker(program, { workerData, transferList: [port2] });
    worker.unref();
    port1.unref();
    // The end of the worker is noted in `replies`; errors that are emitted later have been reported.
    worker.on('error', () => undefined);
  }

  /**
   * Waits for the reply to a request.
   *
   * @throws WorkerFailure
   */
  ask(request: Request): Reply {
    this.#port.postMessage(request);
    const result = Atomics.wait(this.#replies, 0, this.#nReplies, TIMEOUT);
    const received = receiveMessageOnPort(this.#port) as { readonly message: Reply } | undefined;
    if (received === undefined) {
      throw new WorkerFailure(result === 'timed-out' ? `no reply after ${TIMEOUT / 1000} s` : 'its thread ended');
    }
    this.#nReplies++;
    return received.message;
  }
}
