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

/**
 * Describes a run of observed data: one observation block in one scheduling block.
 *
 * @param waveformUnit - ADC counts if the waveforms are not calibrated
 */
export function observedRun(
  subarray: SubarrayDescription,
  dataLevels: RunDescription['dataLevels'],
  waveformUnit: RunDescription['waveformUnit'],
  block: ObservedBlock,
): RunDescription {
  const { obsId, sbId, producerId } = block;
  return {
    subarray,
    isSimulation: false,
    dataLevels,
    waveformUnit,
    observationBlocks: new Map([[obsId, new ObservationBlockContainer({ ...block })]]),
    schedulingBlocks: new Map([[sbId, new SchedulingBlockContainer({ sbId, ...(producerId && { producerId }) })]]),
    simulationConfig: new Map(),
  };
}
