import { GainSelector, trait } from '@cherenkit/core';

import { ARRAY_NAMES } from './toy-array.js';
import { PARTICLES } from './toy-shower.js';

/** What an address such as `toymodel:?array=south&events=20` may give. */
export const ADDRESS_TRAITS = {
  array: trait.oneOf(ARRAY_NAMES, {
    default: 'north',
    help: 'Telescopes: large and medium ones (north), small ones as well (south), or four with one camera.',
  }),
  particle: trait.oneOf(PARTICLES, { default: 'gamma', help: 'What makes the showers; muons make rings.' }),
  events: trait.integer({ default: 10, minimum: 1, help: 'How many events there are, beside those of calibration.' }),
  showers: trait.optional(
    trait.integer({ minimum: 1, help: 'How many showers there are, whatever becomes of them; stands for events.' }),
  ),
  calibration: trait.integer({
    default: 0,
    minimum: 0,
    help: 'Flat fields and pedestals, in turn, before the first shower.',
  }),
  seed: trait.integer({ default: 0, minimum: 0, help: 'Other seeds give other events.' }),
  energyMin: trait.optional(
    trait.number({
      minimum: 0.005,
      unit: 'TeV',
      help: 'Lowest energy; where not given, one that the array just sees.',
    }),
  ),
  energyMax: trait.optional(
    trait.number({
      minimum: 0.005,
      maximum: 1000,
      unit: 'TeV',
      help: 'Highest energy; where not given, as high as suits the array.',
    }),
  ),
  spectralIndex: trait.number({ default: -2, help: 'Index of the power law of the energies.' }),
  altitude: trait.number({ default: 70, minimum: 20, maximum: 90, unit: 'deg', help: 'Where the telescopes point.' }),
  azimuth: trait.number({ default: 0, unit: 'deg', help: 'Where the telescopes point, from north over east.' }),
  viewConeRadius: trait.number({
    default: 1,
    minimum: 0,
    maximum: 10,
    unit: 'deg',
    help: 'Largest angle between a shower and the source; 0 makes it a point.',
  }),
  sourceOffset: trait.number({
    default: 0,
    minimum: -5,
    maximum: 5,
    unit: 'deg',
    help: 'How far above the pointing the source is.',
  }),
  coreRadius: trait.optional(
    trait.number({
      minimum: 0,
      unit: 'm',
      help: 'Largest distance of a core from the centre; a little beyond the telescopes where not given.',
    }),
  ),
  triggerThreshold: trait.optional(
    trait.number({
      minimum: 1,
      unit: 'pe',
      help: 'Photo-electrons in each of three touching pixels that make a telescope trigger; its own where not given.',
    }),
  ),
  minTelescopes: trait.optional(
    trait.integer({ minimum: 1, help: 'Telescopes that make an event; 2, for muons 1, where not given.' }),
  ),
  nsb: trait.number({ default: 1, minimum: 0, help: 'Multiplies the light of the night sky.' }),
  noise: trait.number({ default: 1, minimum: 0, help: 'Multiplies the noise of the electronics.' }),
  brokenPixels: trait.integer({ default: 0, minimum: 0, help: 'Pixels of each camera that have no high voltage.' }),
} as const;

/** What chooses gains is configured, as for files. */
export const GAIN_TRAITS = {
  gainSelectorType: trait.componentName(GainSelector, {
    default: 'ThresholdGainSelector',
    help: 'What chooses the gain channel of each pixel.',
  }),
  selectGain: trait.optional(
    trait.boolean({ help: 'Whether to choose a gain channel; by default for showers, not for calibration events.' }),
  ),
} as const;
