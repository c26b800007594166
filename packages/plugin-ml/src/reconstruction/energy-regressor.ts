import { trait } from '@cherenkit/core';
import { Estimator } from '../estimators/estimator.js';
import { logarithms } from '../training/logarithms.js';
import { ModelReconstructor, type Learner } from './model-reconstructor.js';
import type { Role } from '../model/model-description.js';

/** Energies from a model per telescope type. Source: ctapipe 0.32 `EnergyRegressor`. */
export class EnergyRegressor extends ModelReconstructor.withTraits({
  modelCls: trait.optional(
    trait.componentName(Estimator, { default: 'HistGradientBoostingRegressor', help: 'The estimator to train.' }),
  ),
  modelConfig: trait.dictionary({ default: {}, help: 'Parameters of the estimator to train.' }),
  logTarget: trait.boolean({ default: false, help: 'Train the natural logarithm of the energy.' }),
}) {
  static override readonly help = 'Energies from a model per telescope type.';
  static override readonly property = 'ENERGY';
  static override readonly modelClass = 'EnergyRegressor';
  override readonly target = 'true_energy';
  override readonly unit = 'TeV';

  override get trainsLogarithm(): boolean {
    return this.traits.logTarget;
  }

  protected override get defaultPrefix(): string | undefined {
    return this.traits.modelCls;
  }

  override get learners(): ReadonlyMap<Role, Learner> {
    const { modelCls, modelConfig, logTarget } = this.traits;
    const targets: Learner['targets'] = (table) => {
      const energies = table.numbers(this.target, this.unit);
      return logTarget ? logarithms(energies, this.target) : energies;
    };
    return new Map([['model', this.learner('model', modelCls, modelConfig, { task: 'regression', targets })]]);
  }
}
