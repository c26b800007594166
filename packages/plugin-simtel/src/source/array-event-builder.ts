import {
  ArrayEvent,
  ArrayPointingContainer,
  CameraCalibrationContainer,
  CameraMonitoringContainer,
  EventIndexContainer,
  EventType,
  MonitoringContainer,
  R0CameraContainer,
  R1CameraContainer,
  SimulatedCameraContainer,
  SimulatedEventContainer,
  SimulatedShowerContainer,
  TelescopeImpactParameterContainer,
  TelescopeMonitoringContainer,
  TelescopePointingContainer,
  type GainSelector,
  type RawDataCalibration,
  type SubarrayDescription,
  type TelescopeValues,
} from '@cherenkit/core';
import { altAzToCartesian, impactDistance, type Metres } from '@cherenkit/kernels';
import type { CameraState, SimtelEvent, TelescopeEvent } from '../file/simtel-event.js';
import type { SimtelHeader } from '../file/simtel-header.js';
import { TRACKING_ALTAZ } from '../objects/run-header.js';
import type { TrackingPosition } from '../objects/tracking-position.js';
import {
  coefficientsOf,
  pixelStatusOf,
  r1OfEvent,
  SampleScratch,
  unitCoefficients,
  type R1Coefficients,
  type SampleArrays,
} from './r1-of-event.js';
import { clippedAltitude } from './run-of-file.js';
import { triggerOfEvent } from './trigger-of-event.js';

/**
 * A telescope with more photo-electrons than sim_telarray stores by default, whose true image is missing, is taken for
 * incomplete. Source: ctapipe 0.32 `MISSING_IMAGE_BRIGHTNESS_LIMIT`.
 */
const MISSING_IMAGE_BRIGHTNESS_LIMIT = 1_000_000;
/** Fills true images that are expected and missing. */
const NO_TRUE_IMAGE = -1;

/** Everything that holds for all events of a file. */
export interface ArrayEventOptions {
  readonly header: SimtelHeader;
  readonly subarray: SubarrayDescription;
  readonly obsId: number;
  readonly allowedTels: ReadonlySet<number> | undefined;
  readonly hasTrueImages: boolean;
  readonly gainSelectors: TelescopeValues<GainSelector>;
  /** Undefined: for showers only. */
  readonly selectGain: boolean | undefined;
  readonly skipR1Calibration: boolean;
  readonly calibScale: number;
  readonly calibShift: number;
  /** Is told of each telescope event that is left out. */
  readonly onRejected: (telId: number, eventId: number, reason: string) => void;
}

interface CachedCoefficients {
  readonly camera: CameraState;
  readonly count: number;
  readonly coefficients: ReturnType<typeof coefficientsOf>;
}

/** Makes events of Cherenkit's event model out of those of a file. */
export class ArrayEventBuilder {
  #count = 0;
  /** Events without a number get -1, -2, ... */
  #pseudoEventId = 0;
  /** By telescope, for as long as the state of its camera does not change. */
  readonly #coefficients = new Map<number, CachedCoefficients>();

  readonly #scratch = new SampleScratch();

  /** @param sampleArrays - gives the arrays of calibrated waveforms */
  constructor(
    private readonly options: ArrayEventOptions,
    private readonly sampleArrays: SampleArrays,
  ) {}

  build(simtelEvent: SimtelEvent): ArrayEvent {
    const { obsId, allowedTels, header } = this.options;
    const { recorded } = simtelEvent;
    const trigger = triggerOfEvent(simtelEvent, allowedTels);
    const shower = simtelEvent.type === 'data' ? showerOf(simtelEvent) : undefined;
    const event = new ArrayEvent({
      count: this.#count++,
      index: new EventIndexContainer({ obsId, eventId: recorded.eventId || --this.#pseudoEventId }),
      trigger,
      simulation: new SimulatedEventContainer({ shower }),
      monitoring: new MonitoringContainer({ pointing: arrayPointingOf(header) }),
    });
    for (const [telId, telescope] of recorded.telescopes) {
      const reason = this.#addTelescope(event, simtelEvent, telId, telescope);
      if (reason !== undefined) this.options.onRejected(telId, event.index.eventId, reason);
    }
    return event;
  }

  /** How the raw samples of a telescope became those of its last event; undefined before its first one. */
  calibrationOf(telId: number): RawDataCalibration | undefined {
    const coefficients = this.#coefficients.get(telId)?.coefficients;
    if (coefficients === undefined || typeof coefficients === 'string') return undefined;
    return { pedestal: coefficients.pedestal, dcToPe: coefficients.factor };
  }

  /** Returns why a telescope is left out. */
  #addTelescope(
    event: ArrayEvent,
    simtelEvent: SimtelEvent,
    telId: number,
    { waveforms, camera }: TelescopeEvent,
  ): string | undefined {
    const { header, gainSelectors, selectGain } = this.options;
    const settings = header.telescopes.get(telId);
    const tracking = simtelEvent.recorded.tracking.get(telId);
    if (settings === undefined) return 'not described in the header';
    if (!event.trigger.telsWithTrigger.includes(telId)) return 'not among the triggered telescopes';
    if (tracking === undefined) return 'no tracking position';
    if (waveforms === undefined) return 'no samples';
    const { nPixels, nGains } = settings.cameraOrganization;
    if (waveforms.nPixels !== nPixels || waveforms.nChannels !== nGains) return 'samples do not fit the camera';
    const coefficients = this.#coefficientsFor(telId, camera, nGains * nPixels);
    if (typeof coefficients === 'string') return coefficients;
    const simulation = this.#simulationOf(event, simtelEvent, telId, nPixels);
    if (typeof simulation === 'string') return simulation;

    const { eventType } = event.trigger;
    const isSelected = selectGain ?? eventType === EventType.SUBARRAY;
    const selector = isSelected ? gainSelectors.for(telId) : undefined;
    const r1 = r1OfEvent(waveforms, coefficients, selector, telId, this.#scratch, this.sampleArrays);
    const { hvDisabled } = settings.disabledPixels;
    event.simulation?.tel.set(telId, simulation);
    event.monitoring.tel.set(
      telId,
      new TelescopeMonitoringContainer({
        pointing: pointingOf(tracking),
        camera: new CameraMonitoringContainer({
          coefficients: new CameraCalibrationContainer({
            timeShift: camera.calibration?.tmCalib?.slice(),
            outlierMask: outlierMaskOf(nGains, nPixels, hvDisabled),
          }),
        }),
      }),
    );
    event.r0.tel.set(telId, new R0CameraContainer({ waveform: waveforms }));
    event.r1.tel.set(
      telId,
      new R1CameraContainer({
        eventType,
        waveform: r1.waveform,
        selectedGainChannel: r1.selectedGainChannel,
        pixelStatus: pixelStatusOf(nPixels, r1.selectedGainChannel, hvDisabled),
      }),
    );
    return undefined;
  }

  #coefficientsFor(telId: number, camera: CameraState, count: number): R1Coefficients | string {
    const { skipR1Calibration, calibScale, calibShift } = this.options;
    const known = this.#coefficients.get(telId);
    if (known !== undefined && known.camera === camera && known.count === count) return known.coefficients;
    const coefficients = skipR1Calibration
      ? unitCoefficients(count)
      : coefficientsOf(camera, count, calibScale, calibShift);
    this.#coefficients.set(telId, { camera, count, coefficients });
    return coefficients;
  }

  #simulationOf(
    { simulation }: ArrayEvent,
    { photoelectrons, photoelectronSum }: SimtelEvent,
    telId: number,
    nPixels: number,
  ): SimulatedCameraContainer | string {
    const { header, hasTrueImages, subarray } = this.options;
    const trueImageSum = photoelectronSum?.nPe[header.runHeader.telId.indexOf(telId)];
    const stored = photoelectrons.get(telId - 1);
    let trueImage = stored?.().photoelectrons;
    if (trueImage === undefined && hasTrueImages) {
      if ((trueImageSum ?? 0) > MISSING_IMAGE_BRIGHTNESS_LIMIT) return 'bright, and its true image is missing';
      trueImage = new Int32Array(nPixels).fill(NO_TRUE_IMAGE);
    }
    const shower = simulation?.shower;
    const impact =
      shower === undefined
        ? new TelescopeImpactParameterContainer()
        : new TelescopeImpactParameterContainer({
            distance: trueImpactDistance(shower, subarray, telId),
            distanceUncert: 0,
          });
    return new SimulatedCameraContainer({ trueImageSum: trueImageSum ?? -1, trueImage, impact });
  }
}

function showerOf({ shower, mcEvent }: SimtelEvent): SimulatedShowerContainer | undefined {
  if (shower === undefined || mcEvent === undefined) return undefined;
  return new SimulatedShowerContainer({
    energy: shower.energy,
    alt: clippedAltitude(shower.altitude),
    az: shower.azimuth,
    coreX: mcEvent.xcore,
    coreY: mcEvent.ycore,
    hFirstInt: shower.hFirstInt,
    xMax: shower.xmax,
    startingGrammage: shower.depthStart ?? NaN,
    showerPrimaryId: shower.primaryId,
  });
}

function trueImpactDistance(
  { alt, az, coreX, coreY }: SimulatedShowerContainer,
  subarray: SubarrayDescription,
  telId: number,
): Metres {
  const position = subarray.positions.get(telId);
  if (position === undefined) return NaN;
  return impactDistance(position, { x: coreX, y: coreY, z: 0 }, altAzToCartesian({ alt, az }));
}

function arrayPointingOf({ runHeader }: SimtelHeader): ArrayPointingContainer {
  const [longitude, latitude] = runHeader.direction;
  return runHeader.trackingMode === TRACKING_ALTAZ
    ? new ArrayPointingContainer({ arrayAzimuth: longitude, arrayAltitude: latitude })
    : new ArrayPointingContainer({ arrayRa: longitude, arrayDec: latitude });
}

/** The corrected position where there is one. */
function pointingOf(tracking: TrackingPosition): TelescopePointingContainer {
  const { azimuthRaw, altitudeRaw, azimuthCor, altitudeCor } = tracking;
  return new TelescopePointingContainer({
    azimuth: Number.isNaN(azimuthCor) ? azimuthRaw : azimuthCor,
    altitude: clippedAltitude(Number.isNaN(altitudeCor) ? altitudeRaw : altitudeCor),
  });
}

/** Per channel and pixel, 1 for pixels without high voltage. */
function outlierMaskOf(nChannels: number, nPixels: number, disabledPixels: Int32Array): Uint8Array {
  const mask = new Uint8Array(nChannels * nPixels);
  for (let channel = 0; channel < nChannels; channel++) {
    for (const pixel of disabledPixels) mask[channel * nPixels + pixel] = 1;
  }
  return mask;
}
