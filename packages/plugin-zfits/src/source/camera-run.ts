import { PixelStatus } from '@cherenkit/core';
import type { ByteSource } from '@cherenkit/io';
import type { ZfitsArray } from '../container/zfits-column.js';
import { ZfitsError } from '../container/zfits-error.js';
import { ZfitsFile } from '../container/zfits-file.js';
import {
  PROTO_R1_CAMERA_CONFIGURATION,
  PROTO_R1_CAMERA_EVENT,
  type ProtoR1CameraEvent,
} from '../messages/proto-r1-messages.js';
import {
  R1V1_CAMERA_CONFIGURATION,
  R1V1_DATA_STREAM,
  R1V1_EVENT,
  type R1v1CameraConfiguration,
  type R1v1Event,
} from '../messages/r1v1-messages.js';
import { firstMessage } from '../messages/read-messages.js';
import {
  EventStream,
  mergedEvents,
  requiredTable,
  type EventStreamOptions,
  type MergeOptions,
} from '../streams/event-stream.js';
import type { StreamFiles } from '../streams/multi-files.js';
import { sameRunCheck, type RunIds } from '../streams/same-run-check.js';
import { requireScale } from './dl0-telescope.js';
import { PixelMap } from './pixel-map.js';
import type { SampleScale } from './stored-camera.js';
import { triggerDevices, type TriggerDevices } from './trigger-devices.js';

const { HIGH_GAIN_STORED, LOW_GAIN_STORED } = PixelStatus;

/** Bit of the actions of the event builder: the waveforms are calibrated to p.e. */
const PE_CALIBRATION = 1 << 6;

/** Fields that are decoded; the others, such as the tags of the DRS4 chips, are not used. */
const PROTO_R1_FIELDS = ['eventId', 'waveform', 'pixelStatus'] as const;
const PROTO_R1_PARTS = [
  'moduleStatus',
  'extdevicesPresence',
  'tibData',
  'cdtsData',
  'counters',
  'firstCapacitorId',
] as const;
const R1V1_FIELDS = [
  'eventId',
  'telId',
  'localRunId',
  'eventType',
  'eventTimeS',
  'eventTimeQns',
  'numChannels',
  'numSamples',
  'waveform',
  'pixelStatus',
  'firstCellId',
  'moduleHiresLocalClockCounter',
  'pixelTimeShift',
] as const;
const R1V1_PARTS = ['moduleStatus', 'extdevicesPresence', 'tibData', 'cdtsData', 'counters', 'tdpAction'] as const;

/** Part of ProtoR1 messages that belongs to a camera. */
export type CameraPart = 'lstcam' | 'nectarcam';

/** An event of a camera, of either version of the messages. */
export interface CameraEvent extends TriggerDevices {
  readonly eventId: bigint;
  /** Time and type of R1v1 messages, in which the event builder determined them; undefined for older ones. */
  readonly header:
    { readonly eventTimeS: number; readonly eventTimeQns: number; readonly eventType: number } | undefined;
  readonly nChannels: number;
  readonly nSamples: number;
  readonly waveform: ZfitsArray | undefined;
  readonly pixelStatus: ZfitsArray | undefined;
  /** In units of 10 ps. */
  readonly pixelTimeShift: ZfitsArray | undefined;
  /** First cell of each chip or pixel. */
  readonly firstCellId: ZfitsArray | undefined;
  /** Counters of the modules, in the structure of the camera. */
  readonly counters: ZfitsArray | undefined;
  /** Clocks of the modules in R1v1 messages; undefined for older ones, which have them among the counters. */
  readonly clocks: ZfitsArray | undefined;
  readonly moduleStatus: ArrayLike<number>;
  /** What the event builder has done with the waveforms: bits of its processing. */
  readonly actions: number;
}

/** What is common to the events of a run of a camera. */
export interface CameraRunHeader {
  readonly telId: number;
  readonly runId: number;
  /** Start of the run, unix time (UTC), s. */
  readonly startTime: number;
  readonly pixelIds: ZfitsArray | undefined;
  readonly moduleIds: ArrayLike<number>;
  /** Number of samples of the events, by the configuration. */
  readonly nSamples: number;
  /** Conversion of stored samples; undefined if they are raw. */
  readonly scale: SampleScale | undefined;
  /** Whether the events of the run are calibrated by the event builder. */
  readonly isCalibrated: boolean;
  /** Whether pixels without signal were left out (LSTDVR). */
  readonly isReduced: boolean;
  /** Version of the event builder, such as `v6.12.1`. */
  readonly builderVersion: string;
}

/** A run of a camera: what is common to all events, and the events of all streams in order. */
export class CameraRun implements AsyncDisposable {
  private constructor(
    readonly header: CameraRunHeader,
    private readonly file: ZfitsFile,
    private readonly read: () => AsyncGenerator<CameraEvent, void, undefined>,
    private readonly streams: readonly AsyncDisposable[],
  ) {}

  /**
   * Reads what is common to all events.
   *
   * @param input - a file of the first stream; disposed by the caller
   * @param camera - NectarCAMs write a sequence of files, LSTs parallel streams
   * @throws ZfitsError ZFITS_NO_TABLE, ZFITS_MESSAGE (65) and those of the file
   */
  static async open(
    input: ByteSource,
    files: readonly StreamFiles[],
    camera: CameraPart,
    options: EventStreamOptions,
  ): Promise<CameraRun> {
    const file = await ZfitsFile.open(input);
    const order: MergeOptions = { isSequence: camera === 'nectarcam' };
    const isReduced = requiredTable(file, 'Events').hdu.header.get('LSTDVR') === true;
    if (file.table('CameraConfig') !== undefined) {
      const header = { ...(await protoR1Header(file, camera)), isReduced };
      const fields = [...PROTO_R1_FIELDS, ...PROTO_R1_PARTS.map((name) => `${camera}.${name}` as const)];
      const headerIds = async (other: ZfitsFile): Promise<RunIds> => idsOf(await protoR1Header(other, camera));
      const reading = { fields, check: sameRunCheck(file, 'CameraConfig', idsOf(header), headerIds) };
      const streams = files.map((each) => new EventStream(input, each, PROTO_R1_CAMERA_EVENT, options, reading));
      const convert = (message: ProtoR1CameraEvent): CameraEvent => fromProtoR1(message, camera, header.nSamples);
      return new CameraRun(header, file, () => converted(mergedEvents(streams, order), convert, file), streams);
    }
    const header = { ...(await r1v1Header(file)), isReduced };
    const fields = [...R1V1_FIELDS, ...R1V1_PARTS.map((name) => `debug.${name}` as const)];
    const headerIds = async (other: ZfitsFile): Promise<RunIds> => idsOf(await r1v1Header(other));
    const reading = { fields, check: sameRunCheck(file, 'CameraConfiguration', idsOf(header), headerIds) };
    const streams = files.map((each) => new EventStream(input, each, R1V1_EVENT, options, reading));
    const convert = (message: R1v1Event): CameraEvent => {
      requireOwn(message, header, file);
      return fromR1v1(message);
    };
    return new CameraRun(header, file, () => converted(mergedEvents(streams, order), convert, file), streams);
  }

  /** The places of the read-out pixels in a camera of so many pixels. */
  pixelMap(nPixels: number): PixelMap {
    return PixelMap.of(this.header.pixelIds, nPixels, { file: this.file.name, table: 'CameraConfiguration' });
  }

  events(): AsyncGenerator<CameraEvent, void, undefined> {
    return this.read();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.streams.map((stream) => stream[Symbol.asyncDispose]()));
  }
}

type HeaderOfFile = Omit<CameraRunHeader, 'isReduced'>;

/** Ids that the files of a run have in common. */
function idsOf({ telId, runId }: HeaderOfFile): RunIds {
  return { telescope: telId, run: runId };
}

/**
 * Checks that an event is of the telescope and the run of the configuration. Some writers set neither id.
 *
 * @throws ZfitsError ZFITS_MESSAGE (65) for an event of another one
 */
function requireOwn({ eventId, telId, localRunId }: R1v1Event, header: HeaderOfFile, { name }: ZfitsFile): void {
  const runId = Number(localRunId);
  const isOwn = (telId === 0 || telId === header.telId) && (runId === 0 || runId === header.runId);
  if (isOwn || eventId === 0n) return;
  const sentence = `event ${eventId} is of telescope ${telId} and run ${runId}, but the configuration of telescope ${header.telId} and run ${header.runId}`;
  throw new ZfitsError('ZFITS_MESSAGE', { file: name, table: 'Events' }, 0, sentence);
}

async function protoR1Header(file: ZfitsFile, camera: CameraPart): Promise<HeaderOfFile> {
  const configuration = await firstMessage(requiredTable(file, 'CameraConfig'), PROTO_R1_CAMERA_CONFIGURATION);
  const part = configuration[camera];
  return {
    telId: configuration.telescopeId,
    runId: Number(configuration.configurationId),
    startTime: Number(configuration.date),
    pixelIds: configuration.expectedPixelsId,
    moduleIds: numbersOf(part.expectedModulesId),
    nSamples: configuration.numSamples,
    scale: undefined,
    isCalibrated: false,
    builderVersion: part.idaqVersion,
  };
}

async function r1v1Header(file: ZfitsFile): Promise<HeaderOfFile> {
  const configuration = await firstMessage(requiredTable(file, 'CameraConfiguration'), R1V1_CAMERA_CONFIGURATION);
  const scale = await firstMessage(requiredTable(file, 'DataStream'), R1V1_DATA_STREAM);
  requireScale(scale, file);
  return {
    telId: configuration.telId,
    runId: Number(configuration.localRunId),
    startTime: configuration.configTimeS,
    pixelIds: configuration.pixelIdMap,
    moduleIds: numbersOf(configuration.moduleIdMap),
    nSamples: configuration.numSamplesNominal,
    scale,
    isCalibrated: (actionsOfShowers(configuration) & PE_CALIBRATION) !== 0,
    builderVersion: configuration.debug.evbVersion,
  };
}

/** Processing of events with the trigger MONO. The event builder stores the actions in the field of the trigger patterns. */
function actionsOfShowers({ debug }: R1v1CameraConfiguration): number {
  const [actions, types] = [numbersOf(debug.ttypePattern), numbersOf(debug.tdpType)];
  // The first action is the default; the others belong to the types, one after the other.
  const special = Array.from(types).lastIndexOf(1);
  return (special < 0 ? (actions[0] ?? 0) : (actions[special + 1] ?? 0)) & 0xff;
}

async function* converted<M extends { readonly eventId: bigint }>(
  messages: AsyncGenerator<M, void, undefined>,
  convert: (message: M) => CameraEvent,
  file: ZfitsFile,
): AsyncGenerator<CameraEvent, void, undefined> {
  for await (const message of messages) {
    try {
      yield convert(message);
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      const place = { file: file.name, table: 'Events' };
      throw new ZfitsError('ZFITS_MESSAGE', place, 0, `event ${message.eventId} has ${cause.message}`, { cause });
    }
  }
}

function fromProtoR1(message: ProtoR1CameraEvent, camera: CameraPart, nSamples: number): CameraEvent {
  const { waveform, pixelStatus } = message;
  const part = message[camera];
  // All pixels have both gain channels, or all have one; broken ones have none.
  const isSelected = pixelStatus instanceof Uint8Array && pixelStatus.some(hasOneGain);
  return {
    eventId: message.eventId,
    header: undefined,
    nChannels: isSelected ? 1 : 2,
    nSamples,
    waveform,
    pixelStatus,
    pixelTimeShift: undefined,
    firstCellId: 'firstCapacitorId' in part ? part.firstCapacitorId : undefined,
    counters: part.counters,
    clocks: undefined,
    moduleStatus: numbersOf(part.moduleStatus),
    actions: 0,
    ...triggerDevices(part),
  };
}

/** Whether exactly one gain channel of a pixel was read out. */
function hasOneGain(flags: number): boolean {
  const gains = flags & (HIGH_GAIN_STORED | LOW_GAIN_STORED);
  return gains === HIGH_GAIN_STORED || gains === LOW_GAIN_STORED;
}

function fromR1v1(message: R1v1Event): CameraEvent {
  const { debug, numChannels, numSamples } = message;
  return {
    eventId: message.eventId,
    header: message,
    nChannels: numChannels,
    nSamples: numSamples,
    waveform: message.waveform,
    pixelStatus: message.pixelStatus,
    pixelTimeShift: message.pixelTimeShift,
    firstCellId: message.firstCellId,
    counters: debug.counters,
    clocks: message.moduleHiresLocalClockCounter,
    moduleStatus: numbersOf(debug.moduleStatus),
    actions: debug.tdpAction,
    ...triggerDevices(debug),
  };
}

function numbersOf(values: ZfitsArray | undefined): ArrayLike<number> {
  if (values instanceof BigUint64Array || values instanceof BigInt64Array) return Array.from(values, Number);
  return values ?? [];
}

/** Whether the event builder has calibrated the waveforms of an event to p.e. */
export function isCalibrated({ actions }: CameraEvent): boolean {
  return (actions & PE_CALIBRATION) !== 0;
}
