import type { ByteSource } from '@cherenkit/io';
import { radians } from '@cherenkit/kernels';
import {
  CameraCalibrationContainer,
  CameraMonitoringContainer,
  CherenkitError,
  CoordinateFrameType,
  EarthLocation,
  EVENT_SOURCE_OPENER,
  EventSource,
  EventType,
  ExitCode,
  nameSome,
  ObservationBlockContainer,
  PixelStatus,
  PointingMode,
  PROVENANCE,
  R0CameraContainer,
  R1CameraContainer,
  SchedulingBlockContainer,
  SubarrayDescription,
  TelescopeMonitoringContainer,
  trait,
  waveformsOf,
  type ArrayEvent,
  type InputSignature,
  type RunDescription,
  type SourceOutcome,
  type TelescopeDescription,
  type Waveforms,
} from '@cherenkit/core';
import { ZfitsFile } from '../container/zfits-file.js';
import type { ZfitsTable } from '../container/zfits-table.js';
import { DATA_MODEL_CAMERA_EVENT, type DataModelCameraEvent } from '../messages/data-model-messages.js';
import { readMessages } from '../messages/read-messages.js';
import { PixelMap } from '../source/pixel-map.js';
import { rawWaveforms, timeOf } from '../source/stored-camera.js';
import { StreamReport } from '../source/stream-report.js';
import { telescopeEvent } from '../source/telescope-event.js';
import { EventStream, requiredTable } from '../streams/event-stream.js';
import { baseName } from '../streams/multi-files.js';
import { pointingOfTarget, runIdOfName } from './sst1m-header.js';

/** Bit of the type of an event: an internal or external trigger, which is one of pedestals. */
const INTERNAL = 8;
/** Baselines are stored in units of 1/16 ADC count. */
const BASELINE_UNITS = 16;
/** Number of events in which ids of the array are looked for. */
const EVENTS_WITH_IDS = 10;
const STORED = PixelStatus.DVR_STATUS_0 | PixelStatus.HIGH_GAIN_STORED;

/** State of the source once the input is open. */
interface OpenRun {
  readonly events: EventStream<(typeof DATA_MODEL_CAMERA_EVENT)['fields']>;
  readonly table: ZfitsTable;
  readonly telId: number;
  readonly runId: number;
  readonly nPixels: number;
  /** Whether the events have ids of the array, so that those of several telescopes can be matched. */
  readonly hasArrayIds: boolean;
  readonly run: RunDescription;
}

/**
 * Reads raw data of the SST-1M telescopes, in the messages of DigiCam. Source: sst1mpipe `SST1MEventSource`.
 *
 * R1 waveforms are ADC counts above the baseline that the camera determined, since there is no calibration of this camera.
 * The camera is taken from another input, since neither the data nor `@cherenkit/instrument-ctao` describe it: `instrument_url`.
 *
 * @example
 * ```ts
 * await using source = await EventSource.open('SST1M1_20260121_0001.fits.fz', { instrumentUrl: 'sst1m.simtel.zst' });
 * for await (const event of source) console.log(event.index.eventId, event.trigger.eventType);
 * ```
 */
export class SST1MEventSource extends EventSource.withTraits({
  instrumentUrl: trait.optional(
    trait.path({
      help: 'Input with a telescope that has the camera of the data, such as a simulation or an output file of one.',
    }),
  ),
  focalLengthChoice: trait.oneOf(['EFFECTIVE', 'EQUIVALENT'], {
    default: 'EQUIVALENT',
    caseless: true,
    help: 'Focal length of the telescope of instrument_url for camera coordinates.',
  }),
  referencePositionLon: trait.number({ default: 0, help: 'Longitude of the telescope, degrees, east positive.' }),
  referencePositionLat: trait.number({ default: 0, help: 'Latitude of the telescope, degrees.' }),
  referencePositionHeight: trait.number({ default: 0, unit: 'm', help: 'Height of the telescope.' }),
  pointingInformation: trait.boolean({ default: true, help: 'Read the direction of the target from the header.' }),
  pointingRa: trait.optional(
    trait.number({ help: 'Right ascension of the pointing, degrees. Default: that of the header.' }),
  ),
  pointingDec: trait.optional(
    trait.number({ help: 'Declination of the pointing, degrees. Default: that of the header.' }),
  ),
}) {
  static override readonly help = 'Reads raw data of the SST-1M telescopes, in zfits files.';
  static override readonly recognises: readonly InputSignature[] = [
    { magic: '53494d504c45', contains: ["'DataModel.CameraEvent'", 'trigger_input_traces'] },
    { magic: '53494d504c45', contains: ["'ProtoDataModel.CameraEvent'", 'trigger_input_traces'] },
  ];

  #open: OpenRun | undefined;
  readonly #report = new StreamReport(this.context, 'R0/Event');

  override async open(input: ByteSource | undefined): Promise<void> {
    const bytes = this.requireFile(input, 'a zfits file');
    const table = requiredTable(await ZfitsFile.open(bytes), 'Events');
    const { telId, nPixels, hasArrayIds } = await firstOf(table);
    this.context.logger.warning(
      'The waveforms are ADC counts above the baseline, and not p.e.: they are not calibrated.',
    );
    const runId = runIdOfName(baseName(bytes.name));
    const producerId = `SST1M-${telId}`;
    const observation = new ObservationBlockContainer({ obsId: runId, sbId: runId, producerId });
    const scheduling = new SchedulingBlockContainer({ sbId: runId, producerId });
    this.#point(table, observation, scheduling);
    const options = this.#report.streamOptions(this.traits.allowTruncated);
    this.#open = {
      events: new EventStream(bytes, [baseName(bytes.name)], DATA_MODEL_CAMERA_EVENT, options),
      table,
      telId,
      runId,
      nPixels,
      hasArrayIds,
      run: {
        subarray: this.selectAllowedTels(await this.#subarray(telId, nPixels)),
        isSimulation: false,
        dataLevels: ['R0'],
        waveformUnit: 'ADC counts',
        observationBlocks: new Map([[runId, observation]]),
        schedulingBlocks: new Map([[runId, scheduling]]),
        simulationConfig: new Map(),
      },
    };
  }

  override get run(): RunDescription {
    return this.#opened.run;
  }

  override get nEvents(): number | undefined {
    return this.#opened.table.nRows;
  }

  override get outcome(): SourceOutcome {
    return this.#report;
  }

  override async *[Symbol.asyncIterator](): AsyncGenerator<ArrayEvent> {
    this.#report.beginReading();
    const { events, run, telId } = this.#opened;
    const { maxEvents = Infinity } = this.traits;
    if (!run.subarray.tel.has(telId)) return;
    let count = 0;
    for (let message = await events.next(); message !== undefined; message = await events.next()) {
      yield this.#eventOf(message, count);
      if (++count >= maxEvents) return;
    }
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.#open?.events[Symbol.asyncDispose]();
  }

  #eventOf(message: DataModelCameraEvent, count: number): ArrayEvent {
    const { runId, telId, nPixels, hasArrayIds, table } = this.#opened;
    const { pixelsIndices, samples, baselines } = message.hiGain.waveforms;
    const eventId = BigInt(hasArrayIds ? message.arrayEvtNum : message.eventNumber);
    const map = PixelMap.of(pixelsIndices, nPixels, table.place);
    const nSamples = samples === undefined ? 0 : Math.floor(samples.length / map.ids.length);
    const stored = map.require(samples, Int16Array, nSamples * map.ids.length, 'samples', eventId);
    const shape = { nChannels: 1, nSamples, pixels: map.ids, nPixels };
    const waveform = rawWaveforms(new Uint16Array(stored.buffer, stored.byteOffset, stored.length), shape, 0);
    const time = timeOf(Number(message.local_time_sec), 4 * Number(message.local_time_nanosec));
    const eventType = (message.event_type & INTERNAL) !== 0 ? EventType.SKY_PEDESTAL : EventType.SUBARRAY;
    const event = telescopeEvent({ count, obsId: runId, eventId, telId, time, eventType });
    event.r0.tel.set(telId, new R0CameraContainer({ waveform }));
    const pixelStatus = map.placeFlags(new Uint8Array(map.ids.length).fill(STORED));
    const hasBaselines = baselines instanceof Int16Array && baselines.length === map.ids.length;
    event.r1.tel.set(
      telId,
      new R1CameraContainer({
        eventType,
        eventTime: time,
        pixelStatus,
        waveform: hasBaselines ? aboveBaseline(waveform, baselines, map.ids) : undefined,
        selectedGainChannel: hasBaselines ? new Int8Array(nPixels) : undefined,
      }),
    );
    const outlierMask = pixelStatus.map((flags) => (flags === 0 ? 1 : 0));
    const camera = new CameraMonitoringContainer({ coefficients: new CameraCalibrationContainer({ outlierMask }) });
    event.monitoring.tel.set(telId, new TelescopeMonitoringContainer({ camera }));
    return event;
  }

  /** Adds the pointing of traits or of the header to the blocks. */
  #point({ hdu }: ZfitsTable, observation: ObservationBlockContainer, scheduling: SchedulingBlockContainer): void {
    const { pointingInformation, pointingRa: ra, pointingDec: dec } = this.traits;
    const given = ra !== undefined && dec !== undefined ? { ra, dec } : undefined;
    const pointing = pointingInformation ? (given ?? pointingOfTarget(hdu.header.text('TARGET'))) : undefined;
    if (pointing === undefined) return;
    observation.subarrayPointingLon = radians(pointing.ra);
    observation.subarrayPointingLat = radians(pointing.dec);
    observation.subarrayPointingFrame = CoordinateFrameType.ICRS;
    scheduling.pointingMode = PointingMode.TRACK;
  }

  /** @throws CherenkitError ZFITS_INSTRUMENT_UNKNOWN (65) without an input that has the camera */
  async #subarray(telId: number, nPixels: number): Promise<SubarrayDescription> {
    const { instrumentUrl, focalLengthChoice, ...place } = this.traits;
    if (instrumentUrl === undefined) {
      throw unknownCamera(
        `The camera of telescope ${telId} (SST-1M, ${nPixels} pixels) is not described. Set SST1MEventSource.instrument_url to an input with such a camera, for example a simulation.`,
      );
    }
    this.context.service(PROVENANCE).addInput({ url: instrumentUrl, role: 'instrument description' });
    await using source = await this.context.service(EVENT_SOURCE_OPENER).open(instrumentUrl, { focalLengthChoice });
    const telescope = telescopeWith(source.subarray, nPixels);
    if (telescope === undefined) {
      const found = source.subarray.cameraTypes.map(({ name, geometry }) => `${name} (${geometry.nPixels} pixels)`);
      // Cameras may differ in their pulses only.
      throw unknownCamera(
        `${instrumentUrl} has no camera of ${nPixels} pixels, as the data of telescope ${telId} have, but ${nameSome(new Set(found))}. Set SST1MEventSource.instrument_url to another input.`,
      );
    }
    const [lon, lat] = [radians(place.referencePositionLon), radians(place.referencePositionLat)];
    return new SubarrayDescription({
      name: `SST1M-${telId} subarray`,
      referenceLocation: EarthLocation.fromGeodetic(lon, lat, place.referencePositionHeight),
      telPositions: new Map([[telId, { x: 0, y: 0, z: 0 }]]),
      telDescriptions: new Map([[telId, telescope]]),
    });
  }

  get #opened(): OpenRun {
    if (this.#open === undefined) throw new Error('SST1MEventSource was not opened.');
    return this.#open;
  }
}

/** Waveforms without the baseline that the camera determined before the read-out. */
function aboveBaseline(
  { samples, nPixels, nSamples }: Waveforms<Uint16Array>,
  baselines: Int16Array,
  pixelIds: Uint16Array,
): Waveforms<Float32Array> {
  const above = new Float32Array(samples.length);
  pixelIds.forEach((pixel, i) => {
    const baseline = baselines[i] / BASELINE_UNITS;
    for (let at = pixel * nSamples; at < (pixel + 1) * nSamples; at++) above[at] = samples[at] - baseline;
  });
  return waveformsOf(above, 1, nPixels, nSamples);
}

/** What the first events of a table tell of all: telescope, number of pixels, and whether they have ids of the array. */
async function firstOf(table: ZfitsTable): Promise<Pick<OpenRun, 'telId' | 'nPixels' | 'hasArrayIds'>> {
  let [telId, nPixels, hasArrayIds, count] = [0, 0, false, 0];
  for await (const message of readMessages(table, DATA_MODEL_CAMERA_EVENT)) {
    if (count === 0) {
      telId = message.telescopeID;
      nPixels = message.hiGain.waveforms.pixelsIndices?.length ?? 0;
    }
    hasArrayIds ||= message.arrayEvtNum !== 0;
    if (++count >= EVENTS_WITH_IDS || hasArrayIds) break;
  }
  return { telId, nPixels, hasArrayIds };
}

function telescopeWith(subarray: SubarrayDescription, nPixels: number): TelescopeDescription | undefined {
  return [...subarray.tel.values()].find(({ camera }) => camera.geometry.nPixels === nPixels);
}

function unknownCamera(message: string): CherenkitError {
  return new CherenkitError('ZFITS_INSTRUMENT_UNKNOWN', ExitCode.BAD_INPUT, message);
}
