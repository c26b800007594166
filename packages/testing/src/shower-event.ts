import {
  altAzToCartesian,
  impactDistance,
  radians,
  RandomStream,
  tailcutsClean,
  telescopeToAltAz,
  type AltAz,
  power,
} from '@cherenkit/kernels';

import {
  ArrayEvent,
  ArrayPointingContainer,
  DL1CameraContainer,
  EventIndexContainer,
  EventType,
  MonitoringContainer,
  PixelStatus,
  R0CameraContainer,
  R1CameraContainer,
  SimulatedCameraContainer,
  SimulatedEventContainer,
  SimulatedShowerContainer,
  TelescopeImpactParameterContainer,
  TelescopeMonitoringContainer,
  TelescopePointingContainer,
  TelescopeTriggerContainer,
  timeFromUnix,
  TriggerContainer,
  waveformsOf,
  type CameraGeometry,
  type CameraReadout,
  type SubarrayDescription,
} from '@cherenkit/core';
import { cameraSignals, type CameraSignals } from './camera-signals.js';
import type { ShowerTruth } from './shower-light.js';
import { parametrizeImage } from './parametrize-image.js';

/** Options of `showerEvent`, in addition to the shower. */
export interface ShowerEventOptions {
  readonly eventId?: number;
  /** Triggered telescopes. Default: all. */
  readonly telIds?: readonly number[];
  /** Pointing of all telescopes. Default: altitude 70 degrees, azimuth 40 degrees. */
  readonly pointing?: AltAz;
  /** Standard deviation of the noise in a pixel, p.e.; 0 for images without noise. */
  readonly noise?: number;
}

/** Default pointing of the telescopes. */
const POINTING: AltAz = { alt: radians(70), az: radians(40) };

const OBS_ID = 1;
const START = 1_704_067_200; // 2024-01-01

/**
 * Simulates the event of a shower, with all data levels: raw waveforms (r0), calibrated waveforms (r1), images, masks and
 * parameters in the telescope frame (dl1), and the true shower (`simulation.shower`).
 *
 * Images are computed from the geometry of the shower, so that reconstructed values can be compared with true values. They
 * are deterministic; the noise is seeded by the event id.
 *
 * @example
 * ```ts
 * const subarray = smallSubarray();
 * const event = showerEvent(subarray, { energy: 5, coreX: 40 });
 * console.log(event.dl1.tel.get(1)?.parameters?.hillas.intensity);
 * ```
 *
 * @param truth - true parameters. Defaults: 3 TeV, half a degree from the pointing, core near the centre of the array
 */
export function showerEvent(
  subarray: SubarrayDescription,
  truth: Partial<ShowerTruth> = {},
  options: ShowerEventOptions = {},
): ArrayEvent {
  const { eventId = 1, telIds = subarray.telIds, pointing = POINTING, noise = 0 } = options;
  const direction = telescopeToAltAz({ fovLon: 0.004, fovLat: -0.007 }, pointing);
  const shower: ShowerTruth = { energy: 3, ...direction, coreX: 20, coreY: -30, hMax: 9000, ...truth };
  const time = timeFromUnix(START + eventId);
  const event = new ArrayEvent({
    index: new EventIndexContainer({ obsId: OBS_ID, eventId }),
    simulation: new SimulatedEventContainer({
      shower: new SimulatedShowerContainer({
        energy: shower.energy,
        alt: shower.alt,
        az: shower.az,
        coreX: shower.coreX,
        coreY: shower.coreY,
        showerPrimaryId: 0,
      }),
    }),
    trigger: new TriggerContainer({ time, telsWithTrigger: [...telIds] }),
    monitoring: new MonitoringContainer({
      pointing: new ArrayPointingContainer({ arrayAltitude: pointing.alt, arrayAzimuth: pointing.az }),
    }),
    count: eventId - 1,
  });
  for (const telId of telIds) {
    const signals = cameraSignals(subarray, telId, shower, { pointing, noise, eventId });
    addWaveforms(event, telId, subarray.telescope(telId).camera.readout, signals);
    addImage(event, telId, subarray.telescope(telId).camera.geometry, signals);
    event.trigger.tel.set(telId, new TelescopeTriggerContainer({ time, eventType: EventType.SUBARRAY }));
    event.monitoring.tel.set(
      telId,
      new TelescopeMonitoringContainer({
        pointing: new TelescopePointingContainer({ altitude: pointing.alt, azimuth: pointing.az }),
      }),
    );
    addTruth(event, telId, subarray, signals, shower);
  }
  return event;
}

/**
 * Simulates events of different showers, the same at each call: energies from 1 to 10 TeV, directions up to 0.5 degrees from the
 * pointing, cores up to 70 m from the centre, and noise of 0.5 p.e. unless set in `options`.
 */
export function showerEvents(
  subarray: SubarrayDescription,
  count: number,
  options: Omit<ShowerEventOptions, 'eventId'> = {},
): ArrayEvent[] {
  return Array.from({ length: count }, (_, index) => showerEventAt(subarray, index, options));
}

/** Returns one event of `showerEvents`. @param index - counted from 0 */
export function showerEventAt(
  subarray: SubarrayDescription,
  index: number,
  options: Omit<ShowerEventOptions, 'eventId'> = {},
): ArrayEvent {
  const { pointing = POINTING } = options;
  const random = new RandomStream(2, index);
  const [angle, offset] = [2 * Math.PI * random.uniform(), 0.008 * random.uniform()];
  const [place, distance] = [2 * Math.PI * random.uniform(), 70 * random.uniform()];
  const truth = {
    energy: power(10, random.uniform()),
    ...telescopeToAltAz({ fovLon: offset * Math.cos(angle), fovLat: offset * Math.sin(angle) }, pointing),
    coreX: distance * Math.cos(place),
    coreY: distance * Math.sin(place),
    hMax: 8500 + 1500 * random.uniform(),
  };
  return showerEvent(subarray, truth, { noise: 0.5, ...options, eventId: index + 1 });
}

function addWaveforms(
  event: ArrayEvent,
  telId: number,
  { nPixels, nSamples, nChannels }: CameraReadout,
  { samples, counts }: CameraSignals,
): void {
  const raw = waveformsOf(counts.slice(), nChannels, nPixels, nSamples);
  event.r0.tel.set(telId, new R0CameraContainer({ waveform: raw }));
  event.r1.tel.set(
    telId,
    new R1CameraContainer({
      eventType: EventType.SUBARRAY,
      eventTime: event.trigger.time,
      waveform: waveformsOf(samples.slice(), 1, nPixels, nSamples),
      pixelStatus: new Uint8Array(nPixels).fill(PixelStatus.HIGH_GAIN_STORED),
      selectedGainChannel: new Int8Array(nPixels),
    }),
  );
}

function addImage(event: ArrayEvent, telId: number, geometry: CameraGeometry, signals: CameraSignals): void {
  const [image, peakTime] = [signals.image.slice(), signals.peakTime.slice()];
  const imageMask = new Uint8Array(image.length);
  tailcutsClean(geometry.neighbors, image, 6, 3, { keepIsolatedPixels: false, minPictureNeighbors: 1 }, imageMask);
  const parameters = parametrizeImage(geometry.toTelescopeFrame(), image, imageMask, peakTime);
  event.dl1.tel.set(telId, new DL1CameraContainer({ image, peakTime, imageMask, isValid: true, parameters }));
}

function addTruth(
  event: ArrayEvent,
  telId: number,
  subarray: SubarrayDescription,
  { charge }: CameraSignals,
  { coreX, coreY, alt, az }: ShowerTruth,
): void {
  const trueImage = Int32Array.from(charge, Math.round);
  const distance = impactDistance(
    subarray.position(telId),
    { x: coreX, y: coreY, z: 0 },
    altAzToCartesian({ alt, az }),
  );
  event.simulation?.tel.set(
    telId,
    new SimulatedCameraContainer({
      trueImage,
      trueImageSum: trueImage.reduce((sum, one) => sum + one, 0),
      impact: new TelescopeImpactParameterContainer({ distance, distanceUncert: 0 }),
    }),
  );
}
