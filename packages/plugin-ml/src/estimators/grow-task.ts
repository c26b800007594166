import {
  growBoosting,
  growForest,
  type BoostingOptions,
  type ForestOptions,
  type GrownTrees,
  type TrainingRows,
} from '@cherenkit/kernels';

/** Trees to grow, as plain data that can be sent to another thread. */
export type GrowTask =
  | { readonly algorithm: 'boosting'; readonly rows: TrainingRows; readonly options: BoostingOptions }
  | { readonly algorithm: 'forest'; readonly rows: TrainingRows; readonly options: ForestOptions };

/** Grows the trees of a task. */
export function growTrees(task: GrowTask): GrownTrees {
  return task.algorithm === 'boosting' ? growBoosting(task.rows, task.options) : growForest(task.rows, task.options);
}
