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

/** What triggers cameras and the array. */
export interface ToyTriggerOptions {
  /** p.e. in each of three touching pixels; undefined: each camera's own. */
  readonly triggerThreshold: number | undefined;
  /** Telescopes that make an event. */
  readonly minTelescopes: number;
}

/** What a telescope that triggered has of a shower. */
export interface ToyView {
  readonly telescope: PlacedTelescope;
  readonly photons: PhotoElectronList;
  /** Photo-electrons of each pixel. */
  readonly image: Int32Array;
  readonly triggerPixels: Int32Array;
}

/** A shower that made enough telescopes trigger. */
export interface ObservedShower {
  /** Counted from 1 over all showers, also those that made no event. */
  readonly number: number;
  readonly shower: ToyShower;
  readonly views: ReadonlyMap<number, ToyView>;
}

/** When no shower out of so many has made an event, none ever will. */
const MAX_SHOWERS_WITHOUT_EVENT = 5000;

/** Draws showers and finds those that make an event. Each follows from the seed and its number alone. */
export class ToySimulation {
  readonly siteHeight: Metres;
  readonly #views: ReadonlyMap<number, CameraView>;
  /** Numbers of the showers that made events, of all that were drawn so far in turn. */
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

  /** Showers that were drawn so far to find events. */
  get nShowers(): number {
    return this.#nShowers;
  }

  /** What came in as the shower of a number, whatever came of it. */
  primaryOf(number: number): Primary {
    return this.showers.particle === 'muon'
      ? this.#shower(number)
      : drawPrimary(eventRandom(this.seed, number, 0, Purpose.SHOWER), this.showers);
  }

  /** A shower and who saw it; undefined where too few telescopes triggered. */
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
   * The shower of the event of this index, counted from 0; undefined where there are no more among the first showers.
   *
   * @param limit - how many showers there are
   * @throws CherenkitError TOYMODEL_WITHOUT_TRIGGER when showers make no events
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
      if (this.#nShowers - (this.#numbers.at(-1) ?? 0) >= MAX_SHOWERS_WITHOUT_EVENT) throw withoutTrigger();
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
    if (view === undefined) throw new RangeError(`there is no telescope ${telescope.telId}`);
    return shower.particle === 'muon'
      ? drawMuonPhotons(random, shower, telescope, view, this.siteHeight)
      : drawShowerPhotons(random, shower.cascades, telescope, view);
  }
}

function withoutTrigger(): CherenkitError {
  return new CherenkitError(
    'TOYMODEL_WITHOUT_TRIGGER',
    ExitCode.USAGE,
    `None of ${MAX_SHOWERS_WITHOUT_EVENT} showers made enough telescopes trigger: raise energy_min and energy_max, or lower ` +
      'min_telescopes, trigger_threshold, view_cone_radius or core_radius.',
  );
}
