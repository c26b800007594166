export { CameraCalibrator } from './camera-calibrator.js';
export {
  DataVolumeReducer,
  GainSelector,
  ImageExtractor,
  InvalidPixelHandler,
  WaveformModifier,
} from './calibration-kinds.js';
export { checkedGainSelector } from './checked-gain-selector.js';
