export { imageAxis, reconstructGeometry, type ImageAxis, type ShowerGeometry } from './hillas-geometry.js';
export { nearestPointToLines } from './line-intersection.js';
export { intersectPlanes, type PlaneIntersection } from './plane-intersection.js';
export { meanDirection, weightedMean, type MeanDirection, type WeightedMean } from './weighted-mean.js';
