export { Reconstructor, type ResultClasses } from './reconstructor.js';
export { ShowerProcessor } from './shower-processor.js';
export { TableReconstructor, type PredictedProperty } from './table-reconstructor.js';
export { StereoCombiner, type ReconstructionProperty } from './stereo-combiner.js';
