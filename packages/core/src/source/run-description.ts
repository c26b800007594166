import type {
  ObservationBlockContainer,
  SchedulingBlockContainer,
  SimulatedShowerDistribution,
  SimulationConfigContainer,
} from '../event/index.js';
import type { AtmosphereDensityProfile, SubarrayDescription } from '../instrument/index.js';

/** Data levels from raw to reconstructed, named as in files. Source: ctapipe 0.32 `DataLevel`. */
export type DataLevel = 'R0' | 'R1' | 'DL0' | 'DL1_IMAGES' | 'DL1_PARAMETERS' | 'DL2' | 'DL1_MUON';

/**
 * Data common to all events of an input: subarray, observation and simulation. Available once the source is open.
 *
 * If an input consists of several runs, the maps get further entries while it is read.
 */
export interface RunDescription {
  readonly subarray: SubarrayDescription;
  readonly isSimulation: boolean;
  /** Data levels of the events. */
  readonly dataLevels: readonly DataLevel[];
  /** Type of the columns `obs_id` in tables of events. Default: int32 if all ids of the observation blocks fit. */
  readonly obsIdType?: 'int32' | 'int64' | undefined;
  /** Type of the columns of the telescope pointings in tables of observation blocks. Default: float32, as in simulations. */
  readonly pointingType?: 'float32' | 'float64' | undefined;
  /** By `obs_id`. */
  readonly observationBlocks: ReadonlyMap<number, ObservationBlockContainer>;
  /** By `sb_id`. */
  readonly schedulingBlocks: ReadonlyMap<number, SchedulingBlockContainer>;
  /** By `obs_id`; empty for observed data. */
  readonly simulationConfig: ReadonlyMap<number, SimulationConfigContainer>;
  /** Atmosphere used in the simulation of the showers. */
  readonly atmosphereDensityProfile?: AtmosphereDensityProfile | undefined;
  /** Unit of charges: images, and sums of samples of the R1 waveforms. Default: p.e. ADC counts of waveforms that are not calibrated. */
  readonly waveformUnit?: 'p.e.' | 'ADC counts' | undefined;
  /** Whether the waveforms of shower events have all gain channels of the camera. */
  readonly keepsAllGains?: boolean;
  /** Returns the calibration of the raw samples of a telescope, as of its latest event; undefined if the input has none. */
  rawDataCalibration?(telId: number): RawDataCalibration | undefined;
}

/**
 * Whether the images of observed data are in ADC counts. They are neither cleaned nor parametrized, since the thresholds of
 * cleaning are in p.e.
 *
 * @param isMonitored - whether the events are calibrated with the data of monitoring sources, which may have the coefficients
 */
export function hasRawImages(
  { isSimulation, waveformUnit }: Pick<RunDescription, 'isSimulation' | 'waveformUnit'>,
  isMonitored = false,
): boolean {
  return !isSimulation && !isMonitored && waveformUnit === 'ADC counts';
}

/** Calibration coefficients of raw samples, `r1 = (r0 - pedestal) * dcToPe`, with shape (nChannels, nPixels). */
export interface RawDataCalibration {
  /** ADC counts per sample. */
  readonly pedestal: Float32Array;
  /** p.e. per ADC count. */
  readonly dcToPe: Float32Array;
}

/** The outcome of reading an input, available after its last event. */
export interface SourceOutcome {
  /** Whether the input was truncated and `allowTruncated` is set. */
  readonly truncated: boolean;
  /** Number of telescope events rejected by the source, by reason. */
  readonly rejected: ReadonlyMap<string, number>;
  /** Number of array events that the source skipped because of its traits, by kind. */
  readonly skipped?: ReadonlyMap<string, number>;
  /** By `obs_id`. Some files store them at the end. */
  readonly simulatedShowerDistributions: ReadonlyMap<number, SimulatedShowerDistribution>;
  /** Final values that were not known at the start, such as the number of showers simulated on the fly. By `obs_id`. */
  readonly simulationConfig?: ReadonlyMap<number, SimulationConfigContainer>;
}

/** The default outcome: complete input, no rejections. */
export const DEFAULT_SOURCE_OUTCOME: SourceOutcome = {
  truncated: false,
  rejected: new Map(),
  simulatedShowerDistributions: new Map(),
};
