export { areFinite, hasInfinite } from './finite-values.js';
export { lowerBound } from './lower-bound.js';
export { power } from './power.js';
export { quantileOf, quantileOfSorted } from './quantile.js';
export { medianInPlace, selectNth } from './select-nth.js';
export { unwrappedAngles } from './unwrapped-angles.js';
