import type { GrownTrees } from '@cherenkit/kernels';
import { WorkerPool, type PoolWorker } from '@cherenkit/io';
import { availableThreads, startWorker } from '@cherenkit/io/node';
import type { GrowTask } from '../estimators/grow-task.js';

/** Number of features of all rows from which threads are started without being asked for: trees of fewer are grown in less time. */
const MIN_NUMBERS = 50_000;

/**
 * Grows trees in several threads.
 *
 * @param items - made when a thread is free
 * @param taskOf - the trees of an item; undefined for one that the caller trains
 * @param nThreads - undefined: as many as the process may use, if that is worthwhile
 * @returns items in their order, each with its trees, or without them for the caller to train
 */
export async function* growInThreads<Item>(
  items: Generator<Item>,
  taskOf: (item: Item) => GrowTask | undefined,
  nThreads?: number,
): AsyncGenerator<readonly [item: Item, grown: GrownTrees | undefined]> {
  const first = items.next();
  if (first.done) return;
  const size = (nThreads ?? availableThreads()) - 1; // this thread works as well
  const start = (): PoolWorker<GrowTask, GrownTrees> => startWorker(new URL('./grow-worker.js', import.meta.url));
  await using pool = new WorkerPool<GrowTask, GrownTrees>({ size, start });
  const isLarge = (taskOf(first.value)?.rows.features.length ?? 0) >= MIN_NUMBERS;
  if (nThreads !== undefined || isLarge) await pool.start();
  yield* pool.map(all(first.value, items), taskOf);
}

function all<Item>(first: Item, others: Iterable<Item>): AsyncIterable<Item> {
  function* inOrder(): Generator<Item> {
    yield first;
    yield* others;
  }
  const items = inOrder();
  // Errors of the items are rejections.
  const next = (): Promise<IteratorResult<Item>> => new Promise((resolve) => resolve(items.next()));
  return { [Symbol.asyncIterator]: () => ({ next }) };
}
