export { cascadeLight, photonsOnMirror, type Cascade, type CascadeLight } from './cascade-light.js';
export { copyDarkWaveforms, digitize, type Converter } from './digitize.js';
export { electronCount, lengthToMaximum, RADIATION_LENGTH, radiatingPart, showerAge } from './electron-profile.js';
export { airAbove, airDensity, heightBelow, opticalDelay, refractivity } from './isothermal-air.js';
export { mirrorChord, muonConeAngle, muonPhotons } from './muon-light.js';
export { drawNoiseRecords } from './noise-record.js';
export {
  addPulse,
  PULSE_LENGTH,
  pulseTable,
  singlePulse,
  singlePulseIntegral,
  type PulseTable,
} from './single-pulse.js';
export { drawImage, expectedSignal, type DrawnImage } from './draw-image.js';
export { gaussianImage } from './gaussian-image.js';
export { timeImage, type ImageEllipse } from './image-ellipse.js';
export { normalIntegral } from './normal-integral.js';
export { ringImage, type ImageRing } from './ring-image.js';
export { skewedGaussianImage } from './skewed-gaussian-image.js';
export { modelWaveforms, waveformModel, type WaveformModel } from './waveform-model.js';
