import { GainSelector, trait } from '@cherenkit/core';

import { ARRAY_NAMES } from './toy-array.js';
import { PARTICLES } from './toy-shower.js';

/** Traits of the toy model. In an address, each may be given as `toymodel:?array=south&events=20`. */
export const TOY_TRAITS = {
  array: trait.oneOf(ARRAY_NAMES, {
    default: 'north',
    help: 'Array of telescopes: large and medium-sized (north), also small-sized ones (south), or four with one camera.',
  }),
  particle: trait.oneOf(PARTICLES, { default: 'gamma', help: 'Primary particle; muons make rings.' }),
  events: trait.integer({ default: 10, minimum: 1, help: 'Number of events, not counting calibration events.' }),
  showers: trait.optional(
    trait.integer({ minimum: 1, help: 'Number of simulated showers, triggered or not; overrides events.' }),
  ),
  calibration: trait.integer({
    default: 0,
    minimum: 0,
    help: 'Number of calibration events before the first shower: flat fields and pedestals in turn.',
  }),
  seed: trait.integer({ default: 0, minimum: 0, help: 'Seed of the random number generator.' }),
  obsId: trait.integer({
    default: 1,
    minimum: 1,
    maximum: 2 ** 31 - 1,
    help: 'Observation id, the run number of files; files of different seeds that are merged need different ones.',
  }),
  energyMin: trait.optional(
    trait.number({
      minimum: 0.005,
      unit: 'TeV',
      help: 'Lowest energy; default: near the threshold of the array.',
    }),
  ),
  energyMax: trait.optional(
    trait.number({
      minimum: 0.005,
      maximum: 1000,
      unit: 'TeV',
      help: 'Highest energy; default: depends on the array.',
    }),
  ),
  spectralIndex: trait.number({ default: -2, help: 'Spectral index of the power law of energies.' }),
  altitude: trait.number({ default: 70, minimum: 20, maximum: 90, unit: 'deg', help: 'Altitude of the pointing.' }),
  azimuth: trait.number({ default: 0, unit: 'deg', help: 'Azimuth of the pointing, from north through east.' }),
  viewConeRadius: trait.number({
    default: 1,
    minimum: 0,
    maximum: 10,
    unit: 'deg',
    help: 'Maximum angle between a shower and the source; 0 for a point source.',
  }),
  sourceOffset: trait.number({
    default: 0,
    minimum: -5,
    maximum: 5,
    unit: 'deg',
    help: 'Altitude of the source above the pointing.',
  }),
  coreRadius: trait.optional(
    trait.number({
      minimum: 0,
      unit: 'm',
      help: 'Maximum distance of the core from the array centre; default: slightly beyond the telescopes.',
    }),
  ),
  triggerThreshold: trait.optional(
    trait.number({
      minimum: 1,
      unit: 'pe',
      help: 'Photo-electrons required in each of three adjacent pixels for a trigger; default: depends on the camera.',
    }),
  ),
  minTelescopes: trait.optional(
    trait.integer({ minimum: 1, help: 'Number of telescopes required for an event; default: 2, for muons 1.' }),
  ),
  nsb: trait.number({ default: 1, minimum: 0, help: 'Scale factor of the night-sky background.' }),
  noise: trait.number({ default: 1, minimum: 0, help: 'Scale factor of the electronic noise.' }),
  brokenPixels: trait.integer({
    default: 0,
    minimum: 0,
    help: 'Number of pixels without high voltage in each camera.',
  }),
  gainSelectorType: trait.componentName(GainSelector, {
    default: 'ThresholdGainSelector',
    help: 'Gain selector.',
  }),
  selectGain: trait.optional(
    trait.boolean({ help: 'Whether to select gain channels; default: for showers, not for calibration events.' }),
  ),
  skipR1Calibration: trait.boolean({
    default: false,
    help: 'Skip the calibration: R1 waveforms remain in ADC counts.',
  }),
} as const;
