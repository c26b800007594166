import type { ByteSource } from '@cherenkit/io';
import {
  CherenkitError,
  EventSource,
  ExitCode,
  GainSelector,
  PROVENANCE,
  trait,
  type ArrayEvent,
  type InputSignature,
  type RunDescription,
  type SourceOutcome,
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
  readonly run: RunDescription;
  readonly builder: () => ArrayEventBuilder;
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

  #open: OpenFile | undefined;
  #events: ArrayEventBuilder | undefined;
  #isTruncated = false;
  #isAtEnd = false;
  readonly #rejected = new Map<string, number>();

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
        onRejected: this.#onRejected,
      };
      this.#open = {
        file,
        obsId,
        run: {
          subarray,
          isSimulation: true,
          dataLevels: ['R0', 'R1'],
          observationBlocks: new Map([[obsId, observationBlockOfFile(header, obsId)]]),
          schedulingBlocks: new Map([[obsId, schedulingBlockOfFile(obsId)]]),
          simulationConfig: new Map([[obsId, simulationConfigOfFile(header)]]),
          atmosphereDensityProfile: atmosphereOfFile(header.atmosphericProfiles, atmosphereProfileChoice),
          keepsAllGains: this.traits.selectGain === false,
          rawDataCalibration: (telId) => this.#events?.calibrationOf(telId),
        },
        builder: () => {
          const gainSelectors = this.traits.gainSelectorType.map((name) => this.context.create(GainSelector, name));
          const sampleArrays = this.reusesWaveforms ? reusedSampleArrays() : newSampleArrays;
          return new ArrayEventBuilder({ ...options, gainSelectors }, sampleArrays);
        },
      };
    } catch (error) {
      await file[Symbol.asyncDispose]();
      throw error;
    }
    this.context.service(PROVENANCE).addInput({ url: input.name, role: 'DL0/Event' });
  }

  override get run(): RunDescription {
    return this.#opened.run;
  }

  /** The shower distribution is at the end of the file, so it is known only after the last event was read. */
  override get outcome(): SourceOutcome {
    const { file, obsId } = this.#opened;
    const distribution = this.#isAtEnd ? showerDistributionOfFile(file.histograms ?? [], obsId) : undefined;
    return {
      truncated: this.#isTruncated,
      rejected: this.#rejected,
      simulatedShowerDistributions: new Map(distribution && [[obsId, distribution]]),
    };
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

  readonly #onRejected = (telId: number, eventId: number, reason: string): void => {
    this.#rejected.set(reason, (this.#rejected.get(reason) ?? 0) + 1);
    this.context.logger.warning(`Event ${eventId}: telescope ${telId} is rejected: ${reason}.`);
  };
}
