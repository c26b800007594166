import {
  EVENT_FAILURES,
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
import { FIRST_EVENT, ToyEventBuilder } from './toy-event-builder.js';
import { Purpose, runRandom } from './toy-random.js';
import { observationBlock, schedulingBlock, showerDistribution, simulationConfig, toyAtmosphere } from './toy-run.js';
import type { ToyShowerOptions } from './toy-shower.js';
import { ToySimulation } from './toy-simulation.js';
import type { ToyTelescope } from './toy-telescope.js';
import { TOY_TRAITS } from './toy-traits.js';

/**
 * Interval in milliseconds at which the event loop gets a turn. Simulated events never wait for input, so that
 * otherwise signals and output would not be processed.
 */
const TURN = 50;

/** Default energy range of muons, TeV, and factor of the proton range relative to the gamma-ray range. */
const MUON_ENERGIES = [0.01, 1] as const;
const PROTON_FACTOR = 3;

/**
 * Event source that simulates showers over an array of telescopes.
 *
 * The URL contains the traits: `toymodel:?array=south&events=20&seed=1&energy_min=1`. Each shower depends only on the
 * seed and its number. Showers that trigger enough telescopes become events, whose ids are the numbers of their
 * showers. Events have raw samples and their calibration, as from a sim_telarray file.
 */
export class ToyModelEventSource extends EventSource.withTraits(TOY_TRAITS) {
  static override readonly help = 'Simulated showers over an array of toy telescopes.';
  static override readonly recognises = [{ scheme: 'toymodel' }];

  override readonly run: RunDescription;
  readonly gainSelector: GainSelector;

  private readonly array: ToyArray;
  private readonly showers: ToyShowerOptions;
  private readonly simulation: ToySimulation;
  #range: readonly [first: number, end: number] | undefined;
  #cameras: ReadonlyMap<number, ToyCamera> | undefined;
  #builder: ToyEventBuilder | undefined;

  /** @throws CherenkitError (2) TOYMODEL_URL_INVALID, TOYMODEL_ENERGY_RANGE; also for unknown telescopes */
  constructor(context: ComponentContext) {
    super(context);
    const { inputUrl, gainSelectorType, seed, obsId, triggerThreshold, minTelescopes, particle } = this.traits;
    checkUrl(inputUrl);
    this.gainSelector = context.create(GainSelector, gainSelectorType);
    this.array = toyArray(this.traits.array);
    this.showers = showerOptions(this.traits, this.array);
    this.simulation = new ToySimulation(this.array, seed, this.showers, {
      triggerThreshold,
      minTelescopes: minTelescopes ?? (particle === 'muon' ? 1 : 2),
    });
    this.run = {
      subarray: this.selectAllowedTels(subarrayOf(this.array)),
      isSimulation: true,
      dataLevels: ['R0', 'R1'],
      waveformUnit: this.traits.skipR1Calibration ? 'ADC counts' : 'p.e.',
      observationBlocks: new Map([[obsId, observationBlock(obsId, FIRST_EVENT, this.showers.pointing)]]),
      schedulingBlocks: new Map([[obsId, schedulingBlock(obsId)]]),
      simulationConfig: this.#simulationConfig,
      atmosphereDensityProfile: toyAtmosphere(),
      rawDataCalibration: (telId) => this.#allCameras.get(telId)?.calibration,
    };
  }

  /** No-op: there is no input. */
  override open(): Promise<void> {
    return Promise.resolve();
  }

  override selectEvents(first: number, end: number): void {
    this.#range = [first, end];
  }

  override async *[Symbol.asyncIterator](): AsyncGenerator<ArrayEvent> {
    const { maxEvents = Infinity } = this.traits;
    const [first, end] = this.#range ?? [0, Infinity];
    let lastPause = performance.now();
    for (let index = first; index < Math.min(maxEvents, end); index++) {
      const event = this.#generate(index);
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
   * Event with an index, counted from 0 including calibration events; it does not depend on the events generated
   * before.
   *
   * @throws RangeError if there are fewer events
   */
  event(index: number): ArrayEvent {
    const event = this.#generate(index);
    if (event === undefined) throw new RangeError(`${this.traits.inputUrl}: no event with index ${index}`);
    return event;
  }

  /** Event of a shower or calibration event by its id; undefined if the shower did not trigger. */
  eventOf(eventId: number): ArrayEvent | undefined {
    if (eventId < 0) return this.#calibrationEvent(-1 - eventId);
    const observed = this.simulation.observe(eventId);
    return observed && this.#events.ofShower(observed, 0);
  }

  /** With the trait `showers`, the number of events depends on the triggers. */
  override get nEvents(): number | undefined {
    const { calibration, events, showers } = this.traits;
    return showers === undefined ? calibration + events : undefined;
  }

  /**
   * Outcome of the run. Without the trait `showers`, the number of showers is final after all events were generated.
   */
  override get outcome(): SourceOutcome {
    const { obsId } = this.traits;
    const distribution = showerDistribution(obsId, this.simulation, this.#nShowers, this.showers);
    return {
      ...super.outcome,
      simulatedShowerDistributions: new Map([[obsId, distribution]]),
      simulationConfig: this.#simulationConfig,
    };
  }

  get #simulationConfig(): ReadonlyMap<number, SimulationConfigContainer> {
    const { obsId } = this.traits;
    return new Map([[obsId, simulationConfig(obsId, this.#nShowers, this.showers, this.simulation.siteHeight)]]);
  }

  get #nShowers(): number {
    const { showers, calibration, events, maxEvents = Infinity } = this.traits;
    if (showers !== undefined) return showers;
    const last = Math.min(events, maxEvents - calibration) - 1;
    // Of a range of events, those of all: the ranges of an input have one simulation configuration.
    if (this.#range && last >= 0) this.simulation.eventShower(last, Infinity);
    return this.simulation.nShowers;
  }

  #generate(index: number): ArrayEvent | undefined {
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
    const light = calibrationLight(seed, index, this.array, (telId) => this.subarray.tel.has(telId));
    return this.#events.ofCalibration(light, index, calibration - index);
  }

  /** Noise and pixels are drawn on first use: reading the array description does not need them. */
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
      obsId: this.traits.obsId,
      pointing: this.showers.pointing,
      cameras: this.#allCameras,
      gainSelector: this.gainSelector,
      failures: this.context.service(EVENT_FAILURES),
      selectGain: this.traits.selectGain,
      skipR1Calibration: this.traits.skipR1Calibration,
      reusesWaveforms: () => this.reusesWaveforms,
    }));
  }
}

/** @throws CherenkitError TOYMODEL_URL_INVALID (2) unless only options follow the scheme */
function checkUrl(url: string): void {
  if (url === '' || /^toymodel:(?:\/\/)?\/?(?:\?.*)?$/is.test(url)) return;
  const message = `${url}: expected only options after toymodel:, as in toymodel:?events=20&seed=1`;
  throw new CherenkitError('TOYMODEL_URL_INVALID', ExitCode.USAGE, message);
}

/** @throws CherenkitError TOYMODEL_ENERGY_RANGE (2) */
function showerOptions(values: TraitValues<typeof TOY_TRAITS>, array: ToyArray): ToyShowerOptions {
  const { particle, altitude, azimuth, viewConeRadius, sourceOffset, spectralIndex, coreRadius } = values;
  const factor = particle === 'proton' ? PROTON_FACTOR : 1;
  const [lowest, highest] = particle === 'muon' ? MUON_ENERGIES : array.energies.map((energy) => factor * energy);
  const energyMin = values.energyMin ?? Math.min(lowest, values.energyMax ?? lowest);
  const energyMax = values.energyMax ?? Math.max(highest, energyMin);
  if (energyMax < energyMin) {
    const message = `Expected energy_min up to energy_max, found energy_min=${energyMin} TeV and energy_max=${energyMax} TeV. Change either.`;
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
