export { kunduChaudhuriCircleFit, taubinCircleFit, type CircleFit, type CircleGuess } from './circle-fit.js';
export { errorFunction } from './error-function.js';
export { chordLength, negativeLogLikelihood, predictMuonImage, type MuonOptics, type MuonTrack } from './muon-image.js';
export {
  intensityRatioInsideRing,
  meanSquaredError,
  pixelsNearRing,
  radialLightDistribution,
  ringCompleteness,
  ringContainment,
  ringIntensity,
  type RadialDistribution,
  type Ring,
  type RingImage,
  type RingIntensity,
} from './ring-parameters.js';
