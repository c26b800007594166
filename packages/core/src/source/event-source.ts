import { Component, trait } from '../framework/component/index.js';
import type {
  ArrayEvent,
  ObservationBlockContainer,
  SchedulingBlockContainer,
  SimulatedShowerDistribution,
  SimulationConfigContainer,
} from '../event/index.js';
import type { SubarrayDescription } from '../instrument/index.js';
import type { AtmosphereDensityProfile } from '../instrument/atmosphere-density-profile.js';
import type { ByteSource } from '@cherenkit/io';
import type { RawDataCalibration } from './raw-data-calibration.js';

/** The steps of the data from raw to reconstructed, by the names that files have for them. */
export type DataLevel = 'R0' | 'R1' | 'DL0' | 'DL1_IMAGES' | 'DL1_PARAMETERS' | 'DL2' | 'DL1_MUON';

/**
 * Yields the events of one input, in the order they have there.
 *
 * It is made first of all components, before the array is known: it may not ask its context for the subarray. `open`
 * reads up to where the array is known; iterating goes on from there, once. Its values per telescope, and the children
 * that they name, are there when iterating begins.
 */
export abstract class EventSource
  extends Component.withTraits({
    inputUrl: trait.path({ default: '', help: 'The input: a path or a URL.' }),
    maxEvents: trait.optional(trait.integer({ minimum: 1, help: 'Stop after this many events.' })),
    allowedTels: trait.optional(
      trait.integerSet({ minimum: 0, help: 'The telescopes to keep, such as 1,2,5-9; all where it is not given.' }),
    ),
    allowTruncated: trait.boolean({
      default: false,
      help: 'Take an input that breaks off for whole: the events before the break are all there is.',
    }),
  })
  implements AsyncIterable<ArrayEvent>, AsyncDisposable
{
  static override readonly kind: string = 'EventSource';

  /**
   * Lets the waveforms of an event be overwritten by those of the next one: for a program that is done with an event
   * before it asks for another. To be set before the first event.
   */
  reusesWaveforms = false;

  abstract readonly subarray: SubarrayDescription;
  abstract readonly isSimulation: boolean;
  /** What each event comes with. */
  abstract readonly dataLevels: readonly DataLevel[];
  abstract readonly observationBlocks: ReadonlyMap<number, ObservationBlockContainer>;
  abstract readonly schedulingBlocks: ReadonlyMap<number, SchedulingBlockContainer>;
  /** How the showers were simulated, by observation block; empty for observed data. */
  abstract readonly simulationConfig: ReadonlyMap<number, SimulationConfigContainer>;

  /** Reads up to where the array is known. `input` is missing where the URL names no bytes (`toymodel:`). */
  abstract open(input: ByteSource | undefined): Promise<void>;

  abstract [Symbol.asyncIterator](): AsyncIterator<ArrayEvent>;

  abstract [Symbol.asyncDispose](): Promise<void>;

  get obsIds(): number[] {
    return [...this.observationBlocks.keys()];
  }

  get atmosphereDensityProfile(): AtmosphereDensityProfile | undefined {
    return undefined;
  }

  /** How a telescope's raw samples become calibrated ones; undefined where the source does not tell. */
  rawDataCalibration(_telId: number): RawDataCalibration | undefined {
    return undefined;
  }

  /** Known when all events have been read; some inputs have them at their end. */
  get simulatedShowerDistributions(): ReadonlyMap<number, SimulatedShowerDistribution> {
    return new Map();
  }

  /** Whether waveforms come with all gain channels of their camera also in events of showers. */
  get keepsAllGains(): boolean {
    return false;
  }

  /** How many telescope events were left out, by reason. */
  get skipped(): ReadonlyMap<string, number> {
    return new Map();
  }

  /** Whether the input broke off and `allowTruncated` let the events before the break be all there is. */
  get truncated(): boolean {
    return false;
  }
}
