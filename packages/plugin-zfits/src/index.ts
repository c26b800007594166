import { definePlugin } from '@cherenkit/core';
import { EventTimeCalculator } from './lst/event-time-calculator.js';
import { LSTEventSource } from './lst/lst-event-source.js';
import { LSTR0Corrections } from './lst/lst-r0-corrections.js';
import { PointingSource } from './lst/pointing-source.js';
import { NectarCAMEventSource } from './nectarcam/nectarcam-event-source.js';
import { NectarCAMR0Corrections } from './nectarcam/nectarcam-r0-corrections.js';
import { ProtozfitsDL0EventSource } from './source/protozfits-dl0-event-source.js';
import { ProtozfitsDL0TelescopeEventSource } from './source/protozfits-dl0-telescope-event-source.js';
import { SST1MEventSource } from './sst1m/sst1m-event-source.js';
import { MultiFiles } from './streams/multi-files.js';
import { ZfitsInfoTool } from './tools/zfits-info-tool.js';

export {
  EventTimeCalculator,
  LSTEventSource,
  LSTR0Corrections,
  MultiFiles,
  NectarCAMEventSource,
  NectarCAMR0Corrections,
  PointingSource,
  ProtozfitsDL0EventSource,
  ProtozfitsDL0TelescopeEventSource,
  SST1MEventSource,
  ZfitsInfoTool,
};

export default definePlugin({
  name: 'zfits',
  apiVersion: 1,
  kinds: [EventTimeCalculator, LSTR0Corrections, MultiFiles, NectarCAMR0Corrections, PointingSource],
  components: [
    EventTimeCalculator,
    LSTEventSource,
    LSTR0Corrections,
    MultiFiles,
    NectarCAMEventSource,
    NectarCAMR0Corrections,
    PointingSource,
    ProtozfitsDL0EventSource,
    ProtozfitsDL0TelescopeEventSource,
    SST1MEventSource,
    ZfitsInfoTool,
  ],
});
