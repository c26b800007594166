import type { AdcSamples, Waveforms } from '@cherenkit/core';
import type { CameraPedestal } from '../objects/camera-monitoring.js';
import type { LaserCalibration } from '../objects/laser-calibration.js';
import type { McEvent } from '../objects/mc-event.js';
import type { McShower } from '../objects/mc-shower.js';
import type { Photoelectrons } from '../objects/photoelectrons.js';
import type { PhotoelectronSum } from '../objects/photoelectron-sum.js';
import type { TrackingPosition } from '../objects/tracking-position.js';
import type { TriggerInformation } from '../objects/trigger-information.js';

/** What one telescope recorded. */
export interface TelescopeEvent {
  /** Samples or, as waveforms of one sample, sums. Undefined where neither was stored. */
  readonly waveforms: Waveforms<AdcSamples> | undefined;
  /** Indices; undefined where it is not told. */
  readonly triggerPixels: Int32Array | undefined;
  /** The camera as it was known when the event came. */
  readonly camera: CameraState;
}

/** What is known of a camera at some time; never changed, but replaced. */
export interface CameraState {
  readonly pedestal: CameraPedestal | undefined;
  readonly calibration: LaserCalibration | undefined;
}

/** What the telescopes of the array recorded together. */
export interface RecordedEvent {
  readonly eventId: number;
  readonly trigger: TriggerInformation;
  /** By telescope id, in the order of the file. */
  readonly telescopes: ReadonlyMap<number, TelescopeEvent>;
  readonly tracking: ReadonlyMap<number, TrackingPosition>;
}

/** One event of a sim_telarray file. */
export interface SimtelEvent {
  readonly type: 'data' | 'calibration';
  /** 0 dark, 1 pedestal, 2 LED in the lid, 3 and above flat-field; undefined for data, and where it is not told. */
  readonly calibrationType: number | undefined;
  readonly recorded: RecordedEvent;
  readonly shower: McShower | undefined;
  readonly mcEvent: McEvent | undefined;
  readonly photoelectronSum: PhotoelectronSum | undefined;
  /** By the number that they are stored under, which is the telescope's id minus one; read when they are asked for. */
  readonly photoelectrons: ReadonlyMap<number, () => Photoelectrons>;
}
