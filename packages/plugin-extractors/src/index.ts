import { definePlugin } from '@cherenkit/core';

import { FixedWindowSum } from './fixed-window-sum.js';
import { FullWaveformSum } from './full-waveform-sum.js';
import { GlobalPeakWindowSum } from './global-peak-window-sum.js';
import { LocalPeakWindowSum } from './local-peak-window-sum.js';
import { ManualGainSelector } from './manual-gain-selector.js';
import { NeighborAverage } from './neighbor-average.js';
import { NeighborPeakWindowSum } from './neighbor-peak-window-sum.js';
import { NullDataVolumeReducer } from './null-data-volume-reducer.js';
import { ThresholdGainSelector } from './threshold-gain-selector.js';
import { WindowSum } from './window-sum.js';

export {
  FixedWindowSum,
  FullWaveformSum,
  GlobalPeakWindowSum,
  LocalPeakWindowSum,
  ManualGainSelector,
  NeighborAverage,
  NeighborPeakWindowSum,
  NullDataVolumeReducer,
  ThresholdGainSelector,
  WindowSum,
};

export default definePlugin({
  name: 'extractors',
  apiVersion: 1,
  bases: [WindowSum],
  components: [
    FixedWindowSum,
    FullWaveformSum,
    GlobalPeakWindowSum,
    LocalPeakWindowSum,
    ManualGainSelector,
    NeighborAverage,
    NeighborPeakWindowSum,
    NullDataVolumeReducer,
    ThresholdGainSelector,
  ],
});
