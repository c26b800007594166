import type { ByteSource } from '@cherenkit/io';
import {
  ArrayEvent,
  type ComponentKind,
  EventIndexContainer,
  EventSource,
  EventType,
  TelescopeTriggerContainer,
  trait,
  TriggerContainer,
  type InputSignature,
  type RunDescription,
  type SourceOutcome,
  type SubarrayDescription,
} from '@cherenkit/core';
import { ZfitsFile } from '../container/zfits-file.js';
import { arrayElementName, ctaoSubarray } from '../instrument/ctao-subarray.js';
import {
  DL0V1_SUBARRAY_DATA_STREAM,
  DL0V1_SUBARRAY_EVENT,
  type Dl0v1SubarrayEvent,
  type Dl0v1TelescopeEvent,
} from '../messages/dl0v1-messages.js';
import { firstMessage } from '../messages/read-messages.js';
import { EventStream, requiredTable } from '../streams/event-stream.js';
import { filesBeside, MultiFiles, type StreamFiles } from '../streams/multi-files.js';
import { dl0Camera, type Dl0CameraOptions } from './dl0-camera.js';
import { DEFAULT_SUBARRAY, fillTrait, subarrayIdTrait } from './dl0-traits.js';
import { observedRun } from './observed-run.js';
import { Dl0Telescope } from './dl0-telescope.js';
import { EventMatcher } from './event-matcher.js';
import { MissingEvents } from './missing-events.js';
import { brokenPixels, timeOf } from './stored-camera.js';
import { StreamReport } from './stream-report.js';

/** A telescope whose files were found. */
interface OpenTelescope {
  /** All files of the telescope, relative to the folder of the triggers. */
  readonly files: StreamFiles;
  readonly telescope: Dl0Telescope;
  /** A file of the telescope, which the source closes. */
  readonly file: ByteSource;
  readonly matcher: EventMatcher<Dl0v1TelescopeEvent>;
  readonly missing: MissingEvents;
  readonly camera: Dl0CameraOptions;
  /** Number of gain channels of the camera. */
  readonly nChannels: number;
}

/** State of the source once the input is open. */
interface OpenRun {
  readonly triggerFiles: StreamFiles;
  readonly triggers: EventStream<(typeof DL0V1_SUBARRAY_EVENT)['fields']>;
  readonly nTriggers: number | undefined;
  readonly telescopes: ReadonlyMap<number, OpenTelescope>;
  readonly run: RunDescription;
}

/**
 * Reads the DL0 data of an array of CTAO: the file of the triggers of the array, and those of the telescopes, which are found by
 * their folders and names. Source: ctapipe_io_zfits 0.5 `ProtozfitsDL0EventSource`; here, triggers without data of telescopes
 * are events without telescopes also after the last telescope event, and events of which the telescopes recorded calibration light
 * or pedestals have that type.
 *
 * Expected folders: `DL0/ARRAY/USER/acada-adh/triggers/YYYY/MM/DD` for the triggers, and
 * `DL0/LSTN-01/USER/acada-adh/events/YYYY/MM/DD` for the telescope LSTN-01.
 */
export class ProtozfitsDL0EventSource extends EventSource.withTraits({
  subarrayId: subarrayIdTrait,
  warnMissing: trait.boolean({ default: true, help: 'Warn of triggers without data of their telescopes.' }),
  dvrFillNan: fillTrait,
}) {
  static override readonly help = 'Reads the DL0 data of an array of CTAO, in zfits files.';
  static override readonly children: readonly ComponentKind[] = [MultiFiles];
  static override readonly recognises: readonly InputSignature[] = [
    { magic: '53494d504c45', contains: ["'DL0v1.Subarray."] },
  ];

  #open: OpenRun | undefined;
  readonly #report = new StreamReport(this.context, 'DL0/Event');

  override async open(input: ByteSource | undefined): Promise<void> {
    const bytes = this.requireFile(input, 'a zfits file');
    const { allowTruncated } = this.traits;
    const file = await ZfitsFile.open(bytes);
    const table = requiredTable(file, 'SubarrayEvents');
    const { subarrayId, obsId, sbId } = await this.#identity(file);
    const subarray = this.selectAllowedTels(await this.#subarray(subarrayId));
    const telescopes = new Map<number, OpenTelescope>();
    const options = this.#report.streamOptions(allowTruncated);
    const multiFiles = this.context.create(MultiFiles, 'MultiFiles');
    const triggerFiles = await multiFiles.dl0Triggers(bytes);
    this.#open = {
      triggerFiles: filesBeside(bytes, [triggerFiles]),
      triggers: new EventStream(bytes, triggerFiles, DL0V1_SUBARRAY_EVENT, options, {
        table: 'SubarrayEvents',
      }),
      nTriggers: triggerFiles.length === 1 ? table.nRows : undefined,
      telescopes,
      run: observedRun(subarray, { dataLevels: ['DL0'], waveformUnit: 'p.e.' }, { obsId, sbId }),
    };
    for (const telId of subarray.telIds) {
      const found = await this.#openTelescope(bytes, multiFiles, telId, sbId, obsId);
      if (found !== undefined) telescopes.set(telId, found);
    }
  }

  override get run(): RunDescription {
    return this.#opened.run;
  }

  override get nEvents(): number | undefined {
    return this.#opened.nTriggers;
  }

  override get otherFiles(): readonly string[] {
    const { triggerFiles, telescopes } = this.#opened;
    return [...triggerFiles, ...[...telescopes.values()].flatMap(({ files }) => files)];
  }

  override get outcome(): SourceOutcome {
    return this.#report;
  }

  override async *[Symbol.asyncIterator](): AsyncGenerator<ArrayEvent> {
    this.#report.beginReading();
    const { triggers, telescopes } = this.#opened;
    const { maxEvents = Infinity } = this.traits;
    let count = 0;
    for (let trigger = await triggers.next(); trigger !== undefined; trigger = await triggers.next()) {
      yield await this.#eventOf(trigger, count);
      if (++count >= maxEvents) break;
    }
    for (const { missing } of telescopes.values()) {
      const found = this.traits.warnMissing ? missing.describe() : undefined;
      if (found !== undefined) this.context.logger.warning(found);
    }
    if (count >= maxEvents) return;
    for (const [telId, { matcher }] of telescopes) {
      await matcher.finish();
      if (matcher.unmatched === 0) continue;
      this.context.logger.warning(`Telescope ${telId} has ${matcher.unmatched} events without a trigger of the array.`);
    }
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.#open?.triggers[Symbol.asyncDispose]();
    for (const { telescope, file } of this.#open?.telescopes.values() ?? []) {
      await telescope[Symbol.asyncDispose]();
      await file[Symbol.asyncDispose]();
    }
  }

  /** Ids of subarray (0: not stated) and blocks: of the data stream, or of the first event in files of older writers. */
  async #identity(file: ZfitsFile): Promise<{ subarrayId: number; obsId: number; sbId: number }> {
    const table = file.table('DataStream');
    if (table === undefined) {
      const { sbId, obsId } = await firstMessage(requiredTable(file, 'SubarrayEvents'), DL0V1_SUBARRAY_EVENT);
      return { subarrayId: 0, obsId: Number(obsId), sbId: Number(sbId) };
    }
    const { subarrayId, obsId, sbId } = await firstMessage(table, DL0V1_SUBARRAY_DATA_STREAM);
    return { subarrayId, obsId: Number(obsId), sbId: Number(sbId) };
  }

  /**
   * The subarray that the file names; that of the trait, if it names none.
   *
   * @param stated - 0 in files of some writers
   * @throws CherenkitError ZFITS_INSTRUMENT_UNKNOWN (65), also for a value of the trait that is not used
   */
  async #subarray(stated: number): Promise<SubarrayDescription> {
    const { subarrayId } = this.traits;
    const chosen = await ctaoSubarray(subarrayId);
    if (stated === 0 || stated === subarrayId) return chosen;
    if (subarrayId !== DEFAULT_SUBARRAY) {
      const message = `The data are of subarray ${stated}, which is read; subarray_id ${subarrayId} is for files that name none.`;
      this.context.logger.warning(message);
    }
    return ctaoSubarray(stated);
  }

  /** Finds the first file of a telescope; undefined, with a warning, if there is none. */
  async #openTelescope(
    input: ByteSource,
    multiFiles: MultiFiles,
    telId: number,
    sbId: number,
    obsId: number,
  ): Promise<OpenTelescope | undefined> {
    const folder = await telescopeFolder(input.folder?.path ?? '', telId);
    const names = (await input.folder?.list(folder)) ?? [];
    const pattern = new RegExp(`^TEL0*${telId}_.*_SBID0*${sbId}_OBSID0*${obsId}\\D.*\\.fits\\.fz$`, 'i');
    const first = multiFiles.firstDl0File(names.filter((name) => pattern.test(name)));
    if (first === undefined || input.folder === undefined) {
      const place = folder === '' ? 'beside the triggers' : `in ${folder}`;
      this.context.logger.warning(`No file with events of telescope ${telId} was found ${place}.`);
      return undefined;
    }
    const pathOf = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
    const file = await input.folder.open(pathOf(first));
    const files = await multiFiles.dl0Streams(file, false);
    const { allowTruncated, dvrFillNan } = this.traits;
    const telescope = await Dl0Telescope.open(file, files, this.#report.streamOptions(allowTruncated));
    const { geometry, readout } = this.#opened.run.subarray.telescope(telId).camera;
    return {
      telescope,
      file,
      files: files.flat().map(pathOf),
      matcher: new EventMatcher(telescope.events()),
      missing: new MissingEvents(telId),
      camera: { map: telescope.pixelMap(geometry.nPixels), scale: telescope.dataStream, fill: dvrFillNan ? NaN : 0 },
      nChannels: readout.nChannels,
    };
  }

  async #eventOf(trigger: Dl0v1SubarrayEvent, count: number): Promise<ArrayEvent> {
    const { telescopes, run } = this.#opened;
    const { eventId, obsId, telIdsWithTrigger, telIdsWithData = telIdsWithTrigger } = trigger;
    const isRead = (telId: number): boolean => run.subarray.tel.has(telId);
    const event = new ArrayEvent({
      count,
      index: new EventIndexContainer({ obsId: Number(obsId), eventId: Number(eventId) }),
      trigger: new TriggerContainer({
        time: timeOf(trigger.eventTimeS, trigger.eventTimeQns),
        telsWithTrigger: numbersOf(telIdsWithTrigger).filter(isRead),
      }),
    });
    for (const telId of numbersOf(telIdsWithData).filter(isRead)) {
      const opened = telescopes.get(telId);
      const message = await opened?.matcher.find(eventId);
      opened?.missing.add(eventId, message !== undefined);
      if (opened === undefined || message === undefined) {
        this.#report.count('rejected', 'no data of the telescope');
        continue;
      }
      const dl0 = dl0Camera(message, opened.camera);
      // The file has no trigger time of the telescope, which is that of the readout up to some nanoseconds.
      const { eventTime: time, eventType } = dl0;
      event.trigger.tel.set(telId, new TelescopeTriggerContainer({ time, eventType }));
      event.dl0.tel.set(telId, dl0);
      event.monitoring.tel.set(telId, brokenPixels(dl0.pixelStatus ?? new Uint8Array(0), opened.nChannels));
    }
    event.trigger.eventType = typeOfTelescopes(Array.from(event.dl0.tel.values(), ({ eventType }) => eventType));
    return event;
  }

  get #opened(): OpenRun {
    if (this.#open === undefined) throw new Error('ProtozfitsDL0EventSource was not opened.');
    return this.#open;
  }
}

/** Folder of the files of a telescope, relative to that of the triggers; empty if the folders are others. */
async function telescopeFolder(path: string, telId: number): Promise<string> {
  const [user, handler, kind, ...date] = path.split(/[/\\]/).slice(-6);
  if (kind !== 'triggers' || date.length !== 3) return '';
  return ['../../../../../../..', await arrayElementName(telId), user, handler, 'events', ...date].join('/');
}

/** Type of an array event, which its trigger does not have: that of its telescopes if they agree, else a shower. */
function typeOfTelescopes([first = EventType.SUBARRAY, ...others]: readonly EventType[]): EventType {
  return others.every((each) => each === first) ? first : EventType.SUBARRAY;
}

function numbersOf(values: Dl0v1SubarrayEvent['telIdsWithTrigger']): number[] {
  return Array.from((values ?? []) as ArrayLike<number>, Number);
}
