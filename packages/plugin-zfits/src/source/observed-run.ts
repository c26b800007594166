import {
  ObservationBlockContainer,
  SchedulingBlockContainer,
  type RunDescription,
  type SubarrayDescription,
  type Time,
} from '@cherenkit/core';

/** What is known of the observation block of a run. */
export interface ObservedBlock {
  readonly obsId: number;
  /** Id of the scheduling block. */
  readonly sbId: number;
  readonly producerId?: string;
  readonly actualStartTime?: Time;
}

/** Which data a run has, and the unit of its waveforms. */
type ObservedData = Pick<RunDescription, 'dataLevels' | 'waveformUnit'>;

/** The data of a camera whose samples are calibrated by the event builder, by files, or not at all. */
export function cameraData(isCalibratedByBuilder: boolean, isCalibratedByFiles: boolean): ObservedData {
  if (isCalibratedByBuilder) return { dataLevels: ['R1'], waveformUnit: 'p.e.' };
  if (isCalibratedByFiles) return { dataLevels: ['R0', 'R1'], waveformUnit: 'p.e.' };
  return { dataLevels: ['R0'], waveformUnit: 'ADC counts' };
}

/** Describes a run of observed data: one observation block in one scheduling block. */
export function observedRun(subarray: SubarrayDescription, data: ObservedData, block: ObservedBlock): RunDescription {
  const { obsId, sbId, producerId } = block;
  return {
    subarray,
    isSimulation: false,
    ...data,
    observationBlocks: new Map([[obsId, new ObservationBlockContainer({ ...block })]]),
    schedulingBlocks: new Map([[sbId, new SchedulingBlockContainer({ sbId, ...(producerId && { producerId }) })]]),
    simulationConfig: new Map(),
  };
}
