import type {
  ObservationBlockContainer,
  SchedulingBlockContainer,
  SimulatedShowerDistribution,
  SimulationConfigContainer,
} from '../event/index.js';
import type { AtmosphereDensityProfile, SubarrayDescription } from '../instrument/index.js';

/** The steps of the data from raw to reconstructed, by the names that files have for them. */
export type DataLevel = 'R0' | 'R1' | 'DL0' | 'DL1_IMAGES' | 'DL1_PARAMETERS' | 'DL2' | 'DL1_MUON';

/** What holds for all events of an input: the array, what was observed, how it was simulated. Known once a source is open. */
export interface RunDescription {
  readonly subarray: SubarrayDescription;
  readonly isSimulation: boolean;
  /** The levels that each event comes with. */
  readonly dataLevels: readonly DataLevel[];
  /** By `obs_id`. */
  readonly observationBlocks: ReadonlyMap<number, ObservationBlockContainer>;
  /** By `sb_id`. */
  readonly schedulingBlocks: ReadonlyMap<number, SchedulingBlockContainer>;
  /** By `obs_id`; empty for observed data. */
  readonly simulationConfig: ReadonlyMap<number, SimulationConfigContainer>;
  /** The atmosphere that the showers were simulated in. */
  readonly atmosphereDensityProfile?: AtmosphereDensityProfile | undefined;
  /** Whether waveforms of shower events come with all gain channels of their camera. */
  readonly keepsAllGains?: boolean;
  /** How the raw samples of a telescope are calibrated, as of its latest event; undefined where the input does not say. */
  rawDataCalibration?(telId: number): RawDataCalibration | undefined;
}

/**
 * How the raw samples of a camera become calibrated ones: `r1 = (r0 - pedestal) * dcToPe`. One entry per channel and pixel,
 * channel by channel.
 */
export interface RawDataCalibration {
  /** ADC counts per sample. */
  readonly pedestal: Float32Array;
  /** p.e. per ADC count. */
  readonly dcToPe: Float32Array;
}

/** What is known of an input when all its events have been read. */
export interface SourceOutcome {
  /** Whether the input ended early, and `allowTruncated` accepted the events before the truncation. */
  readonly truncated: boolean;
  /** Number of telescope events that the source rejected, by reason. */
  readonly rejected: ReadonlyMap<string, number>;
  /** By `obs_id`; some inputs have them at their end. */
  readonly simulatedShowerDistributions: ReadonlyMap<number, SimulatedShowerDistribution>;
  /** The final values, where they were not known at the start: the number of showers of a simulation that is made on the fly. */
  readonly simulationConfig?: ReadonlyMap<number, SimulationConfigContainer>;
}

/** The outcome of an input that was read whole and has no more to say. */
export const DEFAULT_SOURCE_OUTCOME: SourceOutcome = {
  truncated: false,
  rejected: new Map(),
  simulatedShowerDistributions: new Map(),
};
