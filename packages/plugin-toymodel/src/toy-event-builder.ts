import {
  ArrayEvent,
  ArrayPointingContainer,
  CameraCalibrationContainer,
  CameraMonitoringContainer,
  EventIndexContainer,
  EventType,
  addDuration,
  MonitoringContainer,
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
  type AdcSamples,
  checkedGainSelector,
  type EventFailures,
  type GainSelector,
  type RawDataCalibration,
  type Time,
  type Waveforms,
} from '@cherenkit/core';
import { calibrateAdc, calibrateSelectedAdc, impactDistance, type AltAz } from '@cherenkit/kernels';

import type { CalibrationLight } from './calibration-light.js';
import type { ToyCamera } from './toy-camera.js';
import { eventRandom, Purpose } from './toy-random.js';
import { PRIMARY_IDS, type ToyShower } from './toy-shower.js';
import type { ObservedShower, ToyView } from './toy-simulation.js';

/** Time of the first shower; the following ones are one second apart. */
export const FIRST_EVENT = timeFromUnix(Date.UTC(2024, 0, 1) / 1000);
const NANOSECONDS_BETWEEN_EVENTS = 1e9;

/** Fraction of the readout before the mean arrival time of the light. */
const PART_BEFORE_LIGHT = 0.3;

/** Settings that hold for all events of a run. */
export interface ToyEventOptions {
  readonly seed: number;
  readonly obsId: number;
  readonly pointing: AltAz;
  /** Cameras of the subarray. */
  readonly cameras: ReadonlyMap<number, ToyCamera>;
  readonly gainSelector: GainSelector;
  /** Records the failures of the gain selector. */
  readonly failures: EventFailures;
  /** Whether to select gains; undefined selects them for showers only. */
  readonly selectGain: boolean | undefined;
  /** Whether R1 waveforms are raw samples. */
  readonly skipR1Calibration: boolean;
  /** Whether waveforms may overwrite those of the preceding event. */
  readonly reusesWaveforms: () => boolean;
}

type LightOfTelescope = Pick<ToyView, 'telescope' | 'photons' | 'image'> & { readonly triggerPixels?: Int32Array };

/** Builds events from photo-electrons: waveforms, trigger and simulated truth. */
export class ToyEventBuilder {
  readonly #counts = new Map<number, Uint16Array>();
  readonly #samples = new Map<number, Float32Array>();

  constructor(private readonly options: ToyEventOptions) {}

  /** @param count - number of events before this one */
  ofShower({ number, shower, views }: ObservedShower, count: number): ArrayEvent {
    const time = addDuration(FIRST_EVENT, number * NANOSECONDS_BETWEEN_EVENTS);
    return this.#event(number, count, time, EventType.SUBARRAY, views, shower);
  }

  /** @param before - seconds before the first shower */
  ofCalibration({ eventId, eventType, views }: CalibrationLight, count: number, before: number): ArrayEvent {
    const time = addDuration(FIRST_EVENT, -before * NANOSECONDS_BETWEEN_EVENTS);
    return this.#event(eventId, count, time, eventType, views, undefined);
  }

  #event(
    eventId: number,
    count: number,
    time: Time,
    eventType: EventType,
    views: ReadonlyMap<number, LightOfTelescope>,
    shower: ToyShower | undefined,
  ): ArrayEvent {
    const { obsId, pointing, cameras } = this.options;
    const telsWithTrigger = [...views.keys()].filter((telId) => cameras.has(telId));
    const event = new ArrayEvent({
      index: new EventIndexContainer({ obsId, eventId }),
      simulation: new SimulatedEventContainer({ shower: shower && simulatedShower(shower) }),
      trigger: new TriggerContainer({ time, eventType, telsWithTrigger }),
      monitoring: new MonitoringContainer({
        pointing: new ArrayPointingContainer({ arrayAltitude: pointing.alt, arrayAzimuth: pointing.az }),
      }),
      count,
    });
    for (const [telId, camera] of cameras) {
      const view = views.get(telId);
      if (view !== undefined) this.#addTelescope(event, telId, camera, view, shower);
    }
    return event;
  }

  #addTelescope(event: ArrayEvent, telId: number, camera: ToyCamera, view: LightOfTelescope, shower?: ToyShower): void {
    const { gainSelector, selectGain, pointing, failures } = this.options;
    const { eventType, time } = event.trigger;
    const meanTime = view.photons.meanTime();
    const raw = this.#rawWaveforms(event.index.eventId, telId, camera, view, meanTime);
    const isSelected = selectGain ?? eventType === EventType.SUBARRAY;
    const selector = isSelected ? checkedGainSelector(gainSelector, event, failures) : undefined;
    const selected = selector?.select(raw, telId);
    event.r0.tel.set(telId, new R0CameraContainer({ waveform: raw }));
    event.r1.tel.set(
      telId,
      new R1CameraContainer({
        eventType,
        waveform: this.#calibrated(raw, telId, camera, selected),
        pixelStatus: camera.pixelStatus(selected),
        selectedGainChannel: selected,
      }),
    );
    const { triggerPixels } = view;
    event.trigger.tel.set(
      telId,
      new TelescopeTriggerContainer({
        time: addDuration(time, meanTime),
        // As in sim_telarray files, which have this type for calibration events, too.
        eventType: EventType.SUBARRAY,
        nTriggerPixels: triggerPixels?.length ?? -1,
        triggerPixels,
      }),
    );
    event.monitoring.tel.set(
      telId,
      new TelescopeMonitoringContainer({
        pointing: new TelescopePointingContainer({ altitude: pointing.alt, azimuth: pointing.az }),
        camera: new CameraMonitoringContainer({
          coefficients: new CameraCalibrationContainer({
            timeShift: camera.timeShift.slice(),
            outlierMask: camera.outlierMask.slice(),
          }),
        }),
      }),
    );
    event.simulation?.tel.set(telId, simulatedCamera(view, shower));
  }

  #rawWaveforms(
    eventId: number,
    telId: number,
    camera: ToyCamera,
    { telescope, photons }: LightOfTelescope,
    meanTime: number,
  ): Waveforms<AdcSamples> {
    const { nChannels, nPixels, nSamples, samplingRate } = telescope.description.camera.readout;
    const start = meanTime - (PART_BEFORE_LIGHT * nSamples) / samplingRate;
    const random = eventRandom(this.options.seed, eventId, telId, Purpose.WAVEFORMS);
    const size = nChannels * nPixels * nSamples;
    const counts = this.#array(this.#counts, telId, size, () => new Uint16Array(size));
    return camera.waveforms(random, photons, start, counts);
  }

  #calibrated(
    raw: Waveforms<AdcSamples>,
    telId: number,
    { calibration }: ToyCamera,
    selected: Int8Array | undefined,
  ): Waveforms<Float32Array> {
    const { pedestal, dcToPe } = this.options.skipR1Calibration ? countsOf(calibration) : calibration;
    const { nChannels, nPixels, nSamples } = raw;
    const kept = selected === undefined ? nChannels : 1;
    const size = kept * nPixels * nSamples;
    const samples = this.#array(this.#samples, telId, size, () => new Float32Array(size));
    if (selected === undefined) {
      calibrateAdc(raw.samples, nSamples, pedestal, dcToPe, 0, samples);
    } else {
      for (let channel = 0; channel < nChannels; channel++) {
        const ofChannel = (values: Float32Array) => values.subarray(channel * nPixels, (channel + 1) * nPixels);
        const [zero, factor] = [ofChannel(pedestal), ofChannel(dcToPe)];
        if (!selected.includes(channel)) continue;
        calibrateSelectedAdc(raw.channel(channel), nSamples, zero, factor, 0, selected, channel, samples);
      }
    }
    return waveformsOf(samples, kept, nPixels, nSamples);
  }

  #array<A extends Uint16Array | Float32Array>(
    arrays: Map<number, A>,
    telId: number,
    size: number,
    newArray: () => A,
  ): A {
    if (!this.options.reusesWaveforms()) return newArray();
    const known = arrays.get(telId);
    if (known?.length === size) return known;
    const array = newArray();
    arrays.set(telId, array);
    return array;
  }
}

/** Calibration that leaves the samples in ADC counts. */
function countsOf({ pedestal, dcToPe }: RawDataCalibration): RawDataCalibration {
  return { pedestal: new Float32Array(pedestal.length), dcToPe: new Float32Array(dcToPe.length).fill(1) };
}

function simulatedShower({ particle, energy, direction, core, hFirstInt, xMax }: ToyShower): SimulatedShowerContainer {
  return new SimulatedShowerContainer({
    energy,
    alt: direction.alt,
    az: direction.az,
    coreX: core.x,
    coreY: core.y,
    hFirstInt,
    xMax,
    startingGrammage: 0,
    showerPrimaryId: PRIMARY_IDS[particle],
  });
}

function simulatedCamera(
  { telescope, photons, image }: LightOfTelescope,
  shower?: ToyShower,
): SimulatedCameraContainer {
  const impact = shower && {
    distance: impactDistance(telescope.position, shower.core, shower.axis),
    distanceUncert: 0,
  };
  return new SimulatedCameraContainer({
    trueImage: image,
    trueImageSum: photons.sum(),
    impact: new TelescopeImpactParameterContainer(impact),
  });
}
