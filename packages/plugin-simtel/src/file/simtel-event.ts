import type { AdcSamples, Waveforms } from '@cherenkit/core';
import type { CameraPedestal } from '../objects/camera-monitoring.js';
import type { LaserCalibration } from '../objects/laser-calibration.js';
import type { McEvent } from '../objects/mc-event.js';
import type { McShower } from '../objects/mc-shower.js';
import type { Photoelectrons } from '../objects/photoelectrons.js';
import type { PhotoelectronSum } from '../objects/photoelectron-sum.js';
import type { TrackingPosition } from '../objects/tracking-position.js';
import type { TriggerInformation } from '../objects/trigger-information.js';

/** Data of one telescope in an event. */
export interface TelescopeEvent {
  /** ADC samples, or ADC sums as waveforms of one sample; undefined if neither is stored. */
  readonly waveforms: Waveforms<AdcSamples> | undefined;
  /** Indices of the triggered pixels; undefined if not stored. */
  readonly triggerPixels: Int32Array | undefined;
  /** Calibration in effect at the event. */
  readonly camera: CameraState;
}

/** Pedestals and calibration of a camera at some position in the file. Immutable: replaced when they change. */
export interface CameraState {
  readonly pedestal: CameraPedestal | undefined;
  readonly calibration: LaserCalibration | undefined;
}

/** Recorded part of an event: trigger, telescope data and pointing. */
export interface RecordedEvent {
  readonly eventId: number;
  readonly trigger: TriggerInformation;
  /** By telescope id, in file order. */
  readonly telescopes: ReadonlyMap<number, TelescopeEvent>;
  /** Pointing by telescope id. */
  readonly tracking: ReadonlyMap<number, TrackingPosition>;
}

/** Event of a sim_telarray file: recorded data and simulation truth. */
export interface SimtelEvent {
  readonly type: 'data' | 'calibration';
  /** 0 dark, 1 pedestal, 2 LED in the lid, 3 and above flat-field; undefined for data events and if not stored. */
  readonly calibrationType: number | undefined;
  readonly recorded: RecordedEvent;
  /** Undefined for calibration events. */
  readonly shower: McShower | undefined;
  /** Undefined for calibration events. */
  readonly mcEvent: McEvent | undefined;
  readonly photoelectronSum: PhotoelectronSum | undefined;
  /** True images, decoded on demand, by telescope index: the telescope id minus one. */
  readonly photoelectrons: ReadonlyMap<number, () => Photoelectrons>;
}
