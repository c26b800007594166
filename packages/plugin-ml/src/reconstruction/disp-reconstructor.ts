import { trait } from '@cherenkit/core';
import { ModelReconstructor } from './model-reconstructor.js';

/** Disp and directions from two models per telescope type: absolute value and sign. Source: ctapipe 0.32 `DispReconstructor`. */
export class DispReconstructor extends ModelReconstructor.withTraits({
  normCls: trait.optional(
    trait.string({ help: 'Class of the estimator of absolute values to train, such as ExtraTreesRegressor.' }),
  ),
  normConfig: trait.dictionary({ default: {}, help: 'Parameters of the estimator of absolute values.' }),
  signCls: trait.optional(
    trait.string({ help: 'Class of the estimator of signs to train, such as ExtraTreesClassifier.' }),
  ),
  signConfig: trait.dictionary({ default: {}, help: 'Parameters of the estimator of signs.' }),
  logTarget: trait.boolean({ default: false, help: 'Train the natural logarithm of the absolute value.' }),
}) {
  static override readonly help = 'Directions from models of the distance between the image and the source.';
  static override readonly property = 'DISP';
  static override readonly modelClass = 'DispReconstructor';
}
