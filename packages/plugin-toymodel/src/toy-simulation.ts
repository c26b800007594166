import { CherenkitError, ExitCode } from '@cherenkit/core';
import type { Metres } from '@cherenkit/kernels';

import { CameraView } from './camera-view.js';
import { drawMuon, drawMuonPhotons } from './muon-ring.js';
import type { PhotoElectronList } from './photo-electrons.js';
import { drawShowerPhotons } from './shower-photons.js';
import type { PlacedTelescope, ToyArray } from './toy-array.js';
import { eventRandom, Purpose } from './toy-random.js';
import { drawPrimary, drawShower, type Primary, type ToyShower, type ToyShowerOptions } from './toy-shower.js';
import { triggerPixels } from './toy-trigger.js';

/** Trigger conditions of cameras and of the array. */
export interface ToyTriggerOptions {
  /** p.e. required in each of three adjacent pixels; undefined for the default of each camera. */
  readonly triggerThreshold: number | undefined;
  /** Number of telescopes required for an event. */
  readonly minTelescopes: number;
}

/** Image of a shower in a triggered telescope. */
export interface ToyView {
  readonly telescope: PlacedTelescope;
  readonly photons: PhotoElectronList;
  /** Photo-electrons of each pixel. */
  readonly image: Int32Array;
  readonly triggerPixels: Int32Array;
}

/** Shower that triggered enough telescopes. */
export interface ObservedShower {
  /** Number of the shower, counted from 1 over all showers, triggered or not. */
  readonly number: number;
  readonly shower: ToyShower;
  readonly views: ReadonlyMap<number, ToyView>;
}

/** Number of consecutive showers without a trigger after which the simulation gives up. */
const MAX_SHOWERS_WITHOUT_EVENT = 5000;

/** Simulates showers and finds those that trigger the array. Each shower depends only on the seed and its number. */
export class ToySimulation {
  readonly siteHeight: Metres;
  readonly #views: ReadonlyMap<number, CameraView>;
  /** Numbers of the triggered showers among those simulated so far, in order. */
  readonly #numbers: number[] = [];
  #nShowers = 0;

  constructor(
    readonly array: ToyArray,
    private readonly seed: number,
    private readonly showers: ToyShowerOptions,
    private readonly trigger: ToyTriggerOptions,
  ) {
    this.siteHeight = array.site.height;
    this.#views = new Map(
      Array.from(array.telescopes, ([telId, { description, pointSpread }]) => [
        telId,
        new CameraView(description.camera.geometry, showers.pointing, pointSpread),
      ]),
    );
  }

  /** Number of showers simulated so far to find events. */
  get nShowers(): number {
    return this.#nShowers;
  }

  /** Primary particle of a shower, triggered or not. */
  primaryOf(number: number): Primary {
    return this.showers.particle === 'muon'
      ? this.#shower(number)
      : drawPrimary(eventRandom(this.seed, number, 0, Purpose.SHOWER), this.showers);
  }

  /** Simulates a shower; undefined if too few telescopes triggered. */
  observe(number: number): ObservedShower | undefined {
    const shower = this.#shower(number);
    const views = new Map<number, ToyView>();
    for (const [telId, telescope] of this.array.telescopes) {
      const photons = this.#photons(number, telescope, shower);
      if (photons.length === 0) continue;
      const { camera } = telescope.description;
      const image = photons.image(camera.geometry.nPixels);
      const threshold = this.trigger.triggerThreshold ?? telescope.triggerThreshold;
      const triggered = triggerPixels(image, threshold, camera.geometry.neighbors);
      if (triggered.length > 0) views.set(telId, { telescope, photons, image, triggerPixels: triggered });
    }
    return views.size >= this.trigger.minTelescopes ? { number, shower, views } : undefined;
  }

  /**
   * Shower of the event with an index, from 0; undefined if there are fewer among the first `limit` showers.
   *
   * @param limit - number of showers to simulate
   * @throws CherenkitError TOYMODEL_WITHOUT_TRIGGER (2) if no showers trigger the array
   */
  eventShower(index: number, limit: number): ObservedShower | undefined {
    const known = this.#numbers[index];
    if (known !== undefined) return known <= limit ? this.observe(known) : undefined;
    while (this.#nShowers < limit) {
      const observed = this.observe(++this.#nShowers);
      if (observed !== undefined) {
        this.#numbers.push(observed.number);
        if (this.#numbers.length > index) return observed;
      }
      if (this.#nShowers - (this.#numbers.at(-1) ?? 0) >= MAX_SHOWERS_WITHOUT_EVENT) throw noTriggerError();
    }
    return undefined;
  }

  #shower(number: number): ToyShower {
    const random = eventRandom(this.seed, number, 0, Purpose.SHOWER);
    return this.showers.particle === 'muon'
      ? drawMuon(random, this.showers, [...this.array.telescopes.values()])
      : drawShower(random, this.showers, this.siteHeight);
  }

  #photons(number: number, telescope: PlacedTelescope, shower: ToyShower): PhotoElectronList {
    const random = eventRandom(this.seed, number, telescope.telId, Purpose.LIGHT);
    const view = this.#views.get(telescope.telId);
    if (view === undefined) throw new RangeError(`ToySimulation: unknown telescope ${telescope.telId}`);
    return shower.particle === 'muon'
      ? drawMuonPhotons(random, shower, telescope, view, this.siteHeight)
      : drawShowerPhotons(random, shower.cascades, telescope, view);
  }
}

function noTriggerError(): CherenkitError {
  return new CherenkitError(
    'TOYMODEL_WITHOUT_TRIGGER',
    ExitCode.USAGE,
    `None of ${MAX_SHOWERS_WITHOUT_EVENT} consecutive showers triggered enough telescopes. Raise energy_min and energy_max, or lower ` +
      'min_telescopes, trigger_threshold, view_cone_radius or core_radius.',
  );
}
