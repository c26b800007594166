export { concentrationParameters, type ConcentrationParameters } from './concentration-parameters.js';
export { descriptiveStatistics, type DescriptiveStatistics } from './descriptive-statistics.js';
export {
  cameraToShowerCoordinates,
  hillasParameters,
  ZERO_VARIANCE,
  type HillasParameters,
  type ShowerCoordinates,
} from './hillas-parameters.js';
export { addNoise, smearImage, type ImageNoise } from './image-modification.js';
export { leakageParameters, type LeakageParameters } from './leakage-parameters.js';
export { leastTrimmedSquares, type TrimmedLine } from './least-trimmed-squares.js';
export {
  brightestIsland,
  islandSizes,
  largestIsland,
  morphologyParameters,
  numberOfIslands,
  type Islands,
  type MorphologyParameters,
} from './morphology-parameters.js';
export {
  pairwiseSum,
  litPixelMask,
  selectedPixels,
  valuesOf,
  type PixelPositions,
  type PixelValues,
} from './pixel-plane.js';
export { timingParameters, type TimingParameters } from './timing-parameters.js';
