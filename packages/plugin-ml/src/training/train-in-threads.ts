import type { TrainingRows } from '@cherenkit/kernels';
import { growInThreads } from '#growing-host';
import type { Estimator, TrainedEstimator } from '../estimators/estimator.js';
import type { Parameters } from '../estimators/parameter-rules.js';

/** The training of an estimator. */
export interface Training {
  readonly estimator: Estimator;
  /** All of them, as `Estimator.parametersOf` returns them. */
  readonly parameters: Parameters;
  readonly rows: TrainingRows;
}

/** A training, with its result. */
export interface Trained<T extends Training> {
  readonly training: T;
  readonly trained: TrainedEstimator;
  /** Whether other threads took part. */
  readonly usedThreads: boolean;
}

/**
 * Trains estimators in several threads, with the results of `Estimator.train` for any number of them. In browsers, there is one thread.
 *
 * @param trainings - made when a thread is free
 * @param nTrainings - number of them
 * @param nThreads - undefined: as many as the process may use, if that is worthwhile
 * @returns the trainings in their order
 */
export async function* trainInThreads<T extends Training>(
  trainings: Iterable<T>,
  nTrainings: number,
  nThreads?: number,
): AsyncGenerator<Trained<T>> {
  const taskOf = ({ estimator, parameters, rows }: Training) => estimator.growTask(rows, parameters);
  for await (const [training, grown] of growInThreads(trainings, nTrainings, taskOf, nThreads)) {
    const { estimator, parameters, rows } = training;
    const trained = grown ? estimator.trainedOf(grown, rows.nFeatures) : estimator.train(rows, parameters);
    yield { training, trained, usedThreads: grown !== undefined };
  }
}
