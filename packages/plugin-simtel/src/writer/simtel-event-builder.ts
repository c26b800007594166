import {
  CherenkitError,
  durationBetween,
  EventType,
  ExitCode,
  SimulatedShowerContainer,
  toUnixTime,
  type ArrayEvent,
  type RunDescription,
} from '@cherenkit/core';
import type { CameraState, RecordedEvent, SimtelEvent, TelescopeEvent } from '../file/simtel-event.js';
import type { PhotoelectronSum } from '../objects/photoelectron-sum.js';
import type { Photoelectrons } from '../objects/photoelectrons.js';
import type { TrackingPosition } from '../objects/tracking-position.js';
import { TriggerTypeBit, type TriggerInformation } from '../objects/trigger-information.js';
import { toRawCamera, type RawCamera } from './raw-camera.js';

/** sim_telarray's calibration types: lid closed, lid open, LED in the lid, laser or LED. */
const CALIBRATION_TYPES: ReadonlyMap<EventType, number> = new Map([
  [EventType.DARK_PEDESTAL, 0],
  [EventType.SKY_PEDESTAL, 1],
  [EventType.PEDESTAL, 1],
  [EventType.SINGLE_PE, 2],
  [EventType.FLATFIELD, 3],
]);
const OTHER_CALIBRATION = -1;

const TRIGGER_BITS: ReadonlyMap<EventType, number> = new Map([
  [EventType.RANDOM_MONO, TriggerTypeBit.RANDOM_MONO],
  [EventType.MUON, TriggerTypeBit.MUON],
  [EventType.LONG_EVENT, TriggerTypeBit.LONG_EVENT],
]);

/** Converts events of Cherenkit's event model to those of a sim_telarray file; the inverse of `ArrayEventBuilder`. */
export class SimtelEventBuilder {
  /** Camera states of the last event, by telescope id. */
  readonly #cameras = new Map<number, CameraState>();
  readonly #telIds: readonly number[];

  /** @param run - run of the events */
  constructor(private readonly run: RunDescription) {
    this.#telIds = [...run.subarray.tel.keys()];
  }

  /** @throws CherenkitError SIMTEL_NOT_WRITABLE (65) if a telescope has neither raw data nor waveforms of all channels */
  build(event: ArrayEvent): SimtelEvent {
    const { eventId } = event.index;
    const { eventType } = event.trigger;
    const isData = eventType >= EventType.MUON;
    const shower = event.simulation?.shower ?? new SimulatedShowerContainer();
    return {
      type: isData ? 'data' : 'calibration',
      calibrationType: isData ? undefined : (CALIBRATION_TYPES.get(eventType) ?? OTHER_CALIBRATION),
      recorded: this.#recorded(event),
      shower: isData ? toMcShower(eventId, shower) : undefined,
      mcEvent: isData
        ? { eventId, showerNum: eventId, xcore: shower.coreX, ycore: shower.coreY, aweight: 0 }
        : undefined,
      photoelectronSum: isData ? this.#photoelectronSum(event) : undefined,
      photoelectrons: this.#photoelectrons(event),
    };
  }

  #recorded(event: ArrayEvent): RecordedEvent {
    const telescopes = new Map<number, TelescopeEvent>();
    const tracking = new Map<number, TrackingPosition>();
    for (const telId of this.#telIds) {
      if (!event.r0.tel.has(telId) && !event.r1.tel.has(telId)) continue;
      telescopes.set(telId, this.#telescope(event, telId));
      tracking.set(telId, toTrackingPosition(event, telId));
    }
    return {
      eventId: event.index.eventId,
      trigger: toTriggerInformation(event, [...telescopes.keys()]),
      telescopes,
      tracking,
    };
  }

  #telescope(event: ArrayEvent, telId: number): TelescopeEvent {
    const nChannels = this.run.subarray.tel.get(telId)?.camera.readout.nChannels ?? 0;
    const raw = toRawCamera(event, telId, nChannels, this.run.rawDataCalibration?.(telId));
    if (raw?.waveforms.nChannels !== nChannels) {
      throw new CherenkitError(
        'SIMTEL_NOT_WRITABLE',
        ExitCode.BAD_INPUT,
        `Event ${event.index.eventId}: telescope ${telId}: expected raw data with their calibration, or calibrated ` +
          `waveforms of all ${nChannels} gain channels, found neither. Use a source with raw data.`,
      );
    }
    const { triggerPixels } = event.trigger.tel.get(telId) ?? {};
    return { waveforms: raw.waveforms, triggerPixels, camera: this.#camera(event, telId, raw) };
  }

  /** Returns the same object while the calibration is unchanged, so that it is written only once. */
  #camera(event: ArrayEvent, telId: number, { calibration, waveforms }: RawCamera): CameraState {
    const { timeShift } = event.monitoring.tel.get(telId)?.camera.coefficients ?? {};
    const { nPixels, nChannels } = waveforms;
    const known = this.#cameras.get(telId);
    const isKnown =
      isEqual(known?.pedestal?.pedestal, calibration.pedestal) &&
      isEqual(known?.calibration?.calib, calibration.dcToPe) &&
      isEqual(known?.calibration?.tmCalib, timeShift);
    if (known !== undefined && isKnown) return known;
    const { pedestal, dcToPe } = calibration;
    const state: CameraState = {
      pedestal: { nPedSlices: 1, pedestal, noise: new Float32Array(pedestal.length) },
      calibration: {
        nPixels,
        nGains: nChannels,
        lascalId: 1,
        calib: dcToPe,
        tmCalib: timeShift,
        flatFielding: undefined,
      },
    };
    this.#cameras.set(telId, state);
    return state;
  }

  #photoelectronSum(event: ArrayEvent): PhotoelectronSum {
    const sums = this.#telIds.map((telId) => Math.max(0, event.simulation?.tel.get(telId)?.trueImageSum ?? 0));
    return {
      event: event.index.eventId,
      showerNum: event.index.eventId,
      nTel: sums.length,
      nPe: Int32Array.from(sums),
      photons: undefined,
      photonsAtm: undefined,
      photonsAtm_3_6: undefined,
      photonsAtmQe: undefined,
      photonsAtm_400: undefined,
    };
  }

  #photoelectrons({ simulation }: ArrayEvent): Map<number, () => Photoelectrons> {
    const images = new Map<number, () => Photoelectrons>();
    for (const [telId, { trueImage }] of simulation?.tel ?? []) {
      // Missing true images are filled with -1.
      if (trueImage === undefined || trueImage.some((count) => count < 0)) continue;
      const nPe = trueImage.reduce((sum, count) => sum + count, 0);
      const nPixels = trueImage.length;
      const telescopeIndex = telId - 1;
      images.set(telescopeIndex, () => ({
        arrayId: 0,
        telescopeIndex,
        nPe,
        nPixels,
        photoelectrons: trueImage,
        photons: undefined,
      }));
    }
    return images;
  }
}

function toMcShower(eventId: number, shower: SimulatedShowerContainer): NonNullable<SimtelEvent['shower']> {
  return {
    shower: eventId,
    primaryId: shower.showerPrimaryId,
    energy: shower.energy,
    azimuth: shower.az,
    altitude: shower.alt,
    depthStart: shower.startingGrammage,
    hFirstInt: shower.hFirstInt,
    xmax: shower.xMax,
    hmax: 0,
    emax: shower.xMax,
    cmax: shower.xMax,
    profiles: [],
  };
}

function toTriggerInformation({ trigger }: ArrayEvent, telescopesWithData: readonly number[]): TriggerInformation {
  const time = toUnixTime(trigger.time);
  const { telsWithTrigger: telIds } = trigger;
  return {
    cpuTime: time,
    gpsTime: time,
    triggerPattern: 0,
    dataPattern: 0,
    triggeredTelescopes: Int16Array.from(telIds),
    triggerTimes: Float32Array.from(telIds, (telId) => {
      const telescope = trigger.tel.get(telId);
      return telescope === undefined ? 0 : durationBetween(trigger.time, telescope.time);
    }),
    telescopesWithData: Int16Array.from(telescopesWithData),
    teltrgTypeMask: Uint32Array.from(telIds, (telId) => {
      const { eventType = EventType.SUBARRAY } = trigger.tel.get(telId) ?? {};
      return TRIGGER_BITS.get(eventType) ?? TriggerTypeBit.ANALOG_MAJORITY;
    }),
    teltrgTimeByType: new Map(),
    planeWavefrontCompensation: undefined,
  };
}

function toTrackingPosition({ monitoring }: ArrayEvent, telescopeId: number): TrackingPosition {
  const { azimuth = NaN, altitude = NaN } = monitoring.tel.get(telescopeId)?.pointing ?? {};
  return { telescopeId, azimuthRaw: azimuth, altitudeRaw: altitude, azimuthCor: NaN, altitudeCor: NaN };
}

function isEqual(a: Float32Array | undefined, b: Float32Array | undefined): boolean {
  if (a === b) return true;
  return a?.length === b?.length && a?.every((value, i) => value === b?.[i]) === true;
}
