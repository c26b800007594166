export { borderPixelMask, meanRadius } from './camera-border.js';
export { findNeighbors, neighborRule, type NeighborRule } from './find-neighbors.js';
export { neighborMatrix, selectNeighbors, type Neighbors } from './neighbors.js';
export { buildPixelLookup, nearestPixel, type PixelLookup } from './pixel-lookup.js';
export {
  gridTypeOf,
  pixelCircumradius,
  pixelShapeOf,
  pixelWidth,
  type PixelGridType,
  type PixelShape,
} from './pixel-shape.js';
