import { growBoosting, type GrownTrees, type SharedSearch } from '@cherenkit/kernels';
import type { PoolWorker } from '@cherenkit/io';
import { startWorker } from '@cherenkit/io/node';
import type { GrowTask } from '../estimators/grow-task.js';

/** Work of a growing thread in which another thread takes part. */
export interface HelpTask {
  readonly algorithm: 'help';
  readonly search: SharedSearch;
}

/** Grows trees with other threads, which are started when the first trees are to be grown. Disposing it terminates them. */
export class Grower implements AsyncDisposable {
  #helpers: PoolWorker<HelpTask, undefined>[] | undefined;

  /** @param nThreads - number of threads, with that of the caller */
  constructor(private readonly nThreads: number) {}

  /** @returns undefined if other threads cannot take part: for one thread and for forests */
  grow(task: GrowTask): GrownTrees | undefined {
    if (this.nThreads < 2 || task.algorithm !== 'boosting') return undefined;
    const start = (): PoolWorker<HelpTask, undefined> => startWorker(new URL('./grow-worker.js', import.meta.url));
    const helpers = (this.#helpers ??= Array.from({ length: this.nThreads - 1 }, start));
    return growBoosting(task.rows, task.options, (search) => {
      // Trees are grown without those that fail to start.
      for (const helper of helpers) helper.run({ algorithm: 'help', search }).catch(() => undefined);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#helpers?.map((helper) => helper.terminate()) ?? []);
  }
}
