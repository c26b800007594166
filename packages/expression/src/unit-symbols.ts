/** Scale and dimensions of a unit in base units. */
interface UnitDefinition {
  readonly scale: number;
  readonly dimensions: readonly (readonly [base: string, exponent: number])[];
}

/** Base units are small, so that the usual scales are integers and conversions round once. */
const LENGTH = [['nm', 1]] as const;
const TIME = [['ns', 1]] as const;
const ENERGY = [['eV', 1]] as const;
const ANGLE = [['rad', 1]] as const;
const METRE = 1e9;
const SECOND = 1e9;

/** Values of the 2019 SI. */
const JOULE = 1 / 1.602176634e-19;
const KILOGRAM = JOULE * (SECOND / METRE) ** 2;

const PREFIXES = [
  ['', 1],
  ['f', 1e-15],
  ['p', 1e-12],
  ['n', 1e-9],
  ['u', 1e-6],
  ['m', 1e-3],
  ['k', 1e3],
  ['M', 1e6],
  ['G', 1e9],
  ['T', 1e12],
  ['P', 1e15],
  ['E', 1e18],
] as const;

const MASS = [
  ['eV', 1],
  ['ns', 2],
  ['nm', -2],
] as const;
const DEGREE = Math.PI / 180;

/** Units that accept the prefixes from femto to exa. */
const PREFIXED: readonly (readonly [string, number, UnitDefinition['dimensions']])[] = [
  ['m', METRE, LENGTH],
  ['s', SECOND, TIME],
  ['eV', 1, ENERGY],
  ['J', JOULE, ENERGY],
  ['g', KILOGRAM / 1000, MASS],
  ['rad', 1, ANGLE],
  ['Hz', 1 / SECOND, [['ns', -1]]],
  ['V', 1, [['V', 1]]],
  ['A', 1, [['A', 1]]],
  ['K', 1, [['K', 1]]],
  ['T', 1, [['T', 1]]],
];

const SINGLE: readonly (readonly [names: string, number, UnitDefinition['dimensions']])[] = [
  ['cm centimeter', METRE / 100, LENGTH],
  ['meter', METRE, LENGTH],
  ['micron', METRE / 1e6, LENGTH],
  ['AA Angstrom angstrom', 0.1, LENGTH],
  ['second', SECOND, TIME],
  ['min minute', 60 * SECOND, TIME],
  ['h hr hour', 3600 * SECOND, TIME],
  ['d day', 86400 * SECOND, TIME],
  ['yr year', 365.25 * 86400 * SECOND, TIME],
  ['erg', JOULE / 1e7, ENERGY],
  ['deg degree', DEGREE, ANGLE],
  ['radian', 1, ANGLE],
  ['arcmin arcminute', DEGREE / 60, ANGLE],
  ['arcsec arcsecond', DEGREE / 3600, ANGLE],
  ['hourangle', 15 * DEGREE, ANGLE],
  ['sr steradian', 1, [['rad', 2]]],
  ['G Gauss', 1e-4, [['T', 1]]],
  ['percent', 0.01, []],
  ['ph photon', 1, [['photon', 1]]],
  ['electron', 1, [['electron', 1]]],
  ['adu', 1, [['adu', 1]]],
  ['pix pixel', 1, [['pixel', 1]]],
  ['ct count', 1, [['count', 1]]],
];

/** Units of expressions, by their names in `astropy.units`. */
export const UNIT_SYMBOLS: ReadonlyMap<string, UnitDefinition> = new Map([
  ...PREFIXED.flatMap(([symbol, scale, dimensions]) =>
    PREFIXES.map(([prefix, factor]): [string, UnitDefinition] => [
      prefix + symbol,
      // Division by an integer is exact where multiplication by its inverse is not.
      { scale: factor < 1 ? scale / Math.round(1 / factor) : scale * factor, dimensions },
    ]),
  ),
  ...SINGLE.flatMap(([names, scale, dimensions]) =>
    names.split(' ').map((name): [string, UnitDefinition] => [name, { scale, dimensions }]),
  ),
]);
