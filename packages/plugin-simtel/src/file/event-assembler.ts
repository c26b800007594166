import type { EventioObject } from '../eventio/eventio-object.js';
import { ADC_SAMPLES, MAX_SAMPLES } from '../objects/adc-samples.js';
import { ADC_SUMS, sumsAsWaveforms } from '../objects/adc-sums.js';
import { CAMERA_MONITORING } from '../objects/camera-monitoring.js';
import { ContainerType } from '../objects/object-types.js';
import { HISTOGRAMS, type Histogram } from '../objects/histograms.js';
import { LASER_CALIBRATION } from '../objects/laser-calibration.js';
import { MC_EVENT, type McEvent } from '../objects/mc-event.js';
import { MC_SHOWER, type McShower } from '../objects/mc-shower.js';
import { PHOTOELECTRON_SUM, type PhotoelectronSum } from '../objects/photoelectron-sum.js';
import { PHOTOELECTRONS, TELESCOPES_PER_ARRAY, type Photoelectrons } from '../objects/photoelectrons.js';
import { PIXEL_LIST, TRIGGERED_PIXELS } from '../objects/pixel-list.js';
import { telescopeOfEventType, decodeTelescopeId, telescopeOfTrackingType } from '../objects/telescope-numbering.js';
import { readTrackingPosition, type TrackingPosition } from '../objects/tracking-position.js';
import { TRIGGER_INFORMATION, type TriggerInformation } from '../objects/trigger-information.js';
import type { SimtelHeader } from './simtel-header.js';
import type { CameraState, RecordedEvent, SimtelEvent, TelescopeEvent } from './simtel-event.js';

const NO_CALIBRATION: CameraState = { pedestal: undefined, calibration: undefined };

/** Event that is not yet complete. */
interface PendingEvent {
  /** What it is read from, in file order. */
  readonly objects: EventioObject[];
  readonly type: SimtelEvent['type'];
  readonly calibrationType: number | undefined;
  readonly shower: McShower | undefined;
  readonly mcEvent: McEvent | undefined;
  recorded: RecordedEvent | undefined;
  photoelectronSum: PhotoelectronSum | undefined;
  photoelectrons: SimtelEvent['photoelectrons'];
}

/**
 * Assembles events from the objects after the file header.
 *
 * An event is complete when the next one starts. A shower applies to all events until the next shower. Pedestals and
 * calibrations apply to all events after them, even if they are stored between a shower and its event.
 */
export class EventAssembler {
  #shower: McShower | undefined;
  #showerObject: EventioObject | undefined;
  #calibrationObject: EventioObject | undefined;
  readonly #objects = new WeakMap<SimtelEvent, readonly EventioObject[]>();
  #pending: PendingEvent | undefined;
  #calibrationPhotoelectrons: SimtelEvent['photoelectrons'] = new Map();
  readonly #cameras = new Map<number, CameraState>();
  /** Histograms of the file; undefined before its end and if it has none. */
  histograms: readonly Histogram[] | undefined;

  /**
   * @param allowedTels - ids of the telescopes to read; undefined for all
   * @param telescopes - the telescopes of the file header; calibrations and true images of others are not read
   */
  constructor(
    private readonly allowedTels: ReadonlySet<number> | undefined,
    private readonly telescopes: SimtelHeader['telescopes'],
  ) {}

  /** Object types that `add` uses. Others are ignored. */
  static readonly types: ReadonlySet<number> = new Set([
    ...[MC_SHOWER, MC_EVENT, PHOTOELECTRON_SUM, CAMERA_MONITORING, LASER_CALIBRATION, HISTOGRAMS].map(
      ({ type }) => type,
    ),
    ...Object.values(ContainerType),
  ]);

  /** Whether `add` uses the payload of an object. It does not use calibrations of telescopes that are not read. */
  uses({ type, id }: Pick<EventioObject, 'type' | 'id'>): boolean {
    if (type === CAMERA_MONITORING.type) return this.#isRead(decodeTelescopeId(id));
    if (type === LASER_CALIBRATION.type) return this.#isRead(id);
    return EventAssembler.types.has(type);
  }

  /**
   * Adds the next object of the file.
   *
   * @returns the preceding event, if this object completes it and telescopes recorded it
   */
  add(object: EventioObject): SimtelEvent | undefined {
    if (!this.uses(object)) return undefined;
    switch (object.type) {
      case MC_EVENT.type: {
        const complete = this.#begin('data', undefined, MC_EVENT.read(object));
        this.#pending?.objects.push(object);
        return complete;
      }
      case MC_SHOWER.type:
        this.#shower = MC_SHOWER.read(object);
        this.#showerObject = object.copy(); // it applies to several events, whose memory may be freed before the last of them
        return undefined;
      case ContainerType.ARRAY_EVENT:
        return this.#addArrayEvent(object);
      case ContainerType.TELESCOPE_DATA:
        if (this.#pending === undefined) return undefined;
        this.#pending.photoelectrons = this.#photoelectronsIn(object);
        this.#pending.objects.push(object);
        return undefined;
      case PHOTOELECTRON_SUM.type:
        if (this.#pending === undefined) return undefined;
        this.#pending.photoelectronSum = PHOTOELECTRON_SUM.read(object);
        this.#pending.objects.push(object);
        return undefined;
      case CAMERA_MONITORING.type: {
        const { telescopeId, pedestal } = CAMERA_MONITORING.read(object);
        if (pedestal !== undefined) this.#checkCoefficients(object, telescopeId, pedestal.pedestal.length);
        const camera = this.#cameras.get(telescopeId) ?? NO_CALIBRATION;
        this.#cameras.set(telescopeId, { ...camera, pedestal: pedestal ?? camera.pedestal });
        return undefined;
      }
      case LASER_CALIBRATION.type: {
        const calibration = LASER_CALIBRATION.read(object);
        this.#checkCoefficients(object, object.id, calibration.calib.length);
        const camera = this.#cameras.get(object.id) ?? NO_CALIBRATION;
        this.#cameras.set(object.id, { ...camera, calibration });
        return undefined;
      }
      case ContainerType.CALIBRATION_PHOTOELECTRONS:
        this.#calibrationObject = object;
        for (const child of object.subobjects()) {
          if (child.type === ContainerType.TELESCOPE_DATA)
            this.#calibrationPhotoelectrons = this.#photoelectronsIn(child);
        }
        return undefined;
      case ContainerType.CALIBRATION_EVENT:
        return this.#addCalibrationEvent(object);
      case HISTOGRAMS.type:
        this.histograms = HISTOGRAMS.read(object);
        return this.flush();
      default:
        return undefined;
    }
  }

  /** Offset in the file of the oldest object whose payload is needed for the following events; infinite if there is none. */
  get oldestOffset(): number {
    let oldest = this.#calibrationObject?.offset ?? Infinity;
    for (const { type, offset } of this.#pending?.objects ?? []) {
      if (type !== MC_SHOWER.type) oldest = Math.min(oldest, offset);
    }
    return oldest;
  }

  /** Completes and returns the pending event, if telescopes recorded it. */
  flush(): SimtelEvent | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending?.recorded === undefined) return undefined;
    const { recorded } = pending;
    // Showers that triggered no telescope are not events, unlike calibration events without telescope data.
    if (pending.type === 'data' && recorded.telescopes.size === 0) return undefined;
    const { objects, ...rest } = pending;
    const event = { ...rest, recorded };
    this.#objects.set(event, objects);
    return event;
  }

  /**
   * The objects from which an event was read, in file order. Another assembler of the same run gives an equal event if it adds
   * them and flushes, provided it has the calibrations in effect.
   */
  objectsOf(event: SimtelEvent): readonly EventioObject[] {
    return this.#objects.get(event) ?? [];
  }

  /** Sets the calibration in effect of a telescope, as objects in the file do. */
  setCamera(telId: number, camera: CameraState): void {
    this.#cameras.set(telId, camera);
  }

  #begin(
    type: SimtelEvent['type'],
    calibrationType: number | undefined,
    mcEvent: McEvent | undefined,
  ): SimtelEvent | undefined {
    const complete = this.flush();
    const shower = type === 'data' ? this.#shower : undefined;
    this.#pending = {
      objects: shower && this.#showerObject ? [this.#showerObject] : [],
      type,
      calibrationType,
      mcEvent,
      shower,
      recorded: undefined,
      photoelectronSum: undefined,
      photoelectrons: new Map(),
    };
    return complete;
  }

  #addArrayEvent(object: EventioObject): SimtelEvent | undefined {
    const recorded = this.#readRecorded(object);
    // An array event before the first shower is a calibration event without its enclosing object (2028), which has no trigger, or an
    // event of a file without simulated showers.
    const isCalibration = this.#shower === undefined && !hasTrigger(recorded.trigger);
    const complete =
      isCalibration || this.#pending === undefined || this.#pending.recorded !== undefined
        ? this.#begin(isCalibration ? 'calibration' : 'data', undefined, undefined)
        : undefined;
    if (this.#pending !== undefined) {
      this.#pending.recorded = recorded;
      this.#pending.objects.push(object);
    }
    return complete;
  }

  #addCalibrationEvent(object: EventioObject): SimtelEvent | undefined {
    const [child] = object.subobjects();
    if (child?.type !== ContainerType.ARRAY_EVENT)
      throw object.corrupt('does not begin with an array event (object 2010)');
    const recorded = this.#readRecorded(child);
    const complete = this.#begin('calibration', object.id, undefined);
    if (this.#pending !== undefined) {
      this.#pending.recorded = recorded;
      this.#pending.photoelectrons = this.#calibrationPhotoelectrons;
      this.#pending.objects.push(...(this.#calibrationObject ? [this.#calibrationObject] : []), object);
    }
    this.#calibrationPhotoelectrons = new Map();
    this.#calibrationObject = undefined;
    return complete;
  }

  #readRecorded(object: EventioObject): RecordedEvent {
    const [first] = object.subobjects();
    if (first?.type !== TRIGGER_INFORMATION.type) throw object.corrupt('does not begin with the trigger (object 2009)');
    const telescopes = new Map<number, TelescopeEvent>();
    const tracking = new Map<number, TrackingPosition>();
    let nSamples = 0;
    for (const child of object.subobjects()) {
      const telId = telescopeOfEventType(child.type);
      const trackingTelId = telescopeOfTrackingType(child.type);
      if (telId !== undefined && this.#isAllowed(telId)) {
        const telescope = this.#readTelescope(child, telId);
        telescopes.set(telId, telescope);
        nSamples += sampleCount(telescope);
        if (nSamples > MAX_SAMPLES) throw object.tooLarge(`contains more than ${MAX_SAMPLES} samples`);
      } else if (trackingTelId !== undefined && this.#isAllowed(trackingTelId)) {
        tracking.set(trackingTelId, readTrackingPosition(child));
      }
    }
    // Older files store the event id only in the trigger, calibration events only in the array event.
    const eventId = first.id === 0 ? object.id : first.id;
    return { eventId, trigger: TRIGGER_INFORMATION.read(first), telescopes, tracking };
  }

  #isRead(telId: number): boolean {
    return this.telescopes.has(telId) && this.#isAllowed(telId);
  }

  #isAllowed(telId: number): boolean {
    return this.allowedTels?.has(telId) ?? true;
  }

  #readTelescope(object: EventioObject, telId: number): TelescopeEvent {
    let waveforms: TelescopeEvent['waveforms'];
    let triggerPixels: Int32Array | undefined;
    for (const child of object.subobjects()) {
      if (child.type === ADC_SAMPLES.type) waveforms = ADC_SAMPLES.read(child);
      else if (child.type === ADC_SUMS.type) waveforms ??= sumsAsWaveforms(ADC_SUMS.read(child));
      else if (child.type === PIXEL_LIST.type) {
        const { code, pixelList } = PIXEL_LIST.read(child);
        if (code === TRIGGERED_PIXELS) triggerPixels = pixelList;
      }
    }
    return { waveforms, triggerPixels, camera: this.#cameras.get(telId) ?? NO_CALIBRATION };
  }

  /** Decoders of the true images of the described telescopes, by telescope index. */
  #photoelectronsIn(telescopeData: EventioObject): SimtelEvent['photoelectrons'] {
    const photoelectrons = new Map<number, () => Photoelectrons>();
    for (const object of telescopeData.subobjects()) {
      if (object.type !== PHOTOELECTRONS.type) continue;
      const index = object.id % TELESCOPES_PER_ARRAY;
      const settings = this.telescopes.get(index + 1);
      if (settings === undefined) continue;
      photoelectrons.set(index, () => readTrueImage(object, settings.cameraSettings.nPixels));
    }
    return photoelectrons;
  }

  /**
   * @param count - number of coefficients, gain channels times pixels
   * @throws SimtelError SIMTEL_CORRUPT (65) if the number differs from that of the camera
   */
  #checkCoefficients(object: EventioObject, telId: number, count: number): void {
    const camera = this.telescopes.get(telId)?.cameraOrganization;
    if (camera === undefined || count === camera.nGains * camera.nPixels) return;
    const expected = `${camera.nGains} x ${camera.nPixels}`;
    throw object.corrupt(`has ${count} coefficients, expected ${expected} as in the camera of telescope ${telId}`);
  }
}

/** @throws SimtelError SIMTEL_CORRUPT (65) if the image is not of this camera */
function readTrueImage(object: EventioObject, nPixels: number): Photoelectrons {
  const image = PHOTOELECTRONS.read(object);
  if (image.nPixels !== nPixels) {
    throw object.corrupt(`has ${image.nPixels} pixels, expected ${nPixels} as in the camera of the telescope`);
  }
  return image;
}

function sampleCount({ waveforms }: TelescopeEvent): number {
  return waveforms === undefined ? 0 : waveforms.nChannels * waveforms.nPixels * waveforms.nSamples;
}

/** Whether the trigger has a time or a type. sim_telarray fills neither in calibration events. */
function hasTrigger({ gpsTime, teltrgTypeMask }: TriggerInformation): boolean {
  return gpsTime.seconds !== 0 || gpsTime.nanoseconds !== 0 || teltrgTypeMask.some((mask) => mask !== 0);
}
