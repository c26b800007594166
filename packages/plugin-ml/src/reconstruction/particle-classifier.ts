import { trait } from '@cherenkit/core';
import { ModelReconstructor } from './model-reconstructor.js';

/** Particle types from a model per telescope type. Source: ctapipe 0.32 `ParticleClassifier`. */
export class ParticleClassifier extends ModelReconstructor.withTraits({
  modelCls: trait.optional(trait.string({ help: 'Class of the estimator to train, such as ExtraTreesClassifier.' })),
  modelConfig: trait.dictionary({ default: {}, help: 'Parameters of the estimator to train.' }),
  positiveClass: trait.integer({
    default: 0,
    help: 'Particle id of the signal, whose score is near 1, as in CORSIKA: 0 for gamma rays.',
  }),
  invalidClass: trait.integer({ default: -1, help: 'Accepted for ctapipe, which does not use it.' }),
}) {
  static override readonly help = 'Particle types from a model per telescope type.';
  static override readonly property = 'PARTICLE_TYPE';
  static override readonly modelClass = 'ParticleClassifier';
}
