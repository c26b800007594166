export {
  chunksOfDuration,
  chunksOfSize,
  durationAroundChunk,
  LAST_CHUNK_POLICIES,
  rowsAroundChunk,
  type ChunkOptions,
  type LastChunkPolicy,
  type RowRange,
} from './chunk-ranges.js';
export { outsideCameraMedian, outsideCameraStd, outsideRange, type Limits } from './outlier-masks.js';
export {
  conversionFactors,
  medianOfUsable,
  pixelGains,
  relativeDelays,
  type ChargeStatistics,
  type LightProperties,
  type PixelGains,
} from './pixel-gains.js';
export { pixelHistograms, regularEdges, type ElementHistograms, type ValueAxis } from './pixel-histograms.js';
export {
  clippedStatistics,
  plainStatistics,
  type ClippingOptions,
  type ElementStatistics,
  type EventValues,
} from './event-statistics.js';
