export {
  exponentialAtmosphere,
  heightFromSlantDepth,
  layeredAtmosphere,
  slantDepthFromHeight,
  tableAtmosphere,
  type Atmosphere,
  type AtmosphericLayer,
} from './atmosphere.js';
export { cubicSpline } from './cubic-spline.js';
