export {
  concentrationParameters,
  hillasParameters,
  leakageParameters,
  morphologyParameters,
  numberOfIslands,
  tailcutsClean,
  timingParameters,
  type CameraImage,
  type HillasParametersIn,
  type TailcutsCleanOptions,
  type TimingParametersIn,
} from './image-functions.js';
export { ImageCleaner, ImageModifier, ImageParametrizer } from './image-kinds.js';
export { ImageProcessor } from './image-processor.js';
export {
  ImageQualityQuery,
  qualityCriterion,
  QualityQuery,
  StereoQualityQuery,
  type QualityStatistics,
} from './quality-query.js';
export {
  Gaussian,
  ImageModel,
  obtainTimeImage,
  RingGaussian,
  SkewedGaussian,
  WaveformModel,
  type GenerateImageOptions,
  type WaveformModelOptions,
} from './toy-models.js';
