import { freeAlone, type ByteSource } from '@cherenkit/io';
import { radians } from '@cherenkit/kernels';
import {
  addDuration,
  type ArrayEvent,
  type ComponentKind,
  CoordinateFrameType,
  EventSource,
  EventType,
  type InputSignature,
  PointingMode,
  PROVENANCE,
  R0CameraContainer,
  R1CameraContainer,
  type RunDescription,
  type SourceOutcome,
  type Time,
  timeFromUnix,
  trait,
  type Waveforms,
} from '@cherenkit/core';
import { isNectarCam } from '../nectarcam/is-nectarcam.js';
import { CameraRun } from '../source/camera-run.js';
import { SampleArrays, type CameraWaveforms } from '../source/camera-waveforms.js';
import { cameraData, observedRun } from '../source/observed-run.js';
import type { PixelMap } from '../source/pixel-map.js';
import {
  brokenPixels,
  calibratedWaveforms,
  eventTypeOf,
  rawWaveforms,
  timeOf,
  timeShifts,
} from '../source/stored-camera.js';
import { StreamReport } from '../source/stream-report.js';
import { telescopeEvent } from '../source/telescope-event.js';
import { shiftedTriggerWarning, triggerBits } from '../source/trigger-devices.js';
import { filesBeside, MultiFiles } from '../streams/multi-files.js';
import { EventTimeCalculator, timeOfNanoseconds } from './event-time-calculator.js';
import { readPedestalIds } from './lst-calibration-files.js';
import { eventTypeOfCharges, eventTypeOfId, eventTypeOfTrigger } from './lst-event-type.js';
import { LSTR0Corrections } from './lst-r0-corrections.js';
import { lstSubarray } from './lst-subarray.js';
import { PointingSource } from './pointing-source.js';
import {
  describeUnknownCell,
  storedEvent,
  withModules,
  type CorrectedEvent,
  type LstEvent,
  type StoredSamples,
} from './stored-event.js';

/** Until then, flat-field events were not marked reliably, unix time, s. */
const FLATFIELDS_MARKED = Date.UTC(2022, 0, 1) / 1000;
/** Samples of pixels that are missing in raw data of older messages. */
const MISSING_SAMPLE = 0xffff;

/** State of the source once the input is open. */
interface OpenRun {
  readonly otherFiles: readonly string[];
  readonly lst: CameraRun;
  readonly run: RunDescription;
  readonly map: PixelMap;
  readonly nChannels: number;
  readonly corrections: LSTR0Corrections;
  readonly calculator: EventTimeCalculator;
  readonly pointing: PointingSource | undefined;
}

/** Waveforms of an event, and its type, which may depend on them. */
interface CalibratedEvent {
  /** Undefined for raw data of both gain channels that are neither corrected nor calibrated. */
  readonly waveforms: CameraWaveforms | undefined;
  readonly eventType: EventType;
  /** Whether the event is left in ADC counts although others are calibrated: its charges have no factors of p.e. */
  readonly isLeftInCounts: boolean;
}

/** Type of an event, and the time of its trigger. */
interface TriggerOfEvent {
  readonly time: Time;
  readonly eventType: EventType;
}

/**
 * Reads raw data of the Large-Sized Telescopes: all streams of a run, in the messages of the event builder until 2023 (ProtoR1) and
 * in CTAO's R1 data model. Source: ctapipe_io_lst 0.31 `LSTEventSource`.
 *
 * R1 waveforms are calibrated by the event builder, or by `LSTR0Corrections` with its files. Without either, they are in ADC
 * counts, and there are images of neither p.e. nor one gain channel.
 *
 * @example
 * ```ts
 * await using source = await EventSource.open('LST-1.1.Run02008.0000.fits.fz'); // reads streams 1 to 4
 * for await (const event of source) console.log(event.index.eventId, event.trigger.eventType);
 * ```
 */
export class LSTEventSource extends EventSource.withTraits({
  minFlatfieldAdc: trait.number({
    default: 3000,
    help: 'Smallest sum of the samples of a pixel in flat-field events, ADC counts.',
  }),
  maxFlatfieldAdc: trait.number({
    default: 12000,
    help: 'Largest sum of the samples of a pixel in flat-field events, ADC counts.',
  }),
  minFlatfieldPixelFraction: trait.number({
    default: 0.8,
    minimum: 0,
    maximum: 1,
    help: 'Fraction of the pixels that are between min_flatfield_adc and max_flatfield_adc in flat-field events.',
  }),
  defaultTriggerType: trait.oneOf(['ucts', 'tib'], {
    default: 'ucts',
    help: 'Device whose trigger type is used if there are both: central time stamping or trigger interface board.',
  }),
  useFlatfieldHeuristic: trait.optional(
    trait.boolean({
      help: 'Whether to recognize flat-field events by their charges. If unset, only in runs before 2022.',
    }),
  ),
  calibrateFlatfieldsAndPedestals: trait.boolean({
    default: true,
    help: 'Calibrate flat-field and pedestal events as well.',
  }),
  applyDrs4Corrections: trait.boolean({ default: true, help: 'Apply the corrections of LSTR0Corrections.' }),
  triggerInformation: trait.boolean({ default: true, help: 'Read times and types of triggers.' }),
  pointingInformation: trait.boolean({ default: true, help: 'Read the pointing from the logs of PointingSource.' }),
  pedestalIdsPath: trait.optional(
    trait.path({ help: 'File with the ids of the pedestal events that were taken among others (HDF5).' }),
  ),
  referencePositionLon: trait.number({
    default: -17.890879,
    help: 'Longitude of the origin of the ground frame, degrees, east positive.',
  }),
  referencePositionLat: trait.number({
    default: 28.761579,
    help: 'Latitude of the origin of the ground frame, degrees.',
  }),
  referencePositionHeight: trait.number({
    default: 2199,
    unit: 'm',
    help: 'Height of the origin of the ground frame.',
  }),
  eventTimeCorrectionS: trait.optional(
    trait.number({ unit: 's', help: 'Added to the times of events, for runs with a wrong clock.' }),
  ),
}) {
  static override readonly help = 'Reads raw data of the Large-Sized Telescopes, in zfits files.';
  static override readonly children: readonly ComponentKind[] = [
    EventTimeCalculator,
    LSTR0Corrections,
    MultiFiles,
    PointingSource,
  ];
  static override readonly recognises: readonly InputSignature[] = [
    { magic: '53494d504c45', contains: ["'ProtoR1.Camera", 'lstcam'] },
    { magic: '53494d504c45', contains: ["'R1.Camera", 'lstcam'] },
    { magic: '53494d504c45', contains: ["'R1v1."] },
    { magic: '53494d504c45', contains: ["'CTAR1."] },
  ];

  static override async accepts(input: ByteSource): Promise<boolean> {
    return !(await isNectarCam(input));
  }

  #open: OpenRun | undefined;
  #pedestalIds: ReadonlySet<number> | undefined;
  readonly #arrays = new SampleArrays(() => this.reusesWaveforms);
  readonly #report = new StreamReport(this.context, 'R0/Event');

  override async open(input: ByteSource | undefined): Promise<void> {
    const bytes = this.requireFile(input, 'a zfits file');
    const { allowTruncated } = this.traits;
    const files = await this.context.create(MultiFiles, 'MultiFiles').lstStreams(bytes);
    const lst = await CameraRun.open(bytes, files, 'lstcam', this.#report.streamOptions(allowTruncated));
    const { telId, runId, startTime, isCalibrated: isCalibratedByBuilder } = lst.header;
    const array = await lstSubarray(telId, this.traits);
    const { geometry, readout } = array.telescope(telId).camera;
    const actualStartTime = timeFromUnix(Math.floor(startTime), (startTime % 1) * 1e9);
    const producerId = `LST-${telId}`;
    const corrections = this.context.create(LSTR0Corrections, 'LSTR0Corrections');
    const data = cameraData(isCalibratedByBuilder, corrections.calibrates);
    if (data.waveformUnit === 'ADC counts') {
      this.context.logger.warning(
        'The waveforms are ADC counts, and not p.e.: they are not calibrated, and LSTR0Corrections.calibration_path is not set.',
      );
    }
    this.#open = {
      otherFiles: filesBeside(bytes, files),
      lst,
      map: lst.pixelMap(geometry.nPixels),
      nChannels: readout.nChannels,
      corrections,
      calculator: this.context.create(EventTimeCalculator, 'EventTimeCalculator'),
      pointing: this.traits.pointingInformation ? this.context.create(PointingSource, 'PointingSource') : undefined,
      run: observedRun(this.selectAllowedTels(array), data, {
        obsId: runId,
        sbId: runId,
        producerId,
        actualStartTime,
      }),
    };
  }

  override get run(): RunDescription {
    return this.#opened.run;
  }

  override get otherFiles(): readonly string[] {
    return this.#opened.otherFiles;
  }

  override get outcome(): SourceOutcome {
    return this.#report;
  }

  override async prepare(): Promise<void> {
    const { lst, run, map, corrections, calculator, pointing } = this.#opened;
    const { telId, runId, startTime } = lst.header;
    if (!run.subarray.tel.has(telId)) return;
    const { pedestalIdsPath } = this.traits;
    await corrections.load(telId, map);
    await calculator.load(lst.header);
    await pointing?.load(telId);
    if (pedestalIdsPath !== undefined) {
      this.context.service(PROVENANCE).addInput({ url: pedestalIdsPath, role: 'InterleavedPedestalIDs' });
      this.#pedestalIds = await readPedestalIds(pedestalIdsPath);
    }
    this.#nameMissing();
    const target = pointing?.targetAt(timeFromUnix(startTime));
    const [observation, scheduling] = [run.observationBlocks.get(runId), run.schedulingBlocks.get(runId)];
    if (target === undefined || observation === undefined || scheduling === undefined) return;
    observation.subarrayPointingLon = radians(target.ra);
    observation.subarrayPointingLat = radians(target.dec);
    observation.subarrayPointingFrame = CoordinateFrameType.ICRS;
    scheduling.pointingMode = PointingMode.TRACK;
  }

  override get reasonForAllEvents(): string | undefined {
    const { lst, corrections } = this.#opened;
    const { header } = lst;
    if (this.traits.applyDrs4Corrections && !header.isCalibrated && corrections.dependsOnEventsBefore) {
      return 'the corrections of time lapse and spikes depend on the events before';
    }
    const isOld = header.scale === undefined && this.traits.triggerInformation;
    return isOld ? 'the times of events depend on the events before' : undefined;
  }

  override async *[Symbol.asyncIterator](): AsyncGenerator<ArrayEvent> {
    this.#report.beginReading();
    const { lst, run, calculator } = this.#opened;
    const { maxEvents = Infinity } = this.traits;
    if (!run.subarray.tel.has(lst.header.telId)) return;
    let count = 0;
    for await (const message of lst.events()) {
      if (message.eventId === 0n) {
        // The event builder adds empty events at the end of some runs.
        this.#report.count('skipped', 'events without data (event_id 0)');
        continue;
      }
      const event = withModules(message);
      yield this.#eventOf(event, count, this.#triggerOf(event, calculator));
      if (++count >= maxEvents) return;
    }
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.#open?.lst[Symbol.asyncDispose]();
  }

  /** Names the files of the run that are not set; LSTR0Corrections names its own. */
  #nameMissing(): void {
    const { lst, calculator } = this.#opened;
    const { pedestalIdsPath, triggerInformation } = this.traits;
    const summaryPath = calculator.traits.runSummaryPath.for(lst.header.telId);
    // Messages of the R1 data model have times and types of their own.
    if (lst.header.scale !== undefined || !triggerInformation) return;
    const missing = [
      ...(pedestalIdsPath === undefined
        ? ['pedestal_ids_path: pedestal events are recognized by their triggers only']
        : []),
      ...(summaryPath === undefined
        ? ['EventTimeCalculator.run_summary_path: times refer to the first event, unless its traits give a reference']
        : []),
    ];
    if (missing.length > 0) this.context.logger.info(`Files that are not set: ${missing.join('; ')}.`);
  }

  #eventOf(message: LstEvent, count: number, trigger: TriggerOfEvent): ArrayEvent {
    const { lst, map, nChannels, corrections, pointing } = this.#opened;
    const { telId, runId } = lst.header;
    const { eventId } = message;
    const { stored, pixelStatus, correctable } = storedEvent(message, map, lst.header);
    const unknown = describeUnknownCell(message, correctable);
    if (unknown !== undefined) this.context.warnOnce(unknown, 'first cells');
    corrections.begin(correctable);
    const raw = lst.header.isCalibrated ? undefined : this.#rawWaveforms(stored);
    const r1 = this.#calibrated(stored, correctable, trigger.eventType);
    const time = this.#corrected(trigger.time);
    const { eventType } = r1;
    const event = telescopeEvent({ count, obsId: runId, eventId, telId, time, eventType });
    if (raw !== undefined) event.r0.tel.set(telId, new R0CameraContainer({ waveform: raw }));
    const monitoring = brokenPixels(pixelStatus, nChannels);
    const direction = pointing?.pointingAt(time);
    if (direction !== undefined) {
      monitoring.pointing = direction.telescope;
      event.monitoring.pointing = direction.array;
    }
    const { coefficients } = monitoring.camera;
    const selected = r1.waveforms?.selected;
    coefficients.timeShift = corrections.timeShifts(timeShifts(message.pixelTimeShift, stored, map, eventId), selected);
    coefficients.factor = r1.isLeftInCounts ? undefined : corrections.chargeFactors();
    event.monitoring.tel.set(telId, monitoring);
    event.r1.tel.set(
      telId,
      new R1CameraContainer({
        eventType,
        eventTime: trigger.time,
        waveform: r1.waveforms?.waveform,
        pixelStatus,
        firstCellId: correctable.firstCellId,
        selectedGainChannel: selected,
      }),
    );
    freeAlone(stored.samples);
    return event;
  }

  #rawWaveforms(stored: StoredSamples): Waveforms<Uint16Array> {
    const { nChannels, nPixels, nSamples, samples } = stored;
    return rawWaveforms(samples, stored, this.#missingSample, this.#arrays.raw(nChannels * nPixels * nSamples));
  }

  /** Corrects and calibrates the waveforms, and determines the type of the event. */
  #calibrated(stored: StoredSamples, event: CorrectedEvent, byTrigger: EventType): CalibratedEvent {
    const { applyDrs4Corrections, calibrateFlatfieldsAndPedestals } = this.traits;
    const { corrections, lst } = this.#opened;
    // Older messages with both gain channels have no R1 data of their own.
    const hasR1 = lst.header.scale !== undefined || stored.selected !== undefined;
    if (!hasR1 && !applyDrs4Corrections && !corrections.calibrates) {
      const eventType = eventTypeOfId(event.eventId, byTrigger, this.#pedestalIds);
      return { waveforms: undefined, eventType, isLeftInCounts: false };
    }
    const newArray = (length: number): Float32Array => this.#arrays.corrected(length);
    const toCorrect = event.isDone ? { ...event, firstCellId: undefined, isInvalid: () => false } : event;
    const high = applyDrs4Corrections ? corrections.correctHighGain(stored, toCorrect, newArray) : undefined;
    const first = high ?? this.#uncorrected(stored, newArray);
    const eventType = this.#eventTypeOf(first, event, byTrigger);
    const isCalibrationEvent = eventType === EventType.FLATFIELD || eventType === EventType.SKY_PEDESTAL;
    const calibrates = !event.isDone && (calibrateFlatfieldsAndPedestals || !isCalibrationEvent);
    const corrected = high ? corrections.correctLowGain(high, stored, toCorrect, calibrates) : first;
    return {
      waveforms: calibrates ? corrections.calibrate(corrected, event) : corrected,
      eventType,
      isLeftInCounts: corrections.calibrates && !calibrates && !event.isDone,
    };
  }

  /** The samples as they are stored, of all channels. */
  #uncorrected(stored: StoredSamples, newArray: (length: number) => Float32Array): CameraWaveforms {
    const { nChannels, nPixels, nSamples, samples, scale, selected } = stored;
    const array = newArray(nChannels * nPixels * nSamples);
    return { waveform: calibratedWaveforms(samples, stored, scale, this.#missingSample, array), selected };
  }

  /** Sample of pixels that are not stored. */
  get #missingSample(): number {
    const { scale, isCalibrated } = this.#opened.lst.header;
    return scale === undefined && !isCalibrated ? MISSING_SAMPLE : 0;
  }

  /** The type by the trigger, corrected by the charges and by the ids of pedestal events. */
  #eventTypeOf(waveforms: CameraWaveforms, { eventId, isDone }: CorrectedEvent, byTrigger: EventType): EventType {
    const warn = (contradiction: string): void =>
      this.context.logger.warning(`Event ${eventId} ${contradiction}: its type is UNKNOWN.`);
    const usesCharges = this.traits.applyDrs4Corrections && !isDone && this.#usesHeuristic;
    const byCharges = usesCharges ? eventTypeOfCharges(waveforms, byTrigger, this.traits, warn) : byTrigger;
    return eventTypeOfId(eventId, byCharges, this.#pedestalIds);
  }

  #triggerOf(message: LstEvent, calculator: EventTimeCalculator): TriggerOfEvent {
    const { header, ucts, tibTrigger } = message;
    if (header !== undefined) {
      return { time: timeOf(header.eventTimeS, header.eventTimeQns), eventType: eventTypeOf(header.eventType) };
    }
    if (!this.traits.triggerInformation) {
      const time = ucts === undefined ? undefined : timeOfNanoseconds(ucts.timestamp);
      return { time: time ?? timeFromUnix(this.#opened.lst.header.startTime), eventType: EventType.UNKNOWN };
    }
    const { nanoseconds, uctsTrigger } = calculator.timeOf(message, this.#opened.lst.header);
    const { defaultTriggerType } = this.traits;
    const bits = triggerBits(uctsTrigger, tibTrigger, defaultTriggerType);
    const warning = shiftedTriggerWarning(message.eventId, uctsTrigger, defaultTriggerType);
    if (warning !== undefined) this.context.logger.warning(warning);
    if (bits === undefined) this.context.logger.warning(`Event ${message.eventId}: no trigger type is known.`);
    const eventType = bits === undefined ? EventType.UNKNOWN : eventTypeOfTrigger(bits);
    return { time: timeOfNanoseconds(nanoseconds), eventType };
  }

  get #usesHeuristic(): boolean {
    return this.traits.useFlatfieldHeuristic ?? this.#opened.lst.header.startTime < FLATFIELDS_MARKED;
  }

  #corrected(time: Time): Time {
    const { eventTimeCorrectionS } = this.traits;
    return eventTimeCorrectionS === undefined ? time : addDuration(time, eventTimeCorrectionS * 1e9);
  }

  get #opened(): OpenRun {
    if (this.#open === undefined) throw new Error('LSTEventSource was not opened.');
    return this.#open;
  }
}
