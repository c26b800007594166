import type { GrownTrees } from '@cherenkit/kernels';
import { serveTasks } from '@cherenkit/io/node';
import { growTrees, type GrowTask } from '../estimators/grow-task.js';

await serveTasks<undefined, GrowTask, GrownTrees>(async () => ({
  run: (task) => Promise.resolve({ data: growTrees(task) }),
}));
