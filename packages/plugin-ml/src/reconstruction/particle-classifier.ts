import { trait } from '@cherenkit/core';
import { Estimator } from '../estimators/estimator.js';
import type { Role } from '../model/model-description.js';
import { ModelReconstructor, type Learner } from './model-reconstructor.js';

/** Particle types from a model per telescope type. Source: ctapipe 0.32 `ParticleClassifier`. */
export class ParticleClassifier extends ModelReconstructor.withTraits({
  modelCls: trait.optional(
    trait.componentName(Estimator, { default: 'HistGradientBoostingClassifier', help: 'The estimator to train.' }),
  ),
  modelConfig: trait.dictionary({ default: {}, help: 'Parameters of the estimator to train.' }),
  positiveClass: trait.integer({
    default: 0,
    help: 'Particle id of the signal, whose score is near 1, as in sim_telarray: 0 for gamma rays.',
  }),
  invalidClass: trait.integer({ default: -1, help: 'Accepted for ctapipe, which does not use it.' }),
}) {
  static override readonly help = 'Particle types from a model per telescope type.';
  static override readonly property = 'PARTICLE_TYPE';
  static override readonly modelClass = 'ParticleClassifier';
  override readonly target = 'true_shower_primary_id';
  override readonly unit = undefined;
  override readonly trainsLogarithm = false;

  protected override get defaultPrefix(): string | undefined {
    return this.traits.modelCls;
  }

  override get learners(): ReadonlyMap<Role, Learner> {
    const { modelCls, modelConfig, positiveClass } = this.traits;
    const targets: Learner['targets'] = (table) =>
      table.numbers(this.target).map((particle) => Number(particle === positiveClass));
    return new Map([['model', this.learner('model', modelCls, modelConfig, { task: 'classification', targets })]]);
  }
}
