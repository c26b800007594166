import type { EventioObject } from '../eventio/eventio-object.js';
import { ADC_SAMPLES } from '../objects/adc-samples.js';
import { ADC_SUMS, waveformsOfSums } from '../objects/adc-sums.js';
import { CAMERA_MONITORING } from '../objects/camera-monitoring.js';
import { Containers } from '../objects/containers.js';
import { HISTOGRAMS, type Histogram } from '../objects/histograms.js';
import { LASER_CALIBRATION } from '../objects/laser-calibration.js';
import { MC_EVENT, type McEvent } from '../objects/mc-event.js';
import { MC_SHOWER, type McShower } from '../objects/mc-shower.js';
import { PHOTOELECTRON_SUM, type PhotoelectronSum } from '../objects/photoelectron-sum.js';
import { PHOTOELECTRONS } from '../objects/photoelectrons.js';
import { PIXEL_LIST, TRIGGERED_PIXELS } from '../objects/pixel-list.js';
import { telescopeOfEventType, telescopeOfTrackingType } from '../objects/telescope-numbering.js';
import { readTrackingPosition, type TrackingPosition } from '../objects/tracking-position.js';
import { TRIGGER_INFORMATION } from '../objects/trigger-information.js';
import type { CameraState, RecordedEvent, SimtelEvent, TelescopeEvent } from './simtel-event.js';

const UNKNOWN_CAMERA: CameraState = { pedestal: undefined, calibration: undefined };

/** An event of which more objects may follow. */
interface PendingEvent {
  readonly type: SimtelEvent['type'];
  readonly calibrationType: number | undefined;
  readonly shower: McShower | undefined;
  readonly mcEvent: McEvent | undefined;
  recorded: RecordedEvent | undefined;
  photoelectronSum: PhotoelectronSum | undefined;
  photoelectrons: SimtelEvent['photoelectrons'];
}

/**
 * Puts events together from the objects of a file.
 *
 * An event is complete when the next begins. Showers serve all events until the next shower, pedestals and
 * calibrations of a camera from where they stand in the file: also between a shower and its event.
 */
export class EventAssembler {
  #shower: McShower | undefined;
  #pending: PendingEvent | undefined;
  #photoelectronsOfCalibration: SimtelEvent['photoelectrons'] = new Map();
  readonly #cameras = new Map<number, CameraState>();
  /** Undefined until the end of the file, and where it has none. */
  histograms: readonly Histogram[] | undefined;

  /** @param allowedTels - telescopes whose data are wanted; all where it is undefined */
  constructor(private readonly allowedTels: ReadonlySet<number> | undefined) {}

  /** The types that `take` understands. */
  static readonly types: ReadonlySet<number> = new Set([
    ...[MC_SHOWER, MC_EVENT, PHOTOELECTRON_SUM, CAMERA_MONITORING, LASER_CALIBRATION, HISTOGRAMS].map(
      ({ type }) => type,
    ),
    ...Object.values(Containers),
  ]);

  /**
   * Takes the next object of the file.
   *
   * @returns the event before, where this object shows that it is complete and telescopes recorded it
   */
  take(object: EventioObject): SimtelEvent | undefined {
    switch (object.type) {
      case MC_EVENT.type:
        return this.#begin('data', undefined, MC_EVENT.read(object));
      case MC_SHOWER.type:
        this.#shower = MC_SHOWER.read(object);
        return undefined;
      case Containers.ARRAY_EVENT:
        return this.#takeArrayEvent(object);
      case Containers.TELESCOPE_DATA:
        if (this.#pending !== undefined) this.#pending.photoelectrons = photoelectronsIn(object);
        return undefined;
      case PHOTOELECTRON_SUM.type:
        if (this.#pending !== undefined) this.#pending.photoelectronSum = PHOTOELECTRON_SUM.read(object);
        return undefined;
      case CAMERA_MONITORING.type: {
        const { telescopeId, pedestal } = CAMERA_MONITORING.read(object);
        const camera = this.#cameras.get(telescopeId) ?? UNKNOWN_CAMERA;
        this.#cameras.set(telescopeId, { ...camera, pedestal: pedestal ?? camera.pedestal });
        return undefined;
      }
      case LASER_CALIBRATION.type: {
        const camera = this.#cameras.get(object.id) ?? UNKNOWN_CAMERA;
        this.#cameras.set(object.id, { ...camera, calibration: LASER_CALIBRATION.read(object) });
        return undefined;
      }
      case Containers.CALIBRATION_PHOTOELECTRONS:
        for (const child of object.subobjects()) {
          if (child.type === Containers.TELESCOPE_DATA) this.#photoelectronsOfCalibration = photoelectronsIn(child);
        }
        return undefined;
      case Containers.CALIBRATION_EVENT:
        return this.#takeCalibrationEvent(object);
      case HISTOGRAMS.type:
        this.histograms = HISTOGRAMS.read(object);
        return this.flush();
      default:
        return undefined;
    }
  }

  /** The last event, where telescopes recorded it. */
  flush(): SimtelEvent | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending?.recorded === undefined) return undefined;
    const { recorded } = pending;
    // A calibration event without telescopes is one; a shower that nothing has seen is none.
    return pending.type === 'data' && recorded.telescopes.size === 0 ? undefined : { ...pending, recorded };
  }

  #begin(
    type: SimtelEvent['type'],
    calibrationType: number | undefined,
    mcEvent: McEvent | undefined,
  ): SimtelEvent | undefined {
    const complete = this.flush();
    this.#pending = {
      type,
      calibrationType,
      mcEvent,
      shower: type === 'data' ? this.#shower : undefined,
      recorded: undefined,
      photoelectronSum: undefined,
      photoelectrons: new Map(),
    };
    return complete;
  }

  #takeArrayEvent(object: EventioObject): SimtelEvent | undefined {
    // Before any shower it is a calibration event that was taken out of its object.
    const isCalibration = this.#shower === undefined;
    const recorded = this.#read(object);
    const complete =
      isCalibration || this.#pending === undefined
        ? this.#begin(isCalibration ? 'calibration' : 'data', undefined, undefined)
        : undefined;
    if (this.#pending !== undefined) this.#pending.recorded = recorded;
    return complete;
  }

  #takeCalibrationEvent(object: EventioObject): SimtelEvent | undefined {
    const [child] = object.subobjects();
    if (child?.type !== Containers.ARRAY_EVENT) throw object.corrupt('does not begin with an event of the array');
    const recorded = this.#read(child);
    const complete = this.#begin('calibration', object.id, undefined);
    if (this.#pending !== undefined) {
      this.#pending.recorded = recorded;
      this.#pending.photoelectrons = this.#photoelectronsOfCalibration;
    }
    this.#photoelectronsOfCalibration = new Map();
    return complete;
  }

  #read(object: EventioObject): RecordedEvent {
    const [first, ...others] = object.subobjects();
    if (first?.type !== TRIGGER_INFORMATION.type) throw object.corrupt('does not begin with the trigger (object 2009)');
    const telescopes = new Map<number, TelescopeEvent>();
    const tracking = new Map<number, TrackingPosition>();
    for (const child of others) {
      const telId = telescopeOfEventType(child.type);
      const trackingTelId = telescopeOfTrackingType(child.type);
      if (telId !== undefined && this.#isAllowed(telId)) telescopes.set(telId, this.#readTelescope(child, telId));
      else if (trackingTelId !== undefined && this.#isAllowed(trackingTelId)) {
        tracking.set(trackingTelId, readTrackingPosition(child));
      }
    }
    // Older files number only the trigger as the simulated event; calibration events only the array event.
    const eventId = first.id === 0 ? object.id : first.id;
    return { eventId, trigger: TRIGGER_INFORMATION.read(first), telescopes, tracking };
  }

  #isAllowed(telId: number): boolean {
    return this.allowedTels?.has(telId) ?? true;
  }

  #readTelescope(object: EventioObject, telId: number): TelescopeEvent {
    let waveforms: TelescopeEvent['waveforms'];
    let triggerPixels: Int32Array | undefined;
    for (const child of object.subobjects()) {
      if (child.type === ADC_SAMPLES.type) waveforms = ADC_SAMPLES.read(child);
      else if (child.type === ADC_SUMS.type) waveforms ??= waveformsOfSums(ADC_SUMS.read(child));
      else if (child.type === PIXEL_LIST.type) {
        const { code, pixelList } = PIXEL_LIST.read(child);
        if (code === TRIGGERED_PIXELS) triggerPixels = pixelList;
      }
    }
    return { waveforms, triggerPixels, camera: this.#cameras.get(telId) ?? UNKNOWN_CAMERA };
  }
}

function photoelectronsIn(telescopeData: EventioObject): SimtelEvent['photoelectrons'] {
  const telescopes = 1000; // the id is 1000 * array + place of the telescope
  const objects = [...telescopeData.subobjects()].filter(({ type }) => type === PHOTOELECTRONS.type);
  return new Map(objects.map((object) => [object.id % telescopes, () => PHOTOELECTRONS.read(object)]));
}
