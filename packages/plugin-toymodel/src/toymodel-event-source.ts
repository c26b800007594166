import {
  CherenkitError,
  EventSource,
  ExitCode,
  GainSelector,
  type ArrayEvent,
  type ComponentContext,
  type RunDescription,
  type SimulationConfigContainer,
  type SourceOutcome,
  type TraitValues,
} from '@cherenkit/core';
import { radians } from '@cherenkit/kernels';

import { calibrationLight } from './calibration-light.js';
import { drawPixelClasses, type PixelClasses } from './pixel-classes.js';
import { subarrayOf, toyArray, type ToyArray } from './toy-array.js';
import { ToyCamera } from './toy-camera.js';
import { FIRST_EVENT, OBS_ID, ToyEventBuilder } from './toy-event-builder.js';
import { Purpose, runRandom } from './toy-random.js';
import { observationBlock, schedulingBlock, showerDistribution, simulationConfig, toyAtmosphere } from './toy-run.js';
import type { ToyShowerOptions } from './toy-shower.js';
import { ToySimulation } from './toy-simulation.js';
import type { ToyTelescope } from './toy-telescope.js';
import { ADDRESS_TRAITS, GAIN_TRAITS } from './toy-traits.js';

/**
 * Milliseconds after which signals and output have their turn: events that are made, not read, never wait for anything, and a
 * program that did not either could not be interrupted.
 */
const TURN = 50;

/** Energies where none are given: those of muons, TeV, and by how much protons need more than gammas. */
const MUON_ENERGIES = [0.01, 1] as const;
const PROTON_FACTOR = 3;

/**
 * Showers of known truth over a simulated array, made on the spot.
 *
 * Its address carries its options: `toymodel:?array=south&events=20&seed=1&energy_min=1`. Every shower follows from the seed and
 * its number alone, and those that make enough telescopes trigger are events; their ids are the numbers of their showers.
 * Raw samples and their calibration come with each event as from a sim_telarray file.
 */
export class ToyModelEventSource extends EventSource.withTraits({ ...ADDRESS_TRAITS, ...GAIN_TRAITS }) {
  static override readonly help = 'Showers of known truth over a simulated array.';
  static override readonly recognises = [{ scheme: 'toymodel' }];

  override readonly run: RunDescription;
  readonly gainSelector: GainSelector;

  private readonly array: ToyArray;
  private readonly showers: ToyShowerOptions;
  private readonly simulation: ToySimulation;
  #cameras: ReadonlyMap<number, ToyCamera> | undefined;
  #builder: ToyEventBuilder | undefined;

  /** @throws CherenkitError (exit 2) for options and telescopes that there are not */
  constructor(context: ComponentContext) {
    super(context);
    const { inputUrl, allowedTels, gainSelectorType, seed, triggerThreshold, minTelescopes, particle } = this.traits;
    refuseOtherAddresses(inputUrl);
    this.gainSelector = context.create(GainSelector, gainSelectorType);
    this.array = toyArray(this.traits.array);
    this.showers = showerOptions(this.traits, this.array);
    this.simulation = new ToySimulation(this.array, seed, this.showers, {
      triggerThreshold,
      minTelescopes: minTelescopes ?? (particle === 'muon' ? 1 : 2),
    });
    const whole = subarrayOf(this.array);
    this.run = {
      subarray: allowedTels ? whole.selectSubarray([...allowedTels].sort((a, b) => a - b)) : whole,
      isSimulation: true,
      dataLevels: ['R0', 'R1'],
      observationBlocks: new Map([[OBS_ID, observationBlock(OBS_ID, FIRST_EVENT, this.showers.pointing)]]),
      schedulingBlocks: new Map([[OBS_ID, schedulingBlock(OBS_ID)]]),
      simulationConfig: this.#simulationConfig,
      atmosphereDensityProfile: toyAtmosphere(),
      rawDataCalibration: (telId) => this.#allCameras.get(telId)?.calibration,
    };
  }

  /** There is nothing to read. */
  override open(): Promise<void> {
    return Promise.resolve();
  }

  override async *[Symbol.asyncIterator](): AsyncGenerator<ArrayEvent> {
    const { maxEvents = Infinity } = this.traits;
    let lastPause = performance.now();
    for (let index = 0; index < maxEvents; index++) {
      const event = this.#make(index);
      if (event === undefined) return;
      yield event;
      if (performance.now() - lastPause < TURN) continue;
      await new Promise((resolve) => setTimeout(resolve));
      lastPause = performance.now();
    }
  }

  override [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }

  /**
   * The event of this number, counted from 0 and from the calibration events on; the same whichever were made before.
   *
   * @throws RangeError when there are fewer
   */
  event(index: number): ArrayEvent {
    const event = this.#make(index);
    if (event === undefined) throw new RangeError(`${this.traits.inputUrl} has no event ${index}`);
    return event;
  }

  /** The event of a shower, or of a calibration event, by its id; undefined where it made none. */
  eventOf(eventId: number): ArrayEvent | undefined {
    if (eventId < 0) return this.#calibrationEvent(-1 - eventId);
    const observed = this.simulation.observe(eventId);
    return observed && this.#events.ofShower(observed, 0);
  }

  /** The number of showers is final when all events have been made, unless it was asked for. */
  override get outcome(): SourceOutcome {
    const distribution = showerDistribution(OBS_ID, this.simulation, this.#nShowers, this.showers);
    return {
      ...super.outcome,
      simulatedShowerDistributions: new Map([[OBS_ID, distribution]]),
      simulationConfig: this.#simulationConfig,
    };
  }

  get #simulationConfig(): ReadonlyMap<number, SimulationConfigContainer> {
    return new Map([[OBS_ID, simulationConfig(OBS_ID, this.#nShowers, this.showers, this.simulation.siteHeight)]]);
  }

  get #nShowers(): number {
    return this.traits.showers ?? this.simulation.nShowers;
  }

  #make(index: number): ArrayEvent | undefined {
    const { calibration, events, showers } = this.traits;
    if (index < calibration) return this.#calibrationEvent(index);
    const shower = index - calibration;
    if (shower >= (showers === undefined ? events : Infinity)) return undefined;
    const observed = this.simulation.eventShower(shower, showers ?? Infinity);
    return observed && this.#events.ofShower(observed, index);
  }

  #calibrationEvent(index: number): ArrayEvent | undefined {
    const { calibration, seed } = this.traits;
    if (index >= calibration) return undefined;
    return this.#events.ofCalibration(calibrationLight(seed, index, this.array), index, calibration - index);
  }

  /** Noise and pixels are drawn when the first event is: to look at the array needs none of them. */
  get #allCameras(): ReadonlyMap<number, ToyCamera> {
    if (this.#cameras !== undefined) return this.#cameras;
    const { seed, brokenPixels } = this.traits;
    const known = new Map<string, PixelClasses>();
    const classesOf = (kind: ToyTelescope): PixelClasses => {
      const random = runRandom(seed, known.size, Purpose.NOISE);
      const classes = known.get(kind.cameraName) ?? drawPixelClasses(kind, random, this.traits);
      known.set(kind.cameraName, classes);
      return classes;
    };
    const cameras = Array.from(
      this.array.telescopes,
      ([telId, one]) => [telId, new ToyCamera(one, seed, brokenPixels, classesOf(one))] as const,
    );
    return (this.#cameras = new Map(cameras.filter(([telId]) => this.subarray.tel.has(telId))));
  }

  get #events(): ToyEventBuilder {
    return (this.#builder ??= new ToyEventBuilder({
      seed: this.traits.seed,
      pointing: this.showers.pointing,
      cameras: this.#allCameras,
      gainSelector: this.gainSelector,
      selectGain: this.traits.selectGain,
      reusesWaveforms: () => this.reusesWaveforms,
    }));
  }
}

/** @throws CherenkitError TOYMODEL_URL_INVALID (2) for anything but options after the scheme */
function refuseOtherAddresses(url: string): void {
  if (url === '' || /^toymodel:(?:\/\/)?\/?(?:\?.*)?$/is.test(url)) return;
  const message = `${url}: only options may follow toymodel:, as in toymodel:?events=20&seed=1`;
  throw new CherenkitError('TOYMODEL_URL_INVALID', ExitCode.USAGE, message);
}

/** @throws CherenkitError TOYMODEL_ENERGY_RANGE (2) */
function showerOptions(values: TraitValues<typeof ADDRESS_TRAITS>, array: ToyArray): ToyShowerOptions {
  const { particle, altitude, azimuth, viewConeRadius, sourceOffset, spectralIndex, coreRadius } = values;
  const factor = particle === 'proton' ? PROTON_FACTOR : 1;
  const [lowest, highest] = particle === 'muon' ? MUON_ENERGIES : array.energies.map((energy) => factor * energy);
  const energyMin = values.energyMin ?? Math.min(lowest, values.energyMax ?? lowest);
  const energyMax = values.energyMax ?? Math.max(highest, energyMin);
  if (energyMax < energyMin) {
    const message = `The highest energy, energy_max=${energyMax} TeV, is below the lowest, energy_min=${energyMin} TeV: give another.`;
    throw new CherenkitError('TOYMODEL_ENERGY_RANGE', ExitCode.USAGE, message);
  }
  return {
    particle,
    energyMin,
    energyMax,
    spectralIndex,
    pointing: { alt: radians(altitude), az: radians(azimuth) },
    sourceOffset: radians(sourceOffset),
    viewConeRadius: radians(viewConeRadius),
    coreRadius: coreRadius ?? array.coreRadius,
  };
}
