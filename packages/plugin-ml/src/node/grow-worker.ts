import type { GrownTrees } from '@cherenkit/kernels';
import { serveTasks, type TaskHandler } from '@cherenkit/io/node';
import { growTrees, type GrowTask } from '../estimators/grow-task.js';

const handler: TaskHandler<GrowTask, GrownTrees> = {
  run: (task) => Promise.resolve({ data: growTrees(task) }),
};

await serveTasks(() => Promise.resolve(handler));
