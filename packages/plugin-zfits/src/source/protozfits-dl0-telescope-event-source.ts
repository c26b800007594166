import type { ByteSource } from '@cherenkit/io';
import {
  type ArrayEvent,
  type ComponentKind,
  EventSource,
  type InputSignature,
  type RunDescription,
  type SourceOutcome,
  trait,
} from '@cherenkit/core';
import { ctaoSubarray } from '../instrument/ctao-subarray.js';
import { EventIdGaps } from '../streams/event-id-gaps.js';
import { filesBeside, MultiFiles } from '../streams/multi-files.js';
import { dl0Camera, type Dl0CameraOptions } from './dl0-camera.js';
import { fillTrait, subarrayIdTrait } from './dl0-traits.js';
import { observedRun } from './observed-run.js';
import { Dl0Telescope } from './dl0-telescope.js';
import { brokenPixels } from './stored-camera.js';
import { StreamReport } from './stream-report.js';
import { telescopeEvent } from './telescope-event.js';

/** State of the source once the input is open. */
interface OpenRun {
  readonly otherFiles: readonly string[];
  /** Whether all files of the run are read that exist. */
  readonly isWholeRun: boolean;
  readonly telescope: Dl0Telescope;
  readonly run: RunDescription;
  readonly obsId: number;
  readonly telId: number;
  readonly nChannels: number;
  readonly camera: Dl0CameraOptions;
}

/**
 * Reads the DL0 data of one telescope of CTAO: the file of one data handler, and those of the others. Source: ctapipe_io_zfits
 * 0.5 `ProtozfitsDL0TelescopeEventSource`.
 *
 * @example
 * ```ts
 * // TEL001_SDH0001_20231013T220427_SBID0000000002000002008_OBSID0000000002000002108_TEL_SHOWER_CHUNK000.fits.fz
 * await using source = await EventSource.open(path);
 * for await (const event of source) console.log(event.index.eventId, event.dl0.tel.get(1)?.waveform?.nSamples);
 * ```
 */
export class ProtozfitsDL0TelescopeEventSource extends EventSource.withTraits({
  subarrayId: subarrayIdTrait,
  ignoreSamplesStart: trait.integer({ default: 0, minimum: 0, help: 'Number of first samples to leave out.' }),
  ignoreSamplesEnd: trait.integer({ default: 0, minimum: 0, help: 'Number of last samples to leave out.' }),
  dvrFillNan: fillTrait,
}) {
  static override readonly help = 'Reads the DL0 data of one telescope of CTAO, in zfits files.';
  static override readonly children: readonly ComponentKind[] = [MultiFiles];
  static override readonly recognises: readonly InputSignature[] = [
    { magic: '53494d504c45', contains: ["'DL0v1.Telescope."] },
  ];

  #open: OpenRun | undefined;
  readonly #report = new StreamReport(this.context, 'DL0/Event');

  override async open(input: ByteSource | undefined): Promise<void> {
    const { allowTruncated, dvrFillNan, ignoreSamplesStart, ignoreSamplesEnd, subarrayId } = this.traits;
    const bytes = this.requireFile(input, 'a zfits file');
    const multiFiles = this.context.create(MultiFiles, 'MultiFiles');
    const files = await multiFiles.dl0Streams(bytes, true);
    const telescope = await Dl0Telescope.open(bytes, files, this.#report.streamOptions(allowTruncated));
    const { telId } = telescope.dataStream;
    const [obsId, sbId] = [telescope.dataStream.obsId, telescope.dataStream.sbId].map(Number);
    const array = await ctaoSubarray(subarrayId);
    const { geometry, readout } = array.telescope(telId).camera;
    this.#open = {
      otherFiles: filesBeside(bytes, files),
      isWholeRun: multiFiles.readsDl0Run,
      telescope,
      obsId,
      telId,
      nChannels: readout.nChannels,
      camera: {
        map: telescope.pixelMap(geometry.nPixels),
        scale: telescope.dataStream,
        fill: dvrFillNan ? NaN : 0,
        ignoredAtStart: ignoreSamplesStart,
        ignoredAtEnd: ignoreSamplesEnd,
      },
      run: observedRun(this.selectAllowedTels(array), { dataLevels: ['DL0'], waveformUnit: 'p.e.' }, { obsId, sbId }),
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

  override async *[Symbol.asyncIterator](): AsyncGenerator<ArrayEvent> {
    this.#report.beginReading();
    const { telescope, obsId, telId, nChannels, camera, run, isWholeRun } = this.#opened;
    const { maxEvents = Infinity } = this.traits;
    // The only telescope of the file may be one that is not to be read.
    if (!run.subarray.tel.has(telId)) return;
    const gaps = new EventIdGaps();
    let count = 0;
    for await (const message of telescope.events()) {
      gaps.add(message.eventId);
      const dl0 = dl0Camera(message, camera);
      const { eventType, eventTime: time } = dl0;
      const event = telescopeEvent({ count, obsId, eventId: message.eventId, telId, time, eventType });
      event.dl0.tel.set(telId, dl0);
      event.monitoring.tel.set(telId, brokenPixels(dl0.pixelStatus ?? new Uint8Array(0), nChannels));
      yield event;
      if (++count >= maxEvents) break;
    }
    if (isWholeRun && gaps.nMissing > 0) this.context.logger.warning(gaps.describe());
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.#open?.telescope[Symbol.asyncDispose]();
  }

  get #opened(): OpenRun {
    if (this.#open === undefined) throw new Error('ProtozfitsDL0TelescopeEventSource was not opened.');
    return this.#open;
  }
}
