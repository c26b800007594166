export { angularSeparation } from './angular-separation.js';
