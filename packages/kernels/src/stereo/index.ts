export { axisUncertainties, type AxisUncertainties } from './axis-uncertainties.js';
export { combinationsOf, resolveDispSigns, type DispCandidates } from './disp-signs.js';
export { imageAxis, reconstructGeometry, type ImageAxis, type ShowerGeometry } from './hillas-geometry.js';
export { intersectLines, type LineIntersection, type PlaneLine } from './intersect-lines.js';
export { nearestPointToLines } from './nearest-point-to-lines.js';
export { intersectInNominal, type NominalImage, type NominalIntersection } from './nominal-intersection.js';
export { intersectPlanes, type PlaneIntersection } from './plane-intersection.js';
export { propagateErrors } from './propagate-errors.js';
export { meanDirection, weightedMean, type MeanDirection, type WeightedMean } from './weighted-mean.js';
