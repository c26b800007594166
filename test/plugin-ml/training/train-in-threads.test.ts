import { expect } from 'chai';
import { RandomStream, type TrainingRows } from '@cherenkit/kernels';
import {
  HistGradientBoostingClassifier,
  HistGradientBoostingRegressor,
  RandomForestRegressor,
  trainInThreads,
  type Training,
} from '@cherenkit/plugin-ml';
import { buildComponent } from '@cherenkit/testing';

const N_FEATURES = 7;
const N_ROWS = 4000;

/** Rows whose target is a smooth function of two features with noise. */
function rowsOf(isClass: boolean): TrainingRows {
  const random = new RandomStream(1);
  const features = Float32Array.from({ length: N_ROWS * N_FEATURES }, () => random.normal());
  const targets = Float64Array.from({ length: N_ROWS }, (_, row) => {
    const value = Math.sin(features[row * N_FEATURES]) + features[row * N_FEATURES + 1] ** 2 + 0.3 * random.normal();
    return isClass ? Number(value > 0.5) : value;
  });
  return { features, nFeatures: N_FEATURES, targets };
}

const ESTIMATORS = [HistGradientBoostingRegressor, HistGradientBoostingClassifier, RandomForestRegressor];

async function trainingsOf(Class: (typeof ESTIMATORS)[number]): Promise<Training[]> {
  const estimator = await buildComponent(Class);
  const rows = rowsOf(estimator.task === 'classification');
  const weighted = { ...rows, weights: rows.targets.map((_, row) => 1 + (row % 3)) };
  const options = Class === RandomForestRegressor ? { n_estimators: 3, max_depth: 4 } : { max_iter: 20 };
  const parameters = estimator.parametersOf('', { random_state: 1, max_features: 0.5, ...options });
  return [rows, weighted].map((each) => ({ estimator, parameters, rows: each }));
}

describe('trainInThreads', () => {
  for (const Class of ESTIMATORS) {
    it(`gives what one thread gives: ${Class.name}`, async () => {
      const trainings = await trainingsOf(Class);
      const alone = trainings.map(({ estimator, parameters, rows }) => estimator.train(rows, parameters));
      for (const nThreads of [1, 2, 5]) {
        // One after the other, each in all threads, and both at the same time.
        for (const groups of [trainings.map((each) => [each]), [trainings]]) {
          const results = [];
          for (const group of groups) {
            for await (const each of trainInThreads(group.values(), group.length, nThreads)) results.push(each);
          }
          expect(results.map(({ training }) => training)).to.deep.equal(trainings);
          expect(results.map(({ trained }) => trained)).to.deep.equal(alone);
          const isShared = nThreads > 1 && (groups.length === 1 || Class !== RandomForestRegressor);
          expect(results.some(({ usedThreads }) => usedThreads)).to.equal(isShared);
        }
      }
    });
  }
});
