export { cascadeLight, photonsOnMirror, type Cascade, type CascadeLight } from './cascade-light.js';
export { copyDarkWaveforms, digitize, type AdcResponse } from './digitize.js';
export { electronCount, depthOfMaximum, RADIATION_LENGTH, cherenkovFraction, showerAge } from './electron-profile.js';
export { overburdenAbove, airDensity, heightFromOverburden, opticalDelay, refractivity } from './isothermal-air.js';
export { mirrorChord, muonConeAngle, muonPhotons } from './muon-light.js';
export { drawNoiseRecords } from './noise-record.js';
export {
  addPulse,
  PULSE_LENGTH,
  pulseTable,
  photoElectronPulse,
  photoElectronPulseIntegral,
  type PulseTable,
} from './photo-electron-pulse.js';
export { generateImage, expectedSignal, type GeneratedImage } from './generate-image.js';
export { gaussianImage, skewedGaussianImage } from './gaussian-image.js';
export { obtainTimeImage, type ImageEllipse } from './image-ellipse.js';
export { normalCdf } from './normal-cdf.js';
export { ringImage, type ImageRing } from './ring-image.js';
export { modelWaveforms, waveformModel, type WaveformModel } from './waveform-model.js';
