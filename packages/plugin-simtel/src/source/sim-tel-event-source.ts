import type { ByteSource } from '@cherenkit/io';
import {
  EVENT_FAILURES,
  EventSource,
  GainSelector,
  PROVENANCE,
  trait,
  type ArrayEvent,
  type EventBlocks,
  type InputSignature,
  type RunDescription,
  type SourceOutcome,
} from '@cherenkit/core';
import { SimtelError } from '../eventio/simtel-error.js';
import { SimtelFile } from '../file/simtel-file.js';
import type { SimtelRun } from '../file/simtel-run.js';
import { ArrayEventBuilder } from './array-event-builder.js';
import { newSampleAllocator, reusingSampleAllocator } from './r1-calibration.js';
import { ATMOSPHERE_CHOICES } from './build-atmosphere-profile.js';
import { FileRuns, type FileRun } from './file-runs.js';
import { OFFSET_RANGE } from './observation-id.js';
import { SimtelBlocks } from './simtel-blocks.js';

/** State of the source once the input is open. */
interface OpenFile {
  readonly file: SimtelFile;
  readonly runs: FileRuns;
  readonly run: RunDescription;
  readonly createBuilder: () => ArrayEventBuilder;
}

/**
 * Reads events of sim_telarray files and calibrates them to R1. Source: ctapipe 0.32 `SimTelEventSource`.
 *
 * @example
 * ```ts
 * await using source = await EventSource.open(path, { maxEvents: 10 }); // selects this source by the file's first bytes
 * for await (const event of source) console.log(event.index.eventId, event.simulation?.shower?.energy);
 * ```
 */
export class SimTelEventSource extends EventSource.withTraits({
  skipCalibrationEvents: trait.boolean({ default: true, help: 'Skip calibration events.' }),
  focalLengthChoice: trait.oneOf(['EFFECTIVE', 'EQUIVALENT'], {
    default: 'EFFECTIVE',
    caseless: true,
    help: 'Focal length that converts camera coordinates to angles: effective (from ray tracing) or equivalent (nominal).',
  }),
  gainSelectorType: trait.perTelescope(
    trait.componentName(GainSelector, {
      default: 'ThresholdGainSelector',
      help: 'Gain selector component.',
    }),
  ),
  selectGain: trait.optional(
    trait.boolean({
      help: 'Whether to select gain channels. If unset, only in shower events, not in calibration events.',
    }),
  ),
  calibScale: trait.number({
    default: 1,
    help: 'Factor applied to the calibration coefficients (p.e. per ADC count) of the file.',
  }),
  calibShift: trait.number({
    default: 0,
    unit: 'pe',
    help: 'Offset added to each calibrated sample, to simulate a miscalibration.',
  }),
  skipR1Calibration: trait.boolean({
    default: false,
    help: 'Skip the calibration: R1 waveforms remain in ADC counts.',
  }),
  atmosphereProfileChoice: trait.oneOf(ATMOSPHERE_CHOICES, {
    default: 'AUTO',
    caseless: true,
    help: 'Atmosphere profile to load: TABLE, FIVELAYER, NONE, or AUTO: the table if stored, otherwise the five layers.',
  }),
  overrideObsId: trait.optional(
    trait.integer({
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      help: 'Observation id to use instead of the run number of the file, for files of one run.',
    }),
  ),
  obsIdOffset: trait.optional(
    trait.integer({
      ...OFFSET_RANGE,
      help: 'Offset added to the run number of the file. Ignored if override_obs_id is set.',
    }),
  ),
}) {
  static override readonly help = 'Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd.';
  static override readonly recognises: readonly InputSignature[] = [{ magic: '378a1fd4' }, { magic: 'd41f8a37' }];

  #open: OpenFile | undefined;
  #events: ArrayEventBuilder | undefined;
  #blocks: SimtelBlocks | undefined;
  #range: readonly [first: number, end: number] = [0, Infinity];
  #isTruncated = false;
  readonly #rejected = new Map<string, number>();
  readonly #skipped = new Map<string, number>();

  override async open(input: ByteSource | undefined): Promise<void> {
    const bytes = this.requireFile(input, 'a sim_telarray file');
    const { allowedTels, skipCalibrationEvents } = this.traits;
    const file = await SimtelFile.open(bytes, { allowedTels, skipCalibration: skipCalibrationEvents });
    try {
      const runs = new FileRuns(file.context, file.header, this.traits, this.context.logger);
      const subarray = this.selectAllowedTels(runs.subarray);
      const options = { ...this.traits, subarray, onRejected: this.#onRejected };
      const { observationBlocks, schedulingBlocks, simulationConfig, obsIdType } = runs;
      this.#open = {
        file,
        runs,
        run: {
          subarray,
          isSimulation: runs.isSimulation,
          dataLevels: ['R0', 'R1'],
          waveformUnit: this.traits.skipR1Calibration ? 'ADC counts' : 'p.e.',
          observationBlocks,
          schedulingBlocks,
          simulationConfig,
          obsIdType,
          atmosphereDensityProfile: runs.atmosphere,
          keepsAllGains: this.traits.selectGain === false,
          rawDataCalibration: (telId) => this.#events?.calibrationOf(telId),
        },
        createBuilder: () => {
          const gainSelectors = this.traits.gainSelectorType.map((name) => this.context.create(GainSelector, name));
          const createAllocator = this.reusesWaveforms ? reusingSampleAllocator : () => newSampleAllocator;
          const failures = this.context.service(EVENT_FAILURES);
          return new ArrayEventBuilder({ ...options, gainSelectors, failures }, createAllocator);
        },
      };
    } catch (error) {
      await file[Symbol.asyncDispose]();
      throw error;
    }
    this.context.service(PROVENANCE).addInput({ url: bytes.name, role: 'DL0/Event' });
  }

  override get run(): RunDescription {
    return this.#opened.run;
  }

  /** Truncation, rejected telescope events, and shower distributions, which are stored at the end of each run. */
  override get outcome(): SourceOutcome {
    return {
      truncated: this.#isTruncated,
      rejected: this.#rejected,
      skipped: this.#skipped,
      simulatedShowerDistributions: this.#opened.runs.showerDistributions,
    };
  }

  override selectEvents(first: number, end: number): void {
    this.#range = [first, end];
  }

  override async *[Symbol.asyncIterator](): AsyncGenerator<ArrayEvent> {
    const { maxEvents = Infinity } = this.traits;
    const [first, end] = this.#range;
    const { file, runs, createBuilder } = this.#opened;
    const events = (this.#events = createBuilder());
    file.context.eventsRead = 0;
    try {
      for await (const simtelRun of file.runs()) {
        const run = runs.begin(simtelRun);
        for await (const simtelEvent of simtelRun.events()) {
          // Not before the next event: the end of a run has its shower distribution.
          if (file.context.eventsRead >= end) return;
          if (file.context.eventsRead < first) events.skip(simtelEvent);
          else yield events.build(simtelEvent, run);
          if (this.reusesWaveforms) simtelRun.freeEvents();
          if (++file.context.eventsRead >= maxEvents) return;
        }
        this.#endRun(simtelRun, run);
      }
    } catch (error) {
      this.#handle(error, file.context.eventsRead);
    }
  }

  override get blocks(): EventBlocks {
    const { file, runs, createBuilder } = this.#opened;
    const { maxEvents = Infinity, allowedTels } = this.traits;
    return (this.#blocks ??= new SimtelBlocks({
      file,
      runs,
      allowedTels,
      maxEvents,
      range: this.#range,
      createBuilder: () => (this.#events = createBuilder()),
      handle: (error, eventsRead) => this.#handle(error, eventsRead),
      endRun: (simtelRun, run) => this.#endRun(simtelRun, run),
    }));
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.#open?.file[Symbol.asyncDispose]();
  }

  get #opened(): OpenFile {
    if (this.#open === undefined) throw new Error('SimTelEventSource was not opened.');
    return this.#open;
  }

  /** @throws the error, unless it is a truncation that is allowed */
  #handle(error: unknown, eventsRead: number): void {
    if (!(this.traits.allowTruncated && error instanceof SimtelError && error.isRecoverable)) throw error;
    this.#isTruncated = true;
    const kept = eventsRead === 0 ? 'no event is before it' : `the ${eventsRead} events before it are kept`;
    this.context.logger.warning(`${error.statement} The rest of the file is ignored; ${kept}.`);
  }

  #endRun(simtelRun: SimtelRun, run: FileRun): void {
    this.#opened.runs.end(simtelRun, run);
    const { skippedCalibrationEvents: count } = simtelRun;
    if (count === 0) return;
    const kind = 'calibration events (see skip_calibration_events)';
    this.#skipped.set(kind, (this.#skipped.get(kind) ?? 0) + count);
  }

  readonly #onRejected = (telId: number, eventId: number, reason: string): void => {
    this.#rejected.set(reason, (this.#rejected.get(reason) ?? 0) + 1);
    this.context.logger.warning(`Event ${eventId}: telescope ${telId} rejected: ${reason}.`);
  };
}
