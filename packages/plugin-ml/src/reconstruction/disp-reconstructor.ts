import { trait } from '@cherenkit/core';
import { Estimator } from '../estimators/estimator.js';
import type { Role } from '../model/model-description.js';
import { logarithms } from '../training/logarithms.js';
import { ModelReconstructor, type Learner } from './model-reconstructor.js';

/** Disp and directions from two models per telescope type: absolute value and sign. Source: ctapipe 0.32 `DispReconstructor`. */
export class DispReconstructor extends ModelReconstructor.withTraits({
  normCls: trait.optional(
    trait.componentName(Estimator, {
      default: 'HistGradientBoostingRegressor',
      help: 'The estimator of absolute values to train.',
    }),
  ),
  normConfig: trait.dictionary({ default: {}, help: 'Parameters of the estimator of absolute values.' }),
  signCls: trait.optional(
    trait.componentName(Estimator, {
      default: 'HistGradientBoostingClassifier',
      help: 'The estimator of signs to train.',
    }),
  ),
  signConfig: trait.dictionary({ default: {}, help: 'Parameters of the estimator of signs.' }),
  logTarget: trait.boolean({ default: false, help: 'Train the natural logarithm of the absolute value.' }),
}) {
  static override readonly help = 'Directions from models of the distance between the image and the source.';
  static override readonly property = 'DISP';
  static override readonly modelClass = 'DispReconstructor';
  override readonly target = 'true_disp';
  override readonly unit = 'deg';

  override get trainsLogarithm(): boolean {
    return this.traits.logTarget;
  }

  protected override get defaultPrefix(): string {
    return 'disp';
  }

  override get learners(): ReadonlyMap<Role, Learner> {
    const { normCls, normConfig, signCls, signConfig, logTarget } = this.traits;
    const norms: Learner['targets'] = (table) => {
      const values = table.numbers(this.target, this.unit).map(Math.abs);
      return logTarget ? logarithms(values, `the absolute value of ${this.target}`) : values;
    };
    const signs: Learner['targets'] = (table) => table.numbers(this.target).map((disp) => Number(disp > 0));
    return new Map<Role, Learner>([
      ['norm', this.learner('norm', normCls, normConfig, { task: 'regression', targets: norms })],
      ['sign', this.learner('sign', signCls, signConfig, { task: 'classification', targets: signs })],
    ]);
  }
}
