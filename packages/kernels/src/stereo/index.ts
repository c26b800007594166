export { axisDeviations, type AxisDeviations } from './axis-deviations.js';
export { crossLines, type Crossing, type PlaneLine } from './axis-crossings.js';
export { imageAxis, reconstructGeometry, type ImageAxis, type ShowerGeometry } from './hillas-geometry.js';
export { nearestPointToLines } from './line-intersection.js';
export { intersectInNominal, type NominalImage, type NominalIntersection } from './nominal-intersection.js';
export { intersectPlanes, type PlaneIntersection } from './plane-intersection.js';
export { propagateErrors } from './propagate-errors.js';
export { meanDirection, weightedMean, type MeanDirection, type WeightedMean } from './weighted-mean.js';
