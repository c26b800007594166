/** Pictures of instrument responses, benchmarks and cuts, which need `@cherenkit/display`. */
export type { IrfPictureOptions } from './binned-table.js';
export { angularResolutionPicture, energyBiasResolutionPicture, sensitivityPicture } from './benchmark-pictures.js';
export { cutPictures } from './cut-pictures.js';
export { irfPictures } from './irf-pictures.js';
export {
  backgroundMapPicture,
  backgroundPicture,
  containmentRadii,
  effectiveAreaMapPicture,
  effectiveAreaPicture,
  energyDispersionPictures,
  pointSpreadPicture,
  radMaxPicture,
} from './response-pictures.js';
