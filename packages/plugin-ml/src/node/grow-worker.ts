import { helpGrowing, type GrownTrees } from '@cherenkit/kernels';
import { serveTasks, type TaskHandler } from '@cherenkit/io/node';
import { growTrees, type GrowTask } from '../estimators/grow-task.js';
import { Grower, type HelpTask } from './grower.js';

/** Options of the worker. */
export interface GrowWorkerOptions {
  /** Number of threads that grow the trees of a task. */
  readonly nThreads: number;
}

await serveTasks((options: GrowWorkerOptions | undefined) => {
  const grower = new Grower(options?.nThreads ?? 1);
  const handler: TaskHandler<GrowTask | HelpTask, GrownTrees | undefined> = {
    run(task) {
      if (task.algorithm !== 'help') return Promise.resolve({ data: grower.grow(task) ?? growTrees(task) });
      helpGrowing(task.search);
      return Promise.resolve({ data: undefined });
    },
  };
  return Promise.resolve(handler);
});
