import { waveformsOf } from '@cherenkit/core';
import { EventioWriter } from '../eventio/eventio-writer.js';
import { writeAdcSamples } from '../objects/adc-samples.js';
import { ADC_SUMS } from '../objects/adc-sums.js';
import { ATMOSPHERIC_PROFILE } from '../objects/atmospheric-profile.js';
import { CAMERA_MONITORING } from '../objects/camera-monitoring.js';
import { CAMERA_ORGANIZATION } from '../objects/camera-organization.js';
import { CAMERA_SETTINGS } from '../objects/camera-settings.js';
import { CAMERA_SOFTWARE_SETTINGS, DEFAULT_SOFTWARE_SETTINGS } from '../objects/camera-software-settings.js';
import { ContainerType } from '../objects/object-types.js';
import { DISABLED_PIXELS } from '../objects/disabled-pixels.js';
import { DRIVE_SETTINGS, DEFAULT_DRIVE_SETTINGS } from '../objects/drive-settings.js';
import { HISTOGRAMS, type Histogram } from '../objects/histograms.js';
import { GLOBAL_META_ID, HISTORY_META } from '../objects/history-meta.js';
import { HISTORY } from '../objects/history.js';
import { LASER_CALIBRATION } from '../objects/laser-calibration.js';
import { MC_EVENT } from '../objects/mc-event.js';
import { MC_RUN_HEADER } from '../objects/mc-run-header.js';
import { MC_SHOWER, type McShower } from '../objects/mc-shower.js';
import { PHOTOELECTRON_SUM } from '../objects/photoelectron-sum.js';
import { PHOTOELECTRONS } from '../objects/photoelectrons.js';
import { PIXEL_LIST, TRIGGERED_PIXELS } from '../objects/pixel-list.js';
import { PIXEL_SETTINGS } from '../objects/pixel-settings.js';
import { NO_POINTING_CORRECTION, POINTING_CORRECTION } from '../objects/pointing-correction.js';
import { RUN_HEADER } from '../objects/run-header.js';
import { TELESCOPE_EVENT_HEADER } from '../objects/telescope-event-header.js';
import { eventObjectType } from '../objects/telescope-numbering.js';
import { writeTrackingPosition } from '../objects/tracking-position.js';
import { TRIGGER_INFORMATION } from '../objects/trigger-information.js';
import type { ByteOutput } from '@cherenkit/io';
import type { CameraState, RecordedEvent, SimtelEvent, TelescopeEvent } from './simtel-event.js';
import type { SimtelHeader } from './simtel-header.js';

/**
 * Writes sim_telarray files; the counterpart of `SimtelFile`. Write the header first, then the events, calibration
 * events before data events, and finally the histograms.
 *
 * @example
 * ```ts
 * import { ByteOutput, createSink, openFile } from '@cherenkit/io';
 * import { SimtelFile, SimtelFileWriter } from '@cherenkit/plugin-simtel/eventio';
 *
 * export async function copyEvents(from: string, to: string): Promise<void> {
 *   await using source = await openFile(from);
 *   await using file = await SimtelFile.open(source);
 *   await using output = await ByteOutput.open(createSink(to, { overwrite: false }), to);
 *   const writer = new SimtelFileWriter(output);
 *   await writer.writeHeader(file.header);
 *   for await (const event of file.events()) await writer.writeEvent(event);
 *   await writer.writeHistograms(file.histograms ?? []);
 *   await output.publish();
 * }
 * ```
 */
export class SimtelFileWriter {
  readonly #writer = new EventioWriter();
  /** Camera dimensions by telescope id, needed to write camera monitoring. */
  readonly #telescopes = new Map<number, { nPixels: number; nGains: number; nDrawers: number; nSectors: number }>();
  /** Camera states written last, by telescope id. */
  readonly #cameras = new Map<number, CameraState>();
  #shower: McShower | undefined;

  /** @param output - receives the bytes of the file in order; it must not keep the buffers */
  constructor(private readonly output: Pick<ByteOutput, 'append'>) {}

  /** Writes everything before the first event. */
  async writeHeader(header: SimtelHeader): Promise<void> {
    const writer = this.#writer;
    HISTORY.writeTopLevel(writer, header.history, 1);
    HISTORY_META.writeTopLevel(writer, header.globalMeta, GLOBAL_META_ID);
    for (const [telId, meta] of header.telescopeMeta) HISTORY_META.writeTopLevel(writer, meta, telId);
    RUN_HEADER.writeTopLevel(writer, header.runHeader);
    if (header.mcRunHeader !== undefined) MC_RUN_HEADER.writeTopLevel(writer, header.mcRunHeader);
    for (const profile of header.atmosphericProfiles) ATMOSPHERIC_PROFILE.writeTopLevel(writer, profile);
    for (const [telId, settings] of header.telescopes) {
      this.#telescopes.set(telId, settings.cameraOrganization);
      CAMERA_SETTINGS.writeTopLevel(writer, settings.cameraSettings, telId);
      CAMERA_ORGANIZATION.writeTopLevel(writer, settings.cameraOrganization, telId);
      PIXEL_SETTINGS.writeTopLevel(writer, settings.pixelSettings, telId);
      DISABLED_PIXELS.writeTopLevel(writer, settings.disabledPixels, telId);
      CAMERA_SOFTWARE_SETTINGS.writeTopLevel(writer, DEFAULT_SOFTWARE_SETTINGS, telId);
      DRIVE_SETTINGS.writeTopLevel(writer, DEFAULT_DRIVE_SETTINGS, telId);
      POINTING_CORRECTION.writeTopLevel(writer, NO_POINTING_CORRECTION, telId);
    }
    await this.output.append(writer.takeBytes());
  }

  /** Writes an event, preceded by the shower and the camera states if they differ from those of the last event. */
  async writeEvent(event: SimtelEvent): Promise<void> {
    for (const [telId, { camera }] of event.recorded.telescopes) this.#writeCamera(telId, camera);
    if (event.type === 'data') this.#writeShowerEvent(event);
    else this.#writeCalibrationEvent(event);
    await this.output.append(this.#writer.takeBytes());
  }

  /** Writes the histograms that end the file. */
  async writeHistograms(histograms: readonly Histogram[]): Promise<void> {
    HISTOGRAMS.writeTopLevel(this.#writer, histograms, 1);
    await this.output.append(this.#writer.takeBytes());
  }

  #writeCamera(telId: number, camera: CameraState): void {
    const { pedestal, calibration } = camera;
    const known = this.#cameras.get(telId);
    const telescope = this.#telescopes.get(telId);
    this.#cameras.set(telId, camera);
    if (telescope !== undefined && pedestal !== undefined && pedestal !== known?.pedestal) {
      CAMERA_MONITORING.writeTopLevel(this.#writer, { telescopeId: telId, ...telescope, pedestal });
    }
    if (calibration !== undefined && calibration !== known?.calibration) {
      LASER_CALIBRATION.writeTopLevel(this.#writer, calibration, telId);
    }
  }

  #writeShowerEvent({ shower, mcEvent, photoelectrons, photoelectronSum, recorded }: SimtelEvent): void {
    const writer = this.#writer;
    if (shower !== undefined && shower !== this.#shower) MC_SHOWER.writeTopLevel(writer, shower);
    this.#shower = shower ?? this.#shower;
    if (mcEvent !== undefined) MC_EVENT.writeTopLevel(writer, mcEvent);
    if (photoelectrons.size > 0) {
      const identity = { type: ContainerType.TELESCOPE_DATA, version: 0, id: recorded.eventId, onlySubobjects: true };
      writer.topLevel(identity, () => {
        for (const read of photoelectrons.values()) PHOTOELECTRONS.write(writer, read());
      });
    }
    if (photoelectronSum !== undefined) PHOTOELECTRON_SUM.writeTopLevel(writer, photoelectronSum);
    writer.topLevel(arrayEventIdentity(recorded), () => this.#writeRecorded(recorded));
  }

  #writeCalibrationEvent({ calibrationType, photoelectrons, recorded }: SimtelEvent): void {
    const writer = this.#writer;
    if (calibrationType === undefined) {
      // The event was read without its enclosing object (2028).
      writer.topLevel(arrayEventIdentity(recorded), () => this.#writeRecorded(recorded));
      return;
    }
    const id = calibrationType;
    if (photoelectrons.size > 0) {
      const outer = { type: ContainerType.CALIBRATION_PHOTOELECTRONS, version: 0, id, onlySubobjects: true };
      const inner = { type: ContainerType.TELESCOPE_DATA, version: 0, id: recorded.eventId, onlySubobjects: true };
      writer.topLevel(outer, () => {
        writer.object(inner, () => {
          for (const read of photoelectrons.values()) PHOTOELECTRONS.write(writer, read());
        });
      });
    }
    writer.topLevel({ type: ContainerType.CALIBRATION_EVENT, version: 0, id, onlySubobjects: true }, () => {
      writer.object(arrayEventIdentity(recorded), () => this.#writeRecorded(recorded));
    });
  }

  #writeRecorded({ eventId, trigger, telescopes, tracking }: RecordedEvent): void {
    const writer = this.#writer;
    TRIGGER_INFORMATION.write(writer, trigger, eventId);
    for (const [telId, telescope] of telescopes) {
      writer.object({ type: eventObjectType(telId), version: 1, id: eventId, onlySubobjects: true }, () => {
        this.#writeTelescope(telId, eventId, telescope, trigger);
      });
    }
    for (const position of tracking.values()) writeTrackingPosition(writer, position);
  }

  #writeTelescope(
    telId: number,
    eventId: number,
    { waveforms, triggerPixels }: TelescopeEvent,
    { cpuTime, gpsTime }: RecordedEvent['trigger'],
  ): void {
    const writer = this.#writer;
    const header = { ...EMPTY_TELESCOPE_EVENT_HEADER, locCount: eventId, globCount: eventId, cpuTime, gpsTime };
    TELESCOPE_EVENT_HEADER.write(writer, header, telId);
    if (waveforms !== undefined) {
      const { nPixels, nChannels, nSamples, samples } = waveforms;
      if (samples instanceof Uint32Array) {
        ADC_SUMS.write(writer, { telescopeId: telId, nPixels, nChannels, sums: samples });
      } else {
        writeAdcSamples(writer, telId, waveformsOf(samples, nChannels, nPixels, nSamples));
      }
    }
    if (triggerPixels !== undefined) {
      PIXEL_LIST.write(writer, { telescopeId: telId, code: TRIGGERED_PIXELS, pixelList: triggerPixels });
    }
  }
}

const EMPTY_TELESCOPE_EVENT_HEADER = {
  trgSource: 0,
  listTrgsect: new Int32Array(0),
  timeTrgsect: undefined,
  physAddr: new Int32Array(0),
  readoutTime: 0,
  relativeTriggerTime: 0,
  startReadout: 0,
};

function arrayEventIdentity({ eventId }: RecordedEvent) {
  return { type: ContainerType.ARRAY_EVENT, version: 0, id: eventId, onlySubobjects: true };
}
