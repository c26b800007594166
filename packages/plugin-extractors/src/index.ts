import { definePlugin } from '@cherenkit/core';

import { BaselineSubtractedNeighborPeakWindowSum } from './baseline-subtracted-neighbor-peak-window-sum.js';
import { FixedWindowSum } from './fixed-window-sum.js';
import { FlashCamExtractor } from './flash-cam-extractor.js';
import { FullWaveformSum } from './full-waveform-sum.js';
import { GlobalPeakWindowSum } from './global-peak-window-sum.js';
import { LocalPeakWindowSum } from './local-peak-window-sum.js';
import { ManualGainSelector } from './manual-gain-selector.js';
import { NeighborAverage } from './neighbor-average.js';
import { NeighborPeakWindowSum } from './neighbor-peak-window-sum.js';
import { NoiseWaveformModifier } from './noise-waveform-modifier.js';
import { NullDataVolumeReducer } from './null-data-volume-reducer.js';
import { SlidingWindowMaxSum } from './sliding-window-max-sum.js';
import { ThresholdGainSelector } from './threshold-gain-selector.js';
import { TwoPassWindowSum } from './two-pass-window-sum.js';
import { VarianceExtractor } from './variance-extractor.js';
import { WindowSum } from './window-sum.js';

export {
  BaselineSubtractedNeighborPeakWindowSum,
  FixedWindowSum,
  FlashCamExtractor,
  FullWaveformSum,
  GlobalPeakWindowSum,
  LocalPeakWindowSum,
  ManualGainSelector,
  NeighborAverage,
  NeighborPeakWindowSum,
  NoiseWaveformModifier,
  NullDataVolumeReducer,
  SlidingWindowMaxSum,
  ThresholdGainSelector,
  TwoPassWindowSum,
  VarianceExtractor,
  WindowSum,
};

export default definePlugin({
  name: 'extractors',
  apiVersion: 1,
  bases: [WindowSum],
  components: [
    BaselineSubtractedNeighborPeakWindowSum,
    FixedWindowSum,
    FlashCamExtractor,
    FullWaveformSum,
    GlobalPeakWindowSum,
    LocalPeakWindowSum,
    ManualGainSelector,
    NeighborAverage,
    NeighborPeakWindowSum,
    NoiseWaveformModifier,
    NullDataVolumeReducer,
    SlidingWindowMaxSum,
    ThresholdGainSelector,
    TwoPassWindowSum,
    VarianceExtractor,
  ],
});
