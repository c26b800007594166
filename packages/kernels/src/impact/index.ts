export {
  chiSquared,
  meanLikelihoodFull,
  meanLikelihoodGaussian,
  negLogLikelihood,
  negLogLikelihoodApprox,
  negLogLikelihoodNumeric,
  poissonQuantile,
  type ChargeWidths,
} from './pixel-likelihood.js';
export { TemplateLibrary, type TemplateAxes, type TemplateOptions } from './template-library.js';
export { expectedDepth, ShowerLikelihood, type ShowerSite, type TemplateImage } from './shower-likelihood.js';
export { timedPixels } from './timed-pixels.js';
export { invertPositive } from './invert-positive.js';
export { minimizeSimplex, type Bounds, type Minimum, type SimplexOptions } from './minimize-simplex.js';
export { fitShower, mostLikelyEnergy, type ShowerFit } from './fit-shower.js';
