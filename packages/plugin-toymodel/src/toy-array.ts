import { EarthLocation, SubarrayDescription } from '@cherenkit/core';
import { radians, type GroundPoint, type Metres, type TeV } from '@cherenkit/kernels';

import { TELESCOPE_KINDS, type TelescopeKind } from './toy-telescope-kinds.js';
import type { ToyTelescope } from './toy-telescope.js';

/** Telescope array of the toy model. */
export interface ToyArray {
  readonly name: string;
  readonly site: EarthLocation;
  /** Default maximum distance of the core from the centre of the array. */
  readonly coreRadius: Metres;
  /** Default lowest and highest energy of gamma rays. */
  readonly energies: readonly [TeV, TeV];
  readonly telescopes: ReadonlyMap<number, PlacedTelescope>;
}

/** Telescope with its id and position. */
export interface PlacedTelescope extends ToyTelescope {
  readonly telId: number;
  readonly position: GroundPoint;
}

type Place = readonly [x: Metres, y: Metres, z: Metres];

interface Layout {
  readonly site: 'north' | 'south';
  readonly coreRadius: Metres;
  readonly energies: readonly [TeV, TeV];
  readonly places: readonly (readonly [TelescopeKind, readonly Place[]])[];
}

/** Roque de los Muchachos on La Palma, and Cerro Armazones in Chile. */
const SITES = {
  north: EarthLocation.fromGeodetic(radians(-17.89), radians(28.76), 2156),
  south: EarthLocation.fromGeodetic(radians(-70.32), radians(-24.68), 2147),
};

const LARGE_NORTH: readonly Place[] = [
  [-71, -52, 41],
  [-35, 66, 33],
  [75, 50, 29],
  [31, -65, 31],
];
const MEDIUM_NORTH: readonly Place[] = [
  [-210, 10, 50],
  [-155, 165, 28],
  [-145, -150, 60],
  [20, 195, 22],
  [5, -190, 44],
  [165, 130, 18],
  [160, -100, 36],
  [255, 15, 20],
  [-10, 0, 38],
];
const LARGE_SOUTH: readonly Place[] = [
  [-20, -66, 16],
  [80, 0, 16],
  [-20, 66, 16],
  [-120, 0, 16],
];

/** One telescope at the centre, then rings of five and eight. */
const MEDIUM_SOUTH: readonly Place[] = [[0, 0, 9], ...ring(5, 155, 9, 0.1), ...ring(8, 300, 9, 0.3)];
const SMALL_SOUTH: readonly Place[] = [
  ...ring(5, 190, 5, 0.75),
  ...ring(8, 400, 5, 0.1),
  ...ring(11, 580, 5, 0.4),
  ...ring(13, 780, 5, 0),
];

/** Corners of a square with sides of 120 m. */
const SQUARE: readonly Place[] = [
  [60, 60, 5],
  [-60, 60, 4],
  [-60, -60, 6],
  [60, -60, 5],
];

const LAYOUTS = {
  north: {
    site: 'north',
    coreRadius: 250,
    energies: [0.1, 30],
    places: [
      ['lst', LARGE_NORTH],
      ['nectarcam', MEDIUM_NORTH],
    ],
  },
  south: {
    site: 'south',
    coreRadius: 400,
    energies: [0.1, 50],
    places: [
      ['lst', LARGE_SOUTH],
      ['flashcam', MEDIUM_SOUTH],
      ['chec', SMALL_SOUTH],
    ],
  },
  lst: { site: 'north', coreRadius: 150, energies: [0.05, 10], places: [['lst', SQUARE]] },
  nectarcam: { site: 'north', coreRadius: 150, energies: [0.15, 30], places: [['nectarcam', SQUARE]] },
  flashcam: { site: 'south', coreRadius: 150, energies: [0.15, 30], places: [['flashcam', SQUARE]] },
  chec: { site: 'south', coreRadius: 150, energies: [1, 100], places: [['chec', SQUARE]] },
} as const satisfies Record<string, Layout>;

/** Names of the arrays. */
export type ArrayName = keyof typeof LAYOUTS;

/** Names of the arrays, the default first. */
export const ARRAY_NAMES = Object.keys(LAYOUTS) as ArrayName[];

/** Telescopes of an array, numbered from 1, the large ones first. */
export function toyArray(name: ArrayName): ToyArray {
  const { site, coreRadius, energies, places }: Layout = LAYOUTS[name];
  const telescopes = new Map<number, PlacedTelescope>();
  for (const [kind, positions] of places) {
    const telescope = TELESCOPE_KINDS[kind]();
    for (const [x, y, z] of positions) {
      const telId = telescopes.size + 1;
      telescopes.set(telId, { ...telescope, telId, position: { x, y, z } });
    }
  }
  return { name: `Toy-${name}`, site: SITES[site], coreRadius, energies, telescopes };
}

/** Subarray description of an array. */
export function subarrayOf({ name, site, telescopes }: ToyArray): SubarrayDescription {
  return new SubarrayDescription({
    name,
    telPositions: new Map(Array.from(telescopes, ([telId, { position }]) => [telId, position])),
    telDescriptions: new Map(Array.from(telescopes, ([telId, { description }]) => [telId, description])),
    referenceLocation: site,
  });
}

/** Equidistant positions on a circle, the first one at an angle from north, in units of their spacing. */
function ring(count: number, radius: Metres, z: Metres, turn: number): Place[] {
  return Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * (i + turn)) / count;
    return [Math.round(radius * Math.cos(angle)), Math.round(radius * Math.sin(angle)), z];
  });
}
