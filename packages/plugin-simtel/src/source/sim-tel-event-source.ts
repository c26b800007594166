import type { ByteSource } from '@cherenkit/io';
import {
  CherenkitError,
  EventSource,
  ExitCode,
  GainSelector,
  PROVENANCE,
  trait,
  type ArrayEvent,
  type AtmosphereDensityProfile,
  type InputSignature,
  type ObservationBlockContainer,
  type RawDataCalibration,
  type SchedulingBlockContainer,
  type SimulatedShowerDistribution,
  type SimulationConfigContainer,
  type SubarrayDescription,
} from '@cherenkit/core';
import { SimtelError } from '../eventio/simtel-error.js';
import { SimtelFile } from '../file/simtel-file.js';
import { ArrayEventBuilder } from './array-event-builder.js';
import { newSampleArrays, reusedSampleArrays } from './r1-of-event.js';
import { ATMOSPHERE_CHOICES, atmosphereOfFile } from './atmosphere-of-file.js';
import { hasTrueImages } from './has-true-images.js';
import {
  observationBlockOfFile,
  schedulingBlockOfFile,
  showerDistributionOfFile,
  simulationConfigOfFile,
} from './run-of-file.js';
import { subarrayOfFile } from './subarray-of-file.js';

/** What is known once the input is open. */
interface OpenFile {
  readonly file: SimtelFile;
  readonly obsId: number;
  readonly subarray: SubarrayDescription;
  readonly builder: () => ArrayEventBuilder;
  readonly atmosphere: AtmosphereDensityProfile | undefined;
}

/** Reads events that sim_telarray simulated. Source: ctapipe 0.32 `SimTelEventSource`. */
export class SimTelEventSource extends EventSource.withTraits({
  skipCalibrationEvents: trait.boolean({ default: true, help: 'Leave out calibration events.' }),
  focalLengthChoice: trait.oneOf(['EFFECTIVE', 'EQUIVALENT'], {
    default: 'EFFECTIVE',
    caseless: true,
    help: 'Focal length that turns places in the camera into angles: from ray tracing, or that of the mirror alone.',
  }),
  gainSelectorType: trait.perTelescope(
    trait.componentName(GainSelector, {
      default: 'ThresholdGainSelector',
      help: 'What chooses the gain channel of each pixel.',
    }),
  ),
  selectGain: trait.optional(
    trait.boolean({ help: 'Whether to choose a gain channel; by default for showers, not for calibration events.' }),
  ),
  calibScale: trait.number({ default: 1, help: 'Multiplies the p.e. per ADC count of the file.' }),
  calibShift: trait.number({
    default: 0,
    unit: 'pe',
    help: 'Added to each calibrated sample, to simulate a wrong calibration.',
  }),
  skipR1Calibration: trait.boolean({ default: false, help: 'Leave the waveforms in ADC counts.' }),
  atmosphereProfileChoice: trait.oneOf(ATMOSPHERE_CHOICES, {
    default: 'AUTO',
    caseless: true,
    help: 'Which description of the atmosphere to load; AUTO takes the table, or the layers where there is none.',
  }),
  overrideObsId: trait.optional(trait.integer({ help: 'Stands for the run number of the file.' })),
  obsIdOffset: trait.optional(
    trait.integer({ help: 'Is added to the run number of the file; override_obs_id comes first.' }),
  ),
}) {
  static override readonly help = 'Events of sim_telarray files, plain or compressed with gzip or zstd.';
  static override readonly recognises: readonly InputSignature[] = [{ magic: '378a1fd4' }, { magic: 'd41f8a37' }];

  override readonly isSimulation = true;
  override readonly dataLevels = ['R0', 'R1'] as const;
  #open: OpenFile | undefined;
  #events: ArrayEventBuilder | undefined;
  #isTruncated = false;
  #isAtEnd = false;
  readonly #skipped = new Map<string, number>();

  override async open(input: ByteSource | undefined): Promise<void> {
    if (input === undefined) {
      throw new CherenkitError(
        'INPUT_MISSING',
        ExitCode.NO_INPUT,
        `SimTelEventSource needs a file, not ${this.traits.inputUrl}.`,
      );
    }
    const { allowedTels, skipCalibrationEvents, focalLengthChoice, atmosphereProfileChoice } = this.traits;
    const file = await SimtelFile.open(input, { allowedTels, skipCalibration: skipCalibrationEvents });
    try {
      const { header } = file;
      const { run } = header.runHeader;
      const obsId = this.traits.overrideObsId ?? run + (this.traits.obsIdOffset ?? 0);
      const whole = subarrayOfFile(header, focalLengthChoice, this.context.logger);
      const subarray = allowedTels === undefined ? whole : whole.selectSubarray([...allowedTels].sort((a, b) => a - b));
      const options = {
        ...this.traits,
        header,
        subarray,
        obsId,
        hasTrueImages: hasTrueImages(header.history),
        onSkipped: this.#onSkipped,
      };
      this.#open = {
        file,
        obsId,
        subarray,
        builder: () => {
          const gainSelectors = this.traits.gainSelectorType.map((name) => this.context.create(GainSelector, name));
          const sampleArrays = this.reusesWaveforms ? reusedSampleArrays() : newSampleArrays;
          return new ArrayEventBuilder({ ...options, gainSelectors }, sampleArrays);
        },
        atmosphere: atmosphereOfFile(header.atmosphericProfiles, atmosphereProfileChoice),
      };
    } catch (error) {
      await file[Symbol.asyncDispose]();
      throw error;
    }
    this.context.service(PROVENANCE).addInput({ url: input.name, role: 'DL0/Event' });
  }

  override get keepsAllGains(): boolean {
    return this.traits.selectGain === false;
  }

  override get subarray(): SubarrayDescription {
    return this.#opened.subarray;
  }

  override get observationBlocks(): ReadonlyMap<number, ObservationBlockContainer> {
    const { file, obsId } = this.#opened;
    return new Map([[obsId, observationBlockOfFile(file.header, obsId)]]);
  }

  override get schedulingBlocks(): ReadonlyMap<number, SchedulingBlockContainer> {
    const { obsId } = this.#opened;
    return new Map([[obsId, schedulingBlockOfFile(obsId)]]);
  }

  override get simulationConfig(): ReadonlyMap<number, SimulationConfigContainer> {
    const { file, obsId } = this.#opened;
    return new Map([[obsId, simulationConfigOfFile(file.header)]]);
  }

  /** As it was at the last event of the telescope. */
  override rawDataCalibration(telId: number): RawDataCalibration | undefined {
    return this.#events?.calibrationOf(telId);
  }

  override get atmosphereDensityProfile(): AtmosphereDensityProfile | undefined {
    return this.#opened.atmosphere;
  }

  /** Empty until the last event was read: the file has them at its end. */
  override get simulatedShowerDistributions(): ReadonlyMap<number, SimulatedShowerDistribution> {
    const { file, obsId } = this.#opened;
    const distribution = this.#isAtEnd ? showerDistributionOfFile(file.histograms ?? [], obsId) : undefined;
    return new Map(distribution && [[obsId, distribution]]);
  }

  override get skipped(): ReadonlyMap<string, number> {
    return this.#skipped;
  }

  override get truncated(): boolean {
    return this.#isTruncated;
  }

  override async *[Symbol.asyncIterator](): AsyncGenerator<ArrayEvent> {
    const { maxEvents = Infinity, allowTruncated } = this.traits;
    const { file, builder } = this.#opened;
    const events = (this.#events = builder());
    file.context.eventsRead = 0;
    try {
      for await (const simtelEvent of file.events()) {
        yield events.build(simtelEvent);
        if (++file.context.eventsRead >= maxEvents) return;
      }
      this.#isAtEnd = true;
    } catch (error) {
      if (!(allowTruncated && error instanceof SimtelError && error.isBreak)) throw error;
      this.#isTruncated = true;
      this.context.logger.warning(error.message);
    }
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.#open?.file[Symbol.asyncDispose]();
  }

  get #opened(): OpenFile {
    if (this.#open === undefined) throw new Error('SimTelEventSource was asked before it was opened.');
    return this.#open;
  }

  readonly #onSkipped = (telId: number, eventId: number, reason: string): void => {
    this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + 1);
    this.context.logger.warning(`Event ${eventId}: telescope ${telId} is left out: ${reason}.`);
  };
}
