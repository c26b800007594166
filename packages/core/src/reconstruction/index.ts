export { Reconstructor } from './reconstructor.js';
export { ShowerProcessor } from './shower-processor.js';
