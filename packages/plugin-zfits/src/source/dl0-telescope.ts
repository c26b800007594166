import type { ByteSource } from '@cherenkit/io';
import { ZfitsError } from '../container/zfits-error.js';
import { ZfitsFile } from '../container/zfits-file.js';
import {
  DL0V1_CAMERA_CONFIGURATION,
  DL0V1_DATA_STREAM,
  DL0V1_TELESCOPE_EVENT,
  type Dl0v1CameraConfiguration,
  type Dl0v1DataStream,
  type Dl0v1TelescopeEvent,
} from '../messages/dl0v1-messages.js';
import { firstMessage } from '../messages/read-messages.js';
import { EventStream, mergedEvents, requiredTable, type EventStreamOptions } from '../streams/event-stream.js';
import type { StreamFiles } from '../streams/multi-files.js';
import { sameRunCheck, type RunIds } from '../streams/same-run-check.js';
import { PixelMap } from './pixel-map.js';
import type { SampleScale } from './stored-camera.js';

/** The DL0 data of one telescope in a run: what is common to all events, and the events of all streams. */
export class Dl0Telescope implements AsyncDisposable {
  private constructor(
    readonly dataStream: Dl0v1DataStream,
    readonly configuration: Dl0v1CameraConfiguration,
    private readonly file: ZfitsFile,
    private readonly streams: readonly EventStream<(typeof DL0V1_TELESCOPE_EVENT)['fields']>[],
  ) {}

  /**
   * Reads what is common to all events.
   *
   * @param input - a file of the first stream; disposed by the caller
   * @throws ZfitsError ZFITS_NO_TABLE, ZFITS_MESSAGE (65) and those of the file
   */
  static async open(
    input: ByteSource,
    files: readonly StreamFiles[],
    options: EventStreamOptions,
  ): Promise<Dl0Telescope> {
    const file = await ZfitsFile.open(input);
    const dataStream = await firstMessage(requiredTable(file, 'DataStream'), DL0V1_DATA_STREAM);
    requireScale(dataStream, file);
    const configuration = await firstMessage(requiredTable(file, 'CameraConfiguration'), DL0V1_CAMERA_CONFIGURATION);
    const streamIds = async (other: ZfitsFile): Promise<RunIds> =>
      idsOf(await firstMessage(requiredTable(other, 'DataStream'), DL0V1_DATA_STREAM));
    const reading = { check: sameRunCheck(file, 'DataStream', idsOf(dataStream), streamIds) };
    const streams = files.map((each) => new EventStream(input, each, DL0V1_TELESCOPE_EVENT, options, reading));
    return new Dl0Telescope(dataStream, configuration, file, streams);
  }

  /** The places of the read-out pixels in a camera of so many pixels. */
  pixelMap(nPixels: number): PixelMap {
    const place = { file: this.file.name, table: 'CameraConfiguration' };
    return PixelMap.of(this.configuration.pixelIdMap, nPixels, place);
  }

  /** Events of all streams in the order of their ids. */
  events(): AsyncGenerator<Dl0v1TelescopeEvent, void, undefined> {
    return mergedEvents(this.streams);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.streams.map((stream) => stream[Symbol.asyncDispose]()));
  }
}

/** Ids that the files of a run have in common. */
function idsOf({ telId, obsId, sbId }: Dl0v1DataStream): RunIds {
  return { telescope: telId, 'observation block': obsId, 'scheduling block': sbId };
}

/** @throws ZfitsError ZFITS_MESSAGE (65) for a scale that is not positive, as one that is not set, and an offset that is no number */
export function requireScale({ waveformScale, waveformOffset }: SampleScale, file: ZfitsFile): void {
  const place = { file: file.name, table: 'DataStream' };
  if (!(waveformScale > 0 && Number.isFinite(waveformScale))) {
    throw new ZfitsError('ZFITS_MESSAGE', place, 0, `waveform_scale is ${waveformScale}, expected a positive number`);
  }
  if (!Number.isFinite(waveformOffset)) {
    throw new ZfitsError('ZFITS_MESSAGE', place, 0, `waveform_offset is ${waveformOffset}, expected a number`);
  }
}
