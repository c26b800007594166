export { Reconstructor, type ResultClasses } from './reconstructor.js';
export { ShowerProcessor } from './shower-processor.js';
export { RECONSTRUCTION_PROPERTIES, StereoCombiner, type ReconstructionProperty } from './stereo-combiner.js';
