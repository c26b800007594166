export { Reconstructor } from './reconstructor.js';
