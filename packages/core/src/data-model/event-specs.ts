import {
  CameraHillasParametersContainer,
  CameraTimingParametersContainer,
  ConcentrationContainer,
  CoreParametersContainer,
  DL1CameraContainer,
  HillasParametersContainer,
  IntensityStatisticsContainer,
  LeakageContainer,
  MorphologyContainer,
  MuonEfficiencyContainer,
  MuonParametersContainer,
  MuonRingContainer,
  PeakTimeStatisticsContainer,
  R0CameraContainer,
  R1CameraContainer,
  TelescopeTriggerContainer,
  TimingParametersContainer,
  TriggerContainer,
} from '../event/index.js';
import { containerTable, type ContainerTableSpec } from './container-table.js';
import { EVENT_INDEX, TELESCOPE_EVENT, TELESCOPE_EVENT_INDEX } from './index-parts.js';

const EARLIER_MJD = {
  earlier: [{ before: 'v7.0.0', type: 'float64', dims: [], meaning: { kind: 'time', format: 'mjd' } }],
} as const;

export const SUBARRAY_TRIGGER: ContainerTableSpec = containerTable({
  path: '/dl1/event/subarray/trigger',
  row: 'one array event',
  ids: ['obs_id', 'event_id'],
  parts: [EVENT_INDEX, { type: TriggerContainer, columns: { time: EARLIER_MJD } }],
  written: [],
  merge: 'append',
});

export const TELESCOPE_TRIGGER: ContainerTableSpec = containerTable({
  ...TELESCOPE_EVENT,
  path: '/dl1/event/telescope/trigger',
  row: 'one telescope event, those of an array event side by side',
  parts: [
    TELESCOPE_EVENT_INDEX,
    { type: TelescopeTriggerContainer, columns: { time: EARLIER_MJD, eventType: { since: 'v7.1.0' } } },
  ],
  written: [],
});

const WAVEFORMS = { waveform: { earlier: [{ before: 'v6.0.0', dims: ['n_pixels', 'n_samples'] }] } } as const;

export const R1_WAVEFORMS: ContainerTableSpec = containerTable({
  ...TELESCOPE_EVENT,
  path: '/r1/event/telescope/{telescope}',
  parts: [
    TELESCOPE_EVENT_INDEX,
    {
      type: R1CameraContainer,
      columns: {
        waveform: { ...WAVEFORMS.waveform, mayBeFixedPoint: true },
        pixelStatus: { isOptional: true },
        firstCellId: { isOptional: true },
        selectedGainChannel: { isOptional: true },
        pixelTimeShift: { isOptional: true, since: 'v7.5.0' },
      },
    },
  ],
  written: ['writeR1Waveforms'],
});

export const R0_WAVEFORMS: ContainerTableSpec = containerTable({
  ...TELESCOPE_EVENT,
  path: '/r0/event/telescope/{telescope}',
  parts: [TELESCOPE_EVENT_INDEX, { type: R0CameraContainer, columns: WAVEFORMS }],
  written: ['writeR0Waveforms'],
});

const SINCE_7_1 = { since: 'v7.1.0' } as const;

export const PARAMETERS: ContainerTableSpec = containerTable({
  ...TELESCOPE_EVENT,
  path: '/dl1/event/telescope/parameters/{telescope}',
  parts: [
    TELESCOPE_EVENT_INDEX,
    {
      type: { 'telescope frame': HillasParametersContainer, 'camera frame': CameraHillasParametersContainer },
      columns: { psiUncertainty: SINCE_7_1, transverseCogUncertainty: SINCE_7_1 },
    },
    { type: { 'telescope frame': TimingParametersContainer, 'camera frame': CameraTimingParametersContainer } },
    { type: LeakageContainer },
    { type: ConcentrationContainer },
    { type: MorphologyContainer },
    { type: IntensityStatisticsContainer },
    { type: PeakTimeStatisticsContainer },
    { type: CoreParametersContainer },
  ],
  written: ['writeDl1Parameters'],
});

export const IMAGES: ContainerTableSpec = containerTable({
  ...TELESCOPE_EVENT,
  path: '/dl1/event/telescope/images/{telescope}',
  parts: [
    TELESCOPE_EVENT_INDEX,
    {
      type: DL1CameraContainer,
      columns: {
        image: { mayBeFixedPoint: true },
        peakTime: { mayBeFixedPoint: true, isOptional: true },
        imageMask: { written: ['writeDl1Parameters'] },
      },
    },
  ],
  written: ['writeDl1Images'],
});

export const MUON: ContainerTableSpec = containerTable({
  ...TELESCOPE_EVENT,
  path: '/dl1/event/telescope/muon/{telescope}',
  parts: [
    TELESCOPE_EVENT_INDEX,
    { type: MuonRingContainer },
    { type: MuonParametersContainer },
    { type: MuonEfficiencyContainer },
  ],
  written: ['writeMuonParameters'],
});
