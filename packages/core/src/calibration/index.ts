export { CameraCalibrator } from './camera-calibrator.js';
export { DataVolumeReducer } from './data-volume-reducer.js';
export { GainSelector } from './gain-selector.js';
export { ImageExtractor } from './image-extractor.js';
export { InvalidPixelHandler } from './invalid-pixel-handler.js';
export { WaveformModifier } from './waveform-modifier.js';
