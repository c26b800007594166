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
  checkedGainSelector,
  type EventFailures,
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
  r1Coefficients,
  r1PixelStatus,
  calibrateR1,
  DecodeBuffers,
  unitCoefficients,
  type R1Coefficients,
  type SampleAllocator,
} from './r1-calibration.js';
import { clipAltitude } from './run-metadata.js';
import { buildTrigger } from './build-trigger.js';
import type { FileRun } from './file-runs.js';

/**
 * Number of photoelectrons above which a missing true image means that the telescope data are incomplete: sim_telarray
 * does not store brighter images by default. Source: ctapipe 0.32 `MISSING_IMAGE_BRIGHTNESS_LIMIT`.
 */
const MISSING_IMAGE_BRIGHTNESS_LIMIT = 1_000_000;
/** Value of all pixels of a missing true image, as in ctapipe. */
const NO_TRUE_IMAGE = -1;

/** Options of {@link ArrayEventBuilder}: data common to all events of a file. */
export interface ArrayEventOptions {
  readonly subarray: SubarrayDescription;
  /** Ids of the telescopes to keep; undefined for all. */
  readonly allowedTels: ReadonlySet<number> | undefined;
  readonly gainSelectors: TelescopeValues<GainSelector>;
  /** Records the failures of gain selectors. */
  readonly failures: EventFailures;
  /** Whether to select gain channels; undefined: in data events only. */
  readonly selectGain: boolean | undefined;
  readonly skipR1Calibration: boolean;
  /** Factor applied to the calibration coefficients. */
  readonly calibScale: number;
  /** Added to each calibrated sample, p.e. */
  readonly calibShift: number;
  /** Called for each rejected telescope event. */
  readonly onRejected: (telId: number, eventId: number, reason: string) => void;
}

interface CachedCoefficients {
  readonly camera: CameraState;
  readonly count: number;
  readonly coefficients: ReturnType<typeof r1Coefficients>;
}

/** Converts events of a sim_telarray file to Cherenkit's event model, including the calibration of R0 to R1. */
export class ArrayEventBuilder {
  #count = 0;
  /** Last event id assigned to events without one: -1, -2, ... */
  #pseudoEventId = 0;
  /** Coefficients by telescope id, valid until the camera state changes. */
  readonly #coefficients = new Map<number, CachedCoefficients>();

  readonly #decodeBuffers = new DecodeBuffers();

  readonly #allocateSamples: SampleAllocator;
  readonly #allocateTimeShifts: SampleAllocator;

  /** @param createAllocator - its allocators provide the arrays of calibrated waveforms, and those of time shifts */
  constructor(
    private readonly options: ArrayEventOptions,
    createAllocator: () => SampleAllocator,
  ) {
    this.#allocateSamples = createAllocator();
    this.#allocateTimeShifts = createAllocator();
  }

  /**
   * Continues at a later event.
   *
   * @param count - number of events before it
   * @param withoutId - number of those whose id the file lacks
   */
  startAt(count: number, withoutId: number): void {
    this.#count = count;
    this.#pseudoEventId = -withoutId;
  }

  /** Counts an event that is not converted. */
  skip({ recorded: { eventId } }: SimtelEvent): void {
    this.#count++;
    if (eventId === 0) this.#pseudoEventId--;
  }

  /** Converts an event of a run. Telescopes with incomplete data are rejected. */
  build(simtelEvent: SimtelEvent, run: FileRun): ArrayEvent {
    const { allowedTels } = this.options;
    const { obsId, header } = run;
    const { recorded } = simtelEvent;
    const trigger = buildTrigger(simtelEvent, allowedTels);
    const shower = simtelEvent.type === 'data' ? showerOf(simtelEvent) : undefined;
    const event = new ArrayEvent({
      count: this.#count++,
      index: new EventIndexContainer({ obsId, eventId: recorded.eventId || --this.#pseudoEventId }),
      trigger,
      simulation: header.isSimulation || shower ? new SimulatedEventContainer({ shower }) : undefined,
      monitoring: new MonitoringContainer({ pointing: arrayPointing(header) }),
    });
    for (const [telId, telescope] of recorded.telescopes) {
      const reason = this.#addTelescope(event, simtelEvent, run, telId, telescope);
      if (reason !== undefined) this.options.onRejected(telId, event.index.eventId, reason);
    }
    return event;
  }

  /** Calibration applied to the last event of a telescope; undefined before its first event. */
  calibrationOf(telId: number): RawDataCalibration | undefined {
    const coefficients = this.#coefficients.get(telId)?.coefficients;
    if (coefficients === undefined || typeof coefficients === 'string') return undefined;
    return { pedestal: coefficients.pedestal, dcToPe: coefficients.factor };
  }

  /** Adds a telescope to the event; returns the reason if the telescope is rejected. */
  #addTelescope(
    event: ArrayEvent,
    simtelEvent: SimtelEvent,
    run: FileRun,
    telId: number,
    { waveforms, camera }: TelescopeEvent,
  ): string | undefined {
    const { gainSelectors, selectGain, failures } = this.options;
    const settings = run.header.telescopes.get(telId);
    const tracking = simtelEvent.recorded.tracking.get(telId);
    if (settings === undefined) return 'not described in the file header';
    if (!event.trigger.telsWithTrigger.includes(telId)) return 'not among the triggered telescopes';
    if (tracking === undefined) return 'no tracking position';
    if (waveforms === undefined) return 'no samples';
    const { nPixels, nGains } = settings.cameraOrganization;
    if (waveforms.nPixels !== nPixels || waveforms.nChannels !== nGains) return 'samples do not fit the camera';
    const coefficients = this.#coefficientsFor(telId, camera, nGains * nPixels);
    if (typeof coefficients === 'string') return coefficients;
    const simulation = this.#simulatedCamera(event, simtelEvent, run, telId, nPixels);
    if (typeof simulation === 'string') return simulation;

    const { eventType } = event.trigger;
    const selectsGain = selectGain ?? eventType === EventType.SUBARRAY;
    const selector = selectsGain ? checkedGainSelector(gainSelectors.for(telId), event, failures) : undefined;
    const r1 = calibrateR1(waveforms, coefficients, selector, telId, this.#decodeBuffers, this.#allocateSamples);
    const { hvDisabled } = settings.disabledPixels;
    event.simulation?.tel.set(telId, simulation);
    event.monitoring.tel.set(
      telId,
      new TelescopeMonitoringContainer({
        pointing: telescopePointing(tracking),
        camera: new CameraMonitoringContainer({
          coefficients: new CameraCalibrationContainer({
            timeShift: this.#timeShift(telId, camera),
            outlierMask: outlierMask(nGains, nPixels, hvDisabled),
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
        pixelStatus: r1PixelStatus(nPixels, r1.selectedGainChannel, hvDisabled),
      }),
    );
    return undefined;
  }

  #timeShift(telId: number, { calibration }: CameraState): Float32Array | undefined {
    const stored = calibration?.tmCalib;
    if (stored === undefined) return undefined;
    const timeShift = this.#allocateTimeShifts(telId, stored.length);
    timeShift.set(stored);
    return timeShift;
  }

  #coefficientsFor(telId: number, camera: CameraState, count: number): R1Coefficients | string {
    const { skipR1Calibration, calibScale, calibShift } = this.options;
    const known = this.#coefficients.get(telId);
    if (known !== undefined && known.camera === camera && known.count === count) return known.coefficients;
    const coefficients = skipR1Calibration
      ? unitCoefficients(count)
      : r1Coefficients(camera, count, calibScale, calibShift);
    this.#coefficients.set(telId, { camera, count, coefficients });
    return coefficients;
  }

  #simulatedCamera(
    { simulation }: ArrayEvent,
    { photoelectrons, photoelectronSum }: SimtelEvent,
    { header, hasTrueImages }: FileRun,
    telId: number,
    nPixels: number,
  ): SimulatedCameraContainer | string {
    const { subarray } = this.options;
    const trueImageSum = photoelectronSum?.nPe[header.runHeader.telId.indexOf(telId)];
    const stored = photoelectrons.get(telId - 1);
    let trueImage = stored?.().photoelectrons;
    if (trueImage === undefined && hasTrueImages) {
      if ((trueImageSum ?? 0) > MISSING_IMAGE_BRIGHTNESS_LIMIT) return 'true image of a bright event is missing';
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
    alt: clipAltitude(shower.altitude),
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

function arrayPointing({ runHeader }: SimtelHeader): ArrayPointingContainer {
  const [longitude, latitude] = runHeader.direction;
  return runHeader.trackingMode === TRACKING_ALTAZ
    ? new ArrayPointingContainer({ arrayAzimuth: longitude, arrayAltitude: latitude })
    : new ArrayPointingContainer({ arrayRa: longitude, arrayDec: latitude });
}

/** Telescope pointing, corrected if available. */
function telescopePointing(tracking: TrackingPosition): TelescopePointingContainer {
  const { azimuthRaw, altitudeRaw, azimuthCor, altitudeCor } = tracking;
  return new TelescopePointingContainer({
    azimuth: Number.isNaN(azimuthCor) ? azimuthRaw : azimuthCor,
    altitude: clipAltitude(Number.isNaN(altitudeCor) ? altitudeRaw : altitudeCor),
  });
}

/** Mask of pixels without high voltage, nChannels x nPixels. */
function outlierMask(nChannels: number, nPixels: number, disabledPixels: Int32Array): Uint8Array {
  const mask = new Uint8Array(nChannels * nPixels);
  for (let channel = 0; channel < nChannels; channel++) {
    for (const pixel of disabledPixels) mask[channel * nPixels + pixel] = 1;
  }
  return mask;
}
