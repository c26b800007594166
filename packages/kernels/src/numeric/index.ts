export { power } from './power.js';
