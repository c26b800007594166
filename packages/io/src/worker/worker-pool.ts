/** A worker as a pool uses it. */
export interface PoolWorker<Task, Result> {
  /** Resolves once the worker can do tasks; rejects if it cannot. */
  readonly ready: Promise<void>;
  /** Does a task, after those before it. Rejects if the worker ends. */
  run(task: Task): Promise<Result>;
  terminate(): Promise<void>;
}

/** Options of a pool. */
export interface PoolOptions<Task, Result> {
  /** Number of workers. */
  readonly size: number;
  /** Starts a worker. */
  readonly start: () => PoolWorker<Task, Result>;
  /** Called for a worker that did not become ready. The pool works without it. */
  readonly onStartFailure?: (error: unknown) => void;
}

/** Tasks that a worker has at once: it begins the next one without waiting for this thread. */
const TASKS_PER_WORKER = 2;
/** Items that the caller has at once, if there are workers: as many as a worker, which does as many meanwhile. */
const OWN_AHEAD = 2;

interface Member<Task, Result> {
  readonly worker: PoolWorker<Task, Result>;
  isReady: boolean;
  nTasks: number;
}

/** An item that was read, and its result if a worker was given its task. */
interface Pending<Item, Result> {
  readonly item: Item;
  readonly result: Promise<Result> | undefined;
}

/**
 * Does tasks in worker threads and gives their results in the order of the tasks. Disposing it terminates the workers.
 *
 * @example
 * ```ts
 * import { WorkerPool } from '@cherenkit/io';
 * import { startWorker } from '@cherenkit/io/node';
 *
 * export async function printSquares(numbers: AsyncIterable<number>): Promise<void> {
 *   const start = () => startWorker<number, number>(new URL('./square.js', import.meta.url)); // calls serveTasks
 *   await using pool = new WorkerPool({ size: 4, start });
 *   await pool.start();
 *   for await (const [item, result] of pool.map(numbers, (item) => item)) console.log(item, result ?? item ** 2);
 * }
 * ```
 */
export class WorkerPool<Task, Result> implements AsyncDisposable {
  readonly #options: PoolOptions<Task, Result>;
  readonly #members: Member<Task, Result>[] = [];
  #started: Promise<void> | undefined;

  constructor(options: PoolOptions<Task, Result>) {
    this.#options = options;
  }

  /** Starts the workers. They get tasks as soon as they are ready. Resolves when none is starting any more. */
  start(): Promise<void> {
    this.#started ??= this.#startAll();
    return this.#started;
  }

  async #startAll(): Promise<void> {
    for (let i = 0; i < this.#options.size; i++) {
      this.#members.push({ worker: this.#options.start(), isReady: false, nTasks: 0 });
    }
    const starting = this.#members.map(async (member) => {
      try {
        await member.worker.ready;
        member.isReady = true;
      } catch (error) {
        this.#members.splice(this.#members.indexOf(member), 1);
        this.#options.onStartFailure?.(error);
      }
    });
    await Promise.all(starting);
  }

  /**
   * Yields items in their order, each with the result of its task, or without one for the caller to do it: the thread of the
   * caller works as well. Items are read ahead as far as there are threads, and are shared evenly among them: as the order
   * is kept, the caller can do an item only after those before it, while workers do those after it.
   *
   * @param taskOf - the task of an item; undefined for one that the caller has to do
   * @throws errors of the items and of the workers, after the results before them
   */
  async *map<Item>(
    items: AsyncIterable<Item>,
    taskOf: (item: Item) => Task | undefined,
  ): AsyncGenerator<readonly [item: Item, result: Result | undefined]> {
    const iterator = items[Symbol.asyncIterator]();
    const pending: Pending<Item, Result>[] = [];
    let reading: Promise<IteratorResult<Item>> | undefined;
    let isDone = false;
    let failure: { readonly error: unknown } | undefined;
    try {
      for (;;) {
        const [first] = pending;
        const nOwn = pending.filter(({ result }) => result === undefined).length;
        const isWorkerFree = this.#leastBusy(TASKS_PER_WORKER) !== undefined;
        const nAhead = this.#members.some(({ isReady }) => isReady) ? OWN_AHEAD : 1;
        if (!isDone && (isWorkerFree || nOwn < nAhead)) reading ??= iterator.next();
        if (first === undefined && reading === undefined) {
          if (failure) throw failure.error;
          return;
        }
        // Workers get tasks before the caller is busy.
        const isWaiting = first !== undefined && first.result === undefined && isWorkerFree && reading !== undefined;
        const firstResult = first && !isWaiting ? (first.result ?? Promise.resolve(undefined)) : undefined;
        const next = await settledFirst(firstResult, reading);
        if (next === 'result' && first !== undefined) {
          pending.shift();
          yield [first.item, await first.result];
        } else {
          const read = await reading?.catch((error: unknown) => void (failure = { error }));
          reading = undefined;
          if (read === undefined || read.done) isDone = true;
          else
            pending.push({ item: read.value, result: this.#run(taskOf(read.value), nOwn < nAhead ? nOwn : Infinity) });
        }
      }
    } finally {
      await reading?.catch(() => undefined);
      await iterator.return?.();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#members.splice(0).map(({ worker }) => worker.terminate()));
  }

  /** The ready worker with the fewest tasks, if it has fewer than a number. */
  #leastBusy(nTasks: number): Member<Task, Result> | undefined {
    const free = this.#members.filter((member) => member.isReady && member.nTasks < nTasks);
    return free.sort((a, b) => a.nTasks - b.nTasks)[0];
  }

  /** Gives a task to a worker that has at most `maxTasks`, and is not fully busy; undefined if there is none. */
  #run(task: Task | undefined, maxTasks: number): Promise<Result> | undefined {
    const member = this.#leastBusy(Math.min(TASKS_PER_WORKER, maxTasks + 1));
    if (task === undefined || member === undefined) return undefined;
    member.nTasks++;
    const result = member.worker.run(task).finally(() => member.nTasks--);
    result.catch(() => undefined); // it is thrown in the order of the items
    return result;
  }
}

/** Waits for the first result or for the next item, and returns which of them there is; for a result if there are both. */
async function settledFirst(
  result: Promise<unknown> | undefined,
  item: Promise<unknown> | undefined,
): Promise<'result' | 'item'> {
  const isResult = (): 'result' => 'result';
  const isItem = (): 'item' => 'item';
  const waiting = [result?.then(isResult, isResult), item?.then(isItem, isItem)];
  return Promise.race(waiting.filter((each) => each !== undefined));
}
