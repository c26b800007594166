import type { ByteSource } from '@cherenkit/io';
import {
  type ArrayEvent,
  type ComponentKind,
  EventSource,
  EventType,
  type InputSignature,
  PixelStatus,
  R0CameraContainer,
  R1CameraContainer,
  type RunDescription,
  type SourceOutcome,
  type Time,
  timeFromUnix,
  trait,
} from '@cherenkit/core';
import { ZfitsError } from '../container/zfits-error.js';
import { ZfitsFile } from '../container/zfits-file.js';
import { timeOfNanoseconds } from '../lst/event-time-calculator.js';
import { CameraRun, isCalibrated, type CameraEvent } from '../source/camera-run.js';
import type { CameraWaveforms } from '../source/camera-waveforms.js';
import { cameraData, observedRun } from '../source/observed-run.js';
import type { PixelMap } from '../source/pixel-map.js';
import {
  brokenPixels,
  calibratedWaveforms,
  eventTypeOf,
  isReadOut,
  markStored,
  rawWaveforms,
  selectedChannels,
  timeOf,
  UNSCALED,
  type StoredShape,
} from '../source/stored-camera.js';
import { StreamReport } from '../source/stream-report.js';
import { telescopeEvent } from '../source/telescope-event.js';
import { shiftedTriggerWarning, triggerBits } from '../source/trigger-devices.js';
import { EventIdGaps } from '../streams/event-id-gaps.js';
import { filesBeside, MultiFiles } from '../streams/multi-files.js';
import { isNectarCam } from './is-nectarcam.js';
import { NectarCAMR0Corrections } from './nectarcam-r0-corrections.js';
import { nectarCamSubarray } from './nectarcam-subarray.js';
import { lacksPixelTriggers, nectarCamEventType, pixelTriggers } from './nectarcam-trigger.js';

const TRIGGER_FLAGS = PixelStatus.PIXEL_TRIGGER_0 | PixelStatus.PIXEL_TRIGGER_1 | PixelStatus.PIXEL_TRIGGER_2;
/** Runs of the first tests of R1v1 messages, with telescope 14 in their configuration. */
const [FIRST_TEST_RUN, LAST_TEST_RUN, TEST_TELESCOPE] = [5047, 5085, 14];

/** State of the source once the input is open. */
interface OpenRun {
  readonly otherFiles: readonly string[];
  /** Whether all files of the run are read. */
  readonly isWholeRun: boolean;
  readonly camera: CameraRun;
  readonly telId: number;
  readonly run: RunDescription;
  readonly map: PixelMap;
  readonly nChannels: number;
  readonly corrections: NectarCAMR0Corrections;
}

/**
 * Reads raw data of NectarCAMs: all files of a run, in the messages of the event builder before version 6 (ProtoR1) and in CTAO's R1
 * data model. Source: ctapipe_io_nectarcam 0.2.4 `NectarCAMEventSource`, which leaves events with a selected gain channel uncalibrated.
 *
 * R1 waveforms are calibrated by `NectarCAMR0Corrections` with its file. Without it, they are in ADC counts.
 *
 * @example
 * ```ts
 * await using source = await EventSource.open('NectarCAM.Run6000.0000.fits.fz'); // reads all files of the run
 * for await (const event of source) console.log(event.index.eventId, event.trigger.eventType);
 * ```
 */
export class NectarCAMEventSource extends EventSource.withTraits({
  baseline: trait.integer({
    default: 250,
    help: 'Baseline of raw waveforms, ADC counts. It is not used, as in ctapipe_io_nectarcam.',
  }),
  triggerInformation: trait.boolean({ default: true, help: 'Read times and types of triggers.' }),
  defaultTriggerType: trait.oneOf(['ucts', 'tib'], {
    default: 'ucts',
    help: 'Device whose trigger type is used if there are both: central time stamping or trigger interface board.',
  }),
  calibrateFlatfieldsAndPedestals: trait.boolean({
    default: true,
    help: 'Calibrate flat-field and pedestal events as well.',
  }),
  skipEmptyEvents: trait.boolean({ default: true, help: 'Leave out events without data, which have the id 0.' }),
  showEmptyStats: trait.boolean({ default: false, help: 'Log the number of events without data.' }),
}) {
  static override readonly help = 'Reads raw data of NectarCAMs, in zfits files.';
  static override readonly children: readonly ComponentKind[] = [MultiFiles, NectarCAMR0Corrections];
  static override readonly recognises: readonly InputSignature[] = [
    { magic: '53494d504c45', contains: ["'ProtoR1.Camera", 'nectarcam'] },
    { magic: '53494d504c45', contains: ["'R1.Camera", 'nectarcam'] },
    { magic: '53494d504c45', contains: ["'R1v1."] },
    { magic: '53494d504c45', contains: ["'CTAR1."] },
    { magic: '53494d504c45', contains: ["'DataModel.CameraRunHeader'"] },
  ];

  static override accepts(input: ByteSource): Promise<boolean> {
    return isNectarCam(input);
  }

  #open: OpenRun | undefined;
  #nEmpty = 0;
  readonly #report = new StreamReport(this.context, 'R0/Event');

  override async open(input: ByteSource | undefined): Promise<void> {
    const bytes = this.requireFile(input, 'a zfits file');
    await requirePixelIds(bytes);
    const multiFiles = this.context.create(MultiFiles, 'MultiFiles');
    const files = await multiFiles.nectarCamStreams(bytes);
    const options = this.#report.streamOptions(this.traits.allowTruncated);
    const camera = await CameraRun.open(bytes, files, 'nectarcam', options);
    const { runId, startTime } = camera.header;
    const telId = telescopeOf(camera.header);
    const array = await nectarCamSubarray(telId);
    const { geometry, readout } = array.telescope(telId).camera;
    const actualStartTime = timeFromUnix(Math.floor(startTime), (startTime % 1) * 1e9);
    const producerId = `MST-${telId}`;
    const corrections = this.context.create(NectarCAMR0Corrections, 'NectarCAMR0Corrections');
    const data = cameraData(camera.header.isCalibrated, corrections.calibrates);
    if (data.waveformUnit === 'ADC counts') {
      this.context.logger.warning(
        'The waveforms are ADC counts, and not p.e.: they are not calibrated, and NectarCAMR0Corrections.calibration_path is not set. ' +
          'Events with both gain channels have no images.',
      );
    }
    this.#open = {
      otherFiles: filesBeside(bytes, files),
      isWholeRun: multiFiles.readsNectarCamRun(bytes),
      camera,
      telId,
      map: camera.pixelMap(geometry.nPixels),
      nChannels: readout.nChannels,
      corrections,
      run: observedRun(this.selectAllowedTels(array), data, {
        obsId: runId,
        sbId: runId,
        producerId,
        actualStartTime,
      }),
    };
  }

  override async prepare(): Promise<void> {
    const { telId, run, map, corrections } = this.#opened;
    if (run.subarray.tel.has(telId)) await corrections.load(telId, map.nPixels);
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

  override async *[Symbol.asyncIterator](): AsyncGenerator<ArrayEvent> {
    this.#report.beginReading();
    const { camera, run, telId, isWholeRun } = this.#opened;
    const { maxEvents = Infinity, skipEmptyEvents, showEmptyStats } = this.traits;
    if (!run.subarray.tel.has(telId)) return;
    const gaps = new EventIdGaps();
    let count = 0;
    for await (const message of camera.events()) {
      if (message.eventId === 0n) {
        this.#nEmpty++;
        if (skipEmptyEvents) {
          this.#report.count('skipped', 'events without data (event_id 0)');
          continue;
        }
      }
      gaps.add(message.eventId);
      yield this.#eventOf(message, count);
      if (++count >= maxEvents) break;
    }
    if (isWholeRun && gaps.nMissing > 0) this.context.logger.warning(gaps.describe());
    if (showEmptyStats) this.context.logger.info(`${this.#nEmpty} events without data.`);
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.#open?.camera[Symbol.asyncDispose]();
  }

  #eventOf(message: CameraEvent, count: number): ArrayEvent {
    const { camera, map, nChannels, corrections, telId } = this.#opened;
    const { runId, scale } = camera.header;
    const { eventId, nSamples } = message;
    const status = map.require(message.pixelStatus, Uint8Array, map.ids.length, 'pixel_status', eventId);
    const pixelStatus = map.placeFlags(markStored(status, PixelStatus.DVR_STATUS_0, isReadOut));
    if (lacksPixelTriggers(camera.header.builderVersion, scale === undefined)) this.#flagTriggers(pixelStatus, message);
    map.requireShape(message, eventId);
    const shape: StoredShape = { nChannels: message.nChannels, nSamples, pixels: map.ids, nPixels: map.nPixels };
    const nStored = shape.nChannels * map.ids.length * nSamples;
    const samples = map.require(message.waveform, Uint16Array, nStored, 'waveform', eventId);
    const { time, eventType } = this.#triggerOf(message);
    const event = telescopeEvent({ count, obsId: runId, eventId, telId, time, eventType });
    if (!isCalibrated(message)) {
      event.r0.tel.set(telId, new R0CameraContainer({ waveform: rawWaveforms(samples, shape, 0) }));
    }
    const calibrates = this.#calibrates(message, eventType);
    const r1 = this.#calibrated(message, samples, shape, pixelStatus, calibrates);
    const monitoring = brokenPixels(pixelStatus, nChannels);
    const { coefficients } = monitoring.camera;
    const { unusablePixels } = corrections;
    coefficients.outlierMask?.forEach((isBroken, i, mask) => {
      mask[i] = isBroken || unusablePixels?.[i] ? 1 : 0;
    });
    coefficients.factor = calibrates ? corrections.chargeFactors(telId, map.nPixels) : undefined;
    event.monitoring.tel.set(telId, monitoring);
    event.r1.tel.set(
      telId,
      new R1CameraContainer({
        eventType,
        eventTime: message.header === undefined ? time : timeOf(message.header.eventTimeS, message.header.eventTimeQns),
        waveform: r1?.waveform,
        pixelStatus,
        selectedGainChannel: r1?.selected,
      }),
    );
    return event;
  }

  /** Whether an event is to be calibrated. */
  #calibrates(message: CameraEvent, eventType: EventType): boolean {
    const isCalibrationEvent = eventType === EventType.FLATFIELD || eventType === EventType.SKY_PEDESTAL;
    const isWanted = this.traits.calibrateFlatfieldsAndPedestals || !isCalibrationEvent;
    return this.#opened.corrections.calibrates && isWanted && !isCalibrated(message);
  }

  /** R1 waveforms; undefined for both gain channels in ADC counts. */
  #calibrated(
    message: CameraEvent,
    samples: Uint16Array,
    shape: StoredShape,
    pixelStatus: Uint8Array,
    calibrates: boolean,
  ): CameraWaveforms | undefined {
    const { camera, corrections } = this.#opened;
    if (!calibrates && shape.nChannels > 1 && !isCalibrated(message)) return undefined;
    const waveforms = {
      waveform: calibratedWaveforms(samples, shape, camera.header.scale ?? UNSCALED, 0),
      selected: selectedChannels(pixelStatus, shape.nChannels),
    };
    return calibrates ? corrections.calibrate(waveforms, (pixel) => !isReadOut(pixelStatus[pixel])) : waveforms;
  }

  #triggerOf(message: CameraEvent): { readonly time: Time; readonly eventType: EventType } {
    const { header, ucts, tibTrigger, eventId } = message;
    const { triggerInformation, defaultTriggerType } = this.traits;
    const time =
      triggerInformation && ucts !== undefined
        ? timeOfNanoseconds(ucts.timestamp)
        : header === undefined
          ? timeFromUnix(this.#opened.camera.header.startTime)
          : timeOf(header.eventTimeS, header.eventTimeQns);
    if (!triggerInformation) return { time, eventType: EventType.UNKNOWN };
    const bits = triggerBits(ucts?.triggerType, tibTrigger, defaultTriggerType);
    if (bits === undefined) {
      this.context.logger.warning(`Event ${eventId}: the trigger type is not known.`);
      return { time, eventType: header === undefined ? EventType.UNKNOWN : eventTypeOf(header.eventType) };
    }
    const warning = shiftedTriggerWarning(eventId, ucts?.triggerType, defaultTriggerType);
    if (warning !== undefined) this.context.logger.warning(warning);
    const eventType = nectarCamEventType(bits);
    if (eventType === EventType.UNKNOWN) {
      this.context.logger.warning(`Event ${eventId} has the trigger bits ${bits}, which belong to no type of events.`);
    }
    return { time, eventType };
  }

  /** Replaces the trigger flags of pixels by those of the counters. */
  #flagTriggers(pixelStatus: Uint8Array, { counters }: CameraEvent): void {
    const { camera, map } = this.#opened;
    const triggers = pixelTriggers(counters, camera.header.moduleIds, map.nPixels);
    for (const pixel of map.ids) {
      pixelStatus[pixel] &= ~TRIGGER_FLAGS;
      if (triggers[pixel] !== 0) pixelStatus[pixel] |= PixelStatus.PIXEL_TRIGGER_0;
    }
  }

  get #opened(): OpenRun {
    if (this.#open === undefined) throw new Error('NectarCAMEventSource was not opened.');
    return this.#open;
  }
}

/** Telescope of a run; some runs have a wrong one in their configuration. */
function telescopeOf({ telId, runId }: CameraRun['header']): number {
  return telId === TEST_TELESCOPE && runId >= FIRST_TEST_RUN && runId <= LAST_TEST_RUN ? 0 : telId;
}

/** @throws ZfitsError ZFITS_MESSAGE (65) for the messages of 2018, which cannot be placed in the camera */
async function requirePixelIds(input: ByteSource): Promise<void> {
  const file = await ZfitsFile.open(input);
  const header = file.table('RunHeader');
  if (header === undefined) return;
  const place = { file: file.name, table: header.name };
  const sentence =
    'the file has no ids of pixels or modules, as those of the tests of 2018, so that its pixels cannot be placed in the camera; cherenkit zfits info lists its messages';
  throw new ZfitsError('ZFITS_MESSAGE', place, header.hdu.headerOffset, sentence);
}
