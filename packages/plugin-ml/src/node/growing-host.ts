import type { GrownTrees } from '@cherenkit/kernels';
import { WorkerPool, type PoolWorker } from '@cherenkit/io';
import { availableThreads, limitedThreads, startWorker } from '@cherenkit/io/node';
import type { GrowTask } from '../estimators/grow-task.js';
import type { GrowWorkerOptions } from './grow-worker.js';
import { Grower } from './grower.js';

/** Number of features of all rows from which threads are started without being asked for: trees of fewer are grown in less time. */
const MIN_NUMBERS = 50_000;

/**
 * Grows trees in several threads: those of several items at the same time, and if there are more threads than items, those of an item in
 * several threads where the algorithm allows.
 *
 * @param items - made when a thread is free
 * @param nItems - number of items
 * @param taskOf - the trees of an item; undefined for one that the caller trains
 * @param nThreads - at most twice the CPUs of the machine; undefined: as many as the process may use, if that is worthwhile
 * @returns items in their order, each with its trees, or without them for the caller to train in this thread
 */
export async function* growInThreads<Item>(
  items: Iterable<Item>,
  nItems: number,
  taskOf: (item: Item) => GrowTask | undefined,
  nThreads?: number,
): AsyncGenerator<readonly [item: Item, grown: GrownTrees | undefined]> {
  const iterator = items[Symbol.iterator]();
  const first = iterator.next();
  if (first.done) return;
  const isLarge = (taskOf(first.value)?.rows.features.length ?? 0) >= MIN_NUMBERS;
  const nDefault = isLarge ? availableThreads() : 1;
  const nAll = nThreads === undefined ? nDefault : limitedThreads(nThreads);
  const nAtOnce = Math.min(nAll, nItems);
  const nEach = Math.floor(nAll / nAtOnce);
  const options: GrowWorkerOptions = { nThreads: nEach };
  const start = (): PoolWorker<GrowTask, GrownTrees> =>
    startWorker(new URL('./grow-worker.js', import.meta.url), { options });
  // This thread works as well, and takes the threads that are left over.
  await using pool = new WorkerPool<GrowTask, GrownTrees>({ size: nAtOnce - 1, start });
  await using grower = new Grower(nAll - (nAtOnce - 1) * nEach);
  await pool.start();
  for await (const [item, grown] of pool.map(all(first, iterator), taskOf)) {
    const task = grown ? undefined : taskOf(item);
    yield [item, grown ?? (task && grower.grow(task))];
  }
}

/** The items of an iterator whose first result was taken. */
function all<Item>(first: IteratorResult<Item>, others: Iterator<Item>): AsyncIterable<Item> {
  let isFirst = true;
  const next = (): IteratorResult<Item> => {
    if (!isFirst) return others.next();
    isFirst = false;
    return first;
  };
  // Errors of the items are rejections.
  return { [Symbol.asyncIterator]: () => ({ next: () => new Promise((resolve) => resolve(next())) }) };
}
