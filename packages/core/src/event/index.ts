export { ArrayEvent } from './array-event.js';
export { Container, valueOf, type ContainerClass } from './container.js';
export { DL1CameraContainer, DL1Container } from './dl1-container.js';
export {
  DispContainer,
  DL2Container,
  ParticleClassificationContainer,
  ReconstructedContainer,
  ReconstructedDirectionContainer,
  ReconstructedEnergyContainer,
  ReconstructedGeometryContainer,
  TelescopeImpactParameterContainer,
  TelescopeReconstructedContainer,
} from './dl2-container.js';
export {
  CoordinateFrameType,
  EVENT_TYPE,
  EventType,
  memberName,
  ObservationBlockState,
  ObservingMode,
  PointingMode,
  SchedulingBlockType,
  type Enumeration,
} from './enumeration.js';
export { EventIndexContainer, TelEventIndexContainer } from './event-index-container.js';
export { field, type FieldColumn, type Field, type Fields, type FieldValues, type NumberType } from './field.js';
export {
  CameraHillasParametersContainer,
  CameraTimingParametersContainer,
  ConcentrationContainer,
  CoreParametersContainer,
  HillasParametersContainer,
  ImageParametersContainer,
  IntensityStatisticsContainer,
  LeakageContainer,
  MorphologyContainer,
  PeakTimeStatisticsContainer,
  TimingParametersContainer,
  TrueIntensityStatisticsContainer,
  TrueLeakageContainer,
} from './image-parameters-container.js';
export {
  ArrayPointingContainer,
  CameraCalibrationContainer,
  CameraMonitoringContainer,
  MonitoringContainer,
  PixelStatisticsContainer,
  StatisticsContainer,
  TelescopeMonitoringContainer,
  TelescopePointingContainer,
} from './monitoring-container.js';
export {
  MuonContainer,
  MuonEfficiencyContainer,
  MuonParametersContainer,
  MuonRingContainer,
  MuonTelescopeContainer,
} from './muon-container.js';
export { ObservationBlockContainer, SchedulingBlockContainer } from './observation-container.js';
export { R0CameraContainer, R0Container } from './r0-container.js';
export {
  DL0CameraContainer,
  DL0Container,
  GainChannel,
  PixelStatus,
  R1CameraContainer,
  R1Container,
} from './r1-container.js';
export type { Rejection } from './rejection.js';
export {
  SimulatedCameraContainer,
  SimulatedEventContainer,
  SimulatedShowerContainer,
  SimulatedShowerDistribution,
  SimulationConfigContainer,
} from './simulation-container.js';
export {
  compareTimes,
  durationBetween,
  isNanTime,
  addDuration,
  NAN_TIME,
  timeFromUnix,
  toIsoUtc,
  toMjdTai,
  toUnixTime,
  type Time,
} from './time.js';
export { TelescopeTriggerContainer, TriggerContainer } from './trigger-container.js';
export { waveformsOf, type AdcSamples, type Waveforms } from './waveforms.js';
