import { trait } from '@cherenkit/core';
import { ModelReconstructor } from './model-reconstructor.js';

/** Energies from a model per telescope type. Source: ctapipe 0.32 `EnergyRegressor`. */
export class EnergyRegressor extends ModelReconstructor.withTraits({
  modelCls: trait.optional(trait.string({ help: 'Class of the estimator to train, such as ExtraTreesRegressor.' })),
  modelConfig: trait.dictionary({ default: {}, help: 'Parameters of the estimator to train.' }),
  logTarget: trait.boolean({ default: false, help: 'Train the natural logarithm of the energy.' }),
}) {
  static override readonly help = 'Energies from a model per telescope type.';
  static override readonly property = 'ENERGY';
  static override readonly modelClass = 'EnergyRegressor';
}
