import {
  ArrayEvent,
  ArrayPointingContainer,
  CherenkitError,
  EventIndexContainer,
  EventSource,
  EventType,
  ExitCode,
  laterBy,
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
  trait,
  TriggerContainer,
  waveformsOf,
  type ComponentContext,
  type DataLevel,
  type ObservationBlockContainer,
  type SchedulingBlockContainer,
  type SimulationConfigContainer,
  type SubarrayDescription,
  type Time,
  type TraitValues,
} from '@cherenkit/core';
import { altAzToCartesian, impactDistance, radians, RandomStream, type AltAz } from '@cherenkit/kernels';

import { toySubarray, toyTelescopes, type ToyTelescope } from './toy-array.js';
import { drawLight, type ToyLight } from './toy-light.js';
import { optionsOfUrl } from './toy-options.js';
import { observationBlock, schedulingBlock, simulationConfig } from './toy-run.js';
import { drawShower, type ToyShower, type ToyShowerOptions } from './toy-shower.js';
import { calibrated, digitized, drawWaveforms } from './toy-waveforms.js';

const TRAITS = {
  events: trait.integer({ default: 10, minimum: 1, help: 'How many events there are.' }),
  seed: trait.integer({ default: 0, minimum: 0, help: 'Other seeds give other events.' }),
  energyMin: trait.number({ default: 0.3, minimum: 0.01, unit: 'TeV', help: 'Lowest energy of a shower.' }),
  energyMax: trait.number({ default: 30, minimum: 0.01, maximum: 1000, unit: 'TeV', help: 'Highest energy.' }),
  spectralIndex: trait.number({ default: -2, help: 'Index of the power law of the energies.' }),
  altitude: trait.number({ default: 70, minimum: 20, maximum: 90, unit: 'deg', help: 'Where the telescopes point.' }),
  azimuth: trait.number({ default: 0, unit: 'deg', help: 'Where the telescopes point, from north over east.' }),
  viewConeRadius: trait.number({
    default: 1,
    minimum: 0,
    maximum: 10,
    unit: 'deg',
    help: 'Largest angle between a shower and the pointing.',
  }),
  coreRadius: trait.number({
    default: 150,
    minimum: 0,
    unit: 'm',
    help: 'Largest distance of a core from the centre of the array.',
  }),
  triggerThreshold: trait.number({
    default: 60,
    minimum: 0,
    unit: 'pe',
    help: 'Photo-electrons that make a telescope trigger; two telescopes make an event.',
  }),
  noise: trait.number({ default: 0.4, minimum: 0, unit: 'pe', help: 'Standard deviation of a sample without light.' }),
  rawData: trait.boolean({ default: false, help: 'Digitize the waveforms and give the counts as raw data, too.' }),
} as const;

const OBS_ID = 1;
const FIRST_EVENT = timeFromUnix(Date.UTC(2024, 0, 1) / 1000);
const NANOSECONDS_BETWEEN_EVENTS = 1e9;
const MIN_TELESCOPES = 2;

/** When two telescopes have not triggered after so many showers, they never will. */
const MAX_ATTEMPTS = 1000;

/** The part of the readout that has passed when light comes. */
const PART_BEFORE_LIGHT = 0.3;

/** One telescope's part of a shower. */
interface ToyView {
  readonly telescope: ToyTelescope;
  readonly random: RandomStream;
  readonly light: ToyLight;
}

/**
 * Showers of known truth over a small array: gammas whose images follow from the geometry, as waveforms with noise.
 *
 * Its address carries its options: `toymodel:?events=20&seed=1&energy_min=1`. Every event follows from the seed and its
 * number alone; showers that make fewer than two telescopes trigger are drawn anew.
 */
export class ToyModelEventSource extends EventSource.withTraits(TRAITS) {
  static override readonly help = 'Showers of known truth over a small simulated array.';
  static override readonly recognises = [{ scheme: 'toymodel' }];

  override readonly subarray: SubarrayDescription;
  override readonly isSimulation = true;
  override readonly dataLevels: readonly DataLevel[];

  private readonly telescopes = toyTelescopes();
  private readonly values: TraitValues<typeof TRAITS>;
  private readonly showers: ToyShowerOptions;

  /** @throws CherenkitError (exit 2) for options and telescopes that there are not */
  constructor(context: ComponentContext) {
    super(context);
    const { inputUrl, allowedTels } = this.traits;
    this.values = { ...this.traits, ...optionsOfUrl(inputUrl, TRAITS) };
    const { altitude, azimuth, viewConeRadius, energyMin, energyMax, rawData } = this.values;
    if (energyMax < energyMin) {
      const message = `The highest energy, ${energyMax} TeV, is below the lowest, ${energyMin} TeV.`;
      throw new CherenkitError('TOYMODEL_ENERGY_RANGE', ExitCode.USAGE, message);
    }
    this.showers = {
      ...this.values,
      pointing: { alt: radians(altitude), az: radians(azimuth) },
      viewConeRadius: radians(viewConeRadius),
    };
    this.dataLevels = rawData ? ['R0', 'R1'] : ['R1'];
    const array = toySubarray(this.telescopes);
    this.subarray = allowedTels ? array.selectSubarray([...allowedTels].sort((a, b) => a - b)) : array;
  }

  /** There is nothing to read. */
  override open(): Promise<void> {
    return Promise.resolve();
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- nothing to wait for, but sources are asynchronous
  override async *[Symbol.asyncIterator](): AsyncGenerator<ArrayEvent> {
    for (let index = 0; index < this.nEvents; index++) yield this.event(index);
  }

  override [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }

  /** The event of this number, counted from 0; the same whichever were made before. */
  event(index: number): ArrayEvent {
    const { shower, views } = this.triggeringShower(index);
    const { pointing } = this.showers;
    const time = laterBy(FIRST_EVENT, index * NANOSECONDS_BETWEEN_EVENTS);
    const event = new ArrayEvent({
      index: new EventIndexContainer({ obsId: OBS_ID, eventId: index + 1 }),
      simulation: new SimulatedEventContainer({ shower: this.truth(shower) }),
      trigger: new TriggerContainer({ time, eventType: EventType.SUBARRAY, telsWithTrigger: [...views.keys()] }),
      monitoring: new MonitoringContainer({
        pointing: new ArrayPointingContainer({ arrayAltitude: pointing.alt, arrayAzimuth: pointing.az }),
      }),
      count: index,
    });
    for (const [telId, view] of views) this.addTelescope(event, telId, view, shower, time);
    return event;
  }

  override get observationBlocks(): ReadonlyMap<number, ObservationBlockContainer> {
    return new Map([[OBS_ID, observationBlock(OBS_ID, FIRST_EVENT, this.showers.pointing)]]);
  }

  override get schedulingBlocks(): ReadonlyMap<number, SchedulingBlockContainer> {
    return new Map([[OBS_ID, schedulingBlock(OBS_ID)]]);
  }

  override get simulationConfig(): ReadonlyMap<number, SimulationConfigContainer> {
    const { height } = this.subarray.referenceLocation;
    return new Map([[OBS_ID, simulationConfig(OBS_ID, this.nEvents, this.showers, height)]]);
  }

  private get nEvents(): number {
    return Math.min(this.values.events, this.traits.maxEvents ?? Infinity);
  }

  /** The first shower that makes enough telescopes trigger, and what those of the subarray see of it. */
  private triggeringShower(index: number): { shower: ToyShower; views: Map<number, ToyView> } {
    const { seed, triggerThreshold } = this.values;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const shower = drawShower(new RandomStream(seed, index, attempt, 0), this.showers);
      const views = new Map<number, ToyView>();
      for (const [telId, telescope] of this.telescopes) {
        const random = new RandomStream(seed, index, attempt, telId);
        const light = this.lightAt(telescope, random, shower);
        if (light.pixel.length > 0 && light.pixel.length >= triggerThreshold) {
          views.set(telId, { telescope, random, light });
        }
      }
      if (views.size < MIN_TELESCOPES) continue;
      return { shower, views: new Map([...views].filter(([telId]) => this.subarray.tel.has(telId))) };
    }
    throw new CherenkitError(
      'TOYMODEL_WITHOUT_TRIGGER',
      ExitCode.USAGE,
      `None of ${MAX_ATTEMPTS} showers made ${MIN_TELESCOPES} telescopes trigger: raise energy_max, or lower ` +
        'trigger_threshold, view_cone_radius or core_radius.',
    );
  }

  private lightAt({ position, description }: ToyTelescope, random: RandomStream, shower: ToyShower): ToyLight {
    const { optics, camera } = description;
    const { height } = this.subarray.referenceLocation;
    const { pointing } = this.showers;
    return drawLight(random, shower, height, position, pointing, optics.mirrorArea, camera.geometry);
  }

  private addTelescope(event: ArrayEvent, telId: number, view: ToyView, shower: ToyShower, time: Time): void {
    const { telescope, random, light } = view;
    const { readout } = telescope.description.camera;
    const { nPixels, nSamples } = readout;
    const sampleWidth = 1 / readout.samplingRate;
    const { noise, rawData } = this.values;
    const meanTime = light.time.reduce((sum, one) => sum + one, 0) / light.time.length;
    const start = meanTime - PART_BEFORE_LIGHT * nSamples * sampleWidth;
    const { pulseTimeConstant } = telescope;
    const drawn = drawWaveforms(random, light, start, { nPixels, nSamples, sampleWidth, pulseTimeConstant, noise });

    let samples = drawn;
    if (rawData) {
      const counts = digitized(drawn);
      samples = calibrated(counts);
      event.r0.tel.set(telId, new R0CameraContainer({ waveform: waveformsOf(counts, 1, nPixels, nSamples) }));
    }
    const triggerTime = laterBy(time, meanTime);
    const eventType = EventType.SUBARRAY;
    event.r1.tel.set(
      telId,
      new R1CameraContainer({
        eventType,
        eventTime: triggerTime,
        waveform: waveformsOf(samples, 1, nPixels, nSamples),
        pixelStatus: new Uint8Array(nPixels).fill(PixelStatus.HIGH_GAIN_STORED),
        selectedGainChannel: new Int8Array(nPixels),
      }),
    );
    event.trigger.tel.set(telId, new TelescopeTriggerContainer({ time: triggerTime, eventType }));
    event.monitoring.tel.set(telId, monitoringOf(this.showers.pointing));
    event.simulation?.tel.set(telId, seenBy(telescope, light, shower, nPixels));
  }

  private truth({ energy, direction, core, hFirstInt, xMax }: ToyShower): SimulatedShowerContainer {
    return new SimulatedShowerContainer({
      energy,
      alt: direction.alt,
      az: direction.az,
      coreX: core.x,
      coreY: core.y,
      hFirstInt,
      xMax,
      startingGrammage: 0,
      showerPrimaryId: 0,
    });
  }
}

function monitoringOf({ alt, az }: AltAz): TelescopeMonitoringContainer {
  return new TelescopeMonitoringContainer({
    pointing: new TelescopePointingContainer({ altitude: alt, azimuth: az }),
  });
}

function seenBy(
  { position }: ToyTelescope,
  { pixel }: ToyLight,
  { core, direction }: ToyShower,
  nPixels: number,
): SimulatedCameraContainer {
  const trueImage = new Int32Array(nPixels);
  for (const one of pixel) trueImage[one]++;
  return new SimulatedCameraContainer({
    trueImage,
    trueImageSum: pixel.length,
    impact: new TelescopeImpactParameterContainer({
      distance: impactDistance(position, core, altAzToCartesian(direction)),
      distanceUncert: 0,
    }),
  });
}
