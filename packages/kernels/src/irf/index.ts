export { binCenters, edgesPerDecade, exactEdgesPerDecade, geometricEdges, linearEdges, steps } from './bin-edges.js';
export { passedWeights, passesBinnedCut, type ScannedCuts, type ScannedEvents } from './cut-scan.js';
export { eventWeights, pointSourceWeights } from './event-weights.js';
export { findRoot } from './find-root.js';
export { gaussianFilter } from './gaussian-filter.js';
export { binIndex, binIndices, histogram, type HistogramAxis, type HistogramOptions } from './event-histogram.js';
export { percentileCut, percentileCuts, type BinnedCut, type PercentileCutOptions } from './percentile-cut.js';
export { interpolate, liMaSignificance, relativeSensitivity } from './point-source-sensitivity.js';
export { sortedInBins } from './sorted-in-bins.js';
export { backgroundRate, effectiveArea, energyDispersion, pointSpread, transposed } from './response-arrays.js';
export {
  isPointLike,
  showersPerEnergy,
  showersPerOffset,
  showersPerRectangle,
  simulatedSpectrum,
  type EnergyHistogram,
  type SimulatedShowers,
} from './simulated-showers.js';
export { coneSolidAngle, rectangleInRing, rectangleSolidAngle, ringSolidAngles } from './solid-angle.js';
export { powerLaw, SPECTRA, type Spectrum } from './spectrum.js';
